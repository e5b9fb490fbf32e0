"""What an outbound request can end in, other than an answer.

    OutboundError
    │
    │  before anything is sent
    ├── bad_url              the URL is not a well-formed http(s) URL
    ├── scheme_refused       the scheme is neither http nor https
    ├── port_refused         the port is neither 80 nor 443
    ├── address_refused      the host is, or resolves to, an address that is not public
    ├── bad_request_header   the caller asked for a header that cannot or must not be sent
    ├── misconfigured        our own CA bundle cannot be read
    │
    │  finding and reaching the host
    ├── dns_not_found        the name does not exist or has no address
    ├── dns_failed           the name server answered with an error (SERVFAIL)
    ├── dns_timeout          the name server did not answer in time
    ├── connect_refused      nothing listens on the port
    ├── connect_timeout      the host did not answer the connection attempt
    ├── connect_failed       no route to the host, or another network error
    ├── deadline             the whole call took longer than its limit
    │
    │  TLS; never retried without verification
    ├── tls_expired          the certificate is past its last day
    ├── tls_not_yet_valid    the certificate is before its first day
    ├── tls_self_signed      the certificate is signed by itself
    ├── tls_wrong_host       the certificate is for another name
    ├── tls_untrusted        the certificate's issuer is unknown or its chain is incomplete
    ├── tls_revoked          the certificate is revoked
    ├── tls_too_old          the server offers nothing newer than TLS 1.1
    ├── tls_failed           any other failure of the TLS conversation
    │
    │  the answer
    ├── reset                the connection closed before an answer began
    ├── truncated            the connection closed before the answer was complete
    ├── bad_http             what came back is not valid HTTP/1.x
    ├── headers_too_large    too many or too long headers, or too many interim answers
    ├── too_large            the decoded body is longer than the limit
    ├── bad_encoding         the Content-Encoding is unknown, nested or corrupt
    │
    │  redirects
    ├── bad_redirect         the Location is missing, empty, doubled or too long
    ├── redirect_refused     the redirect leads from https to http
    ├── redirect_loop        the redirects return to a URL already asked for
    ├── too_many_redirects   there are more redirects than the limit
    │
    └── unexpected           a failure nobody foresaw; it is logged with its traceback

A redirect to a URL that is itself refused keeps the code of that refusal.
"""

from __future__ import annotations

from typing import Final

DETAIL_CHARACTERS: Final = 200

_RETRYABLE: Final = frozenset(
    {
        "connect_failed",
        "connect_refused",
        "connect_timeout",
        "deadline",
        "dns_failed",
        "dns_timeout",
        "misconfigured",
        "reset",
        "truncated",
        "unexpected",
    }
)

SENTENCES: Final[dict[str, str]] = {
    "bad_url": "The URL is not valid. Write it as https://host/path, without spaces, a user name or a password.",
    "scheme_refused": "Only http and https URLs are fetched. Publish the file on a web server and give its https URL.",
    "port_refused": "Only the ports 80 and 443 are asked. Publish the file on a usual web port.",
    "address_refused": "The host is not on the public internet, so it is not contacted. Publish the file on a public host.",
    "bad_request_header": "A request header cannot be sent. This is a fault of Toolhub; please report it.",
    "misconfigured": "Toolhub cannot read its list of certificate authorities. Its operators have to correct the setting of the bundle.",
    "dns_not_found": "The host name does not exist. Check its spelling, or restore its DNS record.",
    "dns_failed": "The name server of the host answered with an error. Check the DNS zone; the URL will be tried again.",
    "dns_timeout": "The name server of the host did not answer in time. Check the DNS zone; the URL will be tried again.",
    "connect_refused": "The host refused the connection. Check that the web server is running; the URL will be tried again.",
    "connect_timeout": "The host did not answer the connection attempt. Check that the web server can be reached from the internet.",
    "connect_failed": "The host could not be reached. Check that it is online and its DNS addresses are right.",
    "deadline": "The answer took too long and was given up. Make the file smaller or the server faster.",
    "tls_expired": "The certificate of the host has expired. Renew it.",
    "tls_not_yet_valid": "The certificate of the host is not valid yet. Check its dates.",
    "tls_self_signed": "The certificate of the host is self-signed. Use one from a public authority, such as Let's Encrypt.",
    "tls_wrong_host": "The certificate is for another host name. Use a certificate that names this host.",
    "tls_untrusted": "The certificate's issuer is not trusted. Install the full chain of a public authority.",
    "tls_revoked": "The certificate of the host is revoked. Replace it.",
    "tls_too_old": "The server offers only outdated TLS. Enable TLS 1.2 or 1.3.",
    "tls_failed": "No secure connection could be made. Check the TLS set-up of the server.",
    "reset": "The server closed the connection without answering. Check its log; the URL will be tried again.",
    "truncated": "The answer ended before it was complete. Check the server; the URL will be tried again.",
    "bad_http": "The answer is not valid HTTP. Check what serves this URL.",
    "headers_too_large": "The answer has too many or too long headers. Reduce what the server sends.",
    "too_large": "The file is too large. Make it smaller, or split it.",
    "bad_encoding": "The compression of the answer cannot be read. Send it plain or compressed once with gzip.",
    "bad_redirect": "The server redirects without a usable target. Correct its Location header.",
    "redirect_refused": "The server redirects from https to plain http, which is not followed. Redirect to https.",
    "redirect_loop": "The redirects lead back to where they began. Correct them, or give the final URL.",
    "too_many_redirects": "There are too many redirects. Give the final URL.",
    "unexpected": "The request failed in a way nobody foresaw. The operators of Toolhub can find it in the log.",
}


class OutboundError(Exception):
    """The one exception of this package; `code` is for machines, `message` for the URL's owner.

    `retryable` says that the same request may succeed later without anybody changing anything.
    """

    def __init__(self, code: str, detail: str = "", *, elapsed_ms: int = 0) -> None:
        sentence = SENTENCES[code]
        # The detail may quote what a hostile server sent.
        shown = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in detail)
        self.code = code
        self.message = f"{sentence} ({shown[:DETAIL_CHARACTERS]})" if shown else sentence
        self.retryable = code in _RETRYABLE
        self.elapsed_ms = elapsed_ms
        super().__init__(self.message)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"
