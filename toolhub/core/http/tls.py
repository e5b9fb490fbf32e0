from __future__ import annotations

import ssl
from functools import lru_cache

from django.conf import settings
from requests.utils import DEFAULT_CA_BUNDLE_PATH

from toolhub.core.http.errors import OutboundError
from toolhub.core.http.wire import GuardedTLSSocket


def shared_context() -> ssl.SSLContext:
    """The one TLS context: loading the authorities anew costs 15 ms of CPU a host.

    Raises OutboundError("misconfigured") when OUTBOUND_CA_BUNDLE cannot be read.
    """
    bundle = getattr(settings, "OUTBOUND_CA_BUNDLE", None) or DEFAULT_CA_BUNDLE_PATH
    return _context(str(bundle))


@lru_cache(maxsize=4)
def _context(bundle: str) -> ssl.SSLContext:
    # PROTOCOL_TLS_CLIENT verifies chain and host name. The environment (SSL_CERT_FILE,
    # SSLKEYLOGFILE) is not consulted, as it would be by ssl.create_default_context.
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.set_alpn_protocols(["http/1.1"])
    context.sslsocket_class = GuardedTLSSocket
    try:
        context.load_verify_locations(cafile=bundle)
    except OSError as error:
        raise OutboundError("misconfigured", bundle) from error
    return context
