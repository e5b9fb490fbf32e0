"""The one door through which Toolhub speaks HTTP to machines it does not own.

Every address is checked before it is connected to, every byte is counted, and every call ends by
its deadline, however hostile the other side is. The threats are numbered F01 to F50 in the tests.

    errors.py      what can go wrong, by code          deadline.py   the clock of one call
    urls.py        which URLs are asked for at all     wire.py       sockets that hold the deadline
    addresses.py   which addresses are connected to    tls.py        the shared TLS context
    resolve.py     DNS, bounded                        transport.py  the requests adapter
    head.py        status line and headers             client.py     hops, redirects, the result
    body.py        body, decoded and bounded           failures.py   library errors into codes

All connections are opened in `wire.open_socket`; a proxy or a routing table belongs there.
"""

from toolhub.core.http.addresses import is_public_address
from toolhub.core.http.client import get, post
from toolhub.core.http.errors import OutboundError
from toolhub.core.http.model import Limits, Response
from toolhub.core.http.resolve import Resolver, use_resolver
from toolhub.core.http.urls import check_url

__all__ = [
    "Limits",
    "OutboundError",
    "Resolver",
    "Response",
    "check_url",
    "get",
    "is_public_address",
    "post",
    "use_resolver",
]
