"""The exceptions of the libraries below, by code."""

from __future__ import annotations

import http.client
import ssl
from typing import Final

import urllib3.exceptions

from toolhub.core.http.errors import OutboundError

# X509_V_ERR_* of OpenSSL's x509_vfy.h.
_CERTIFICATE: Final = {
    9: "tls_not_yet_valid",
    10: "tls_expired",
    18: "tls_self_signed",
    23: "tls_revoked",
    62: "tls_wrong_host",
    64: "tls_wrong_host",
}
_TOO_OLD: Final = frozenset({"UNSUPPORTED_PROTOCOL", "TLSV1_ALERT_PROTOCOL_VERSION"})


def while_connecting(error: Exception) -> OutboundError:
    """Of the TLS handshake; the TCP connection names its own failures."""
    if isinstance(error, ssl.SSLCertVerificationError):
        code = _CERTIFICATE.get(error.verify_code, "tls_untrusted")
        return OutboundError(code, error.verify_message)
    if isinstance(error, TimeoutError):
        return OutboundError("deadline", "in the TLS handshake")
    if isinstance(error, ssl.SSLError):
        reason = error.reason or ""
        return OutboundError("tls_too_old" if reason in _TOO_OLD else "tls_failed", reason)
    return OutboundError("tls_failed", type(error).__name__)


def before_the_body(error: Exception) -> OutboundError:
    if isinstance(error, TimeoutError):
        return OutboundError("deadline")
    if isinstance(error, http.client.LineTooLong) or "got more than" in str(error):
        return OutboundError("headers_too_large")
    if isinstance(error, ssl.SSLError):
        return OutboundError("tls_failed", error.reason or "")
    # RemoteDisconnected is a ConnectionError too, so this stands before HTTPException.
    if isinstance(error, OSError):
        return OutboundError("reset")
    return OutboundError("bad_http", type(error).__name__)


def in_the_body(error: Exception) -> OutboundError:
    if isinstance(error, urllib3.exceptions.SSLError):
        return OutboundError("tls_failed")
    cause = error.__cause__
    if isinstance(cause, urllib3.exceptions.InvalidChunkLength) or isinstance(error, ValueError):
        return OutboundError("bad_http", "a chunk size is not a number")
    return OutboundError("truncated")
