"""The body, decoded as it arrives and cut at the limit of decoded bytes.

urllib3's own decoding is not used: it follows chains of encodings and ignores junk after gzip.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Final, Protocol

from urllib3.response import HTTPResponse

from toolhub.core.http.errors import OutboundError

PIECE_BYTES: Final = 65_536
# Reading a piece costs about ten microseconds, however small the server made it.
MOST_PIECES: Final = 50_000


class Decoder(Protocol):
    def decode(self, data: bytes, most: int) -> bytes:
        """At most `most` decoded bytes. Raises OutboundError("bad_encoding")."""
        ...

    def finish(self) -> None:
        """Raises OutboundError("bad_encoding") when more should have come."""
        ...


class Plain:
    def decode(self, data: bytes, most: int) -> bytes:
        return data[:most]

    def finish(self) -> None:
        return


class Compressed:
    def __init__(self, *, is_gzip: bool) -> None:
        self._is_gzip = is_gzip
        self._inflate: zlib._Decompress | None = None

    def decode(self, data: bytes, most: int) -> bytes:
        if self._inflate is None:
            self._inflate = zlib.decompressobj(self._window_bits(data))
        try:
            decoded = self._inflate.decompress(data, most)
        except zlib.error as error:
            raise OutboundError("bad_encoding", "the compressed data is corrupt") from error
        if self._inflate.unused_data:
            raise OutboundError("bad_encoding", "there is something after the compressed data")
        return decoded

    def finish(self) -> None:
        # An answer without any body may carry the header all the same.
        if self._inflate is not None and not self._inflate.eof:
            raise OutboundError("bad_encoding", "the compressed data is incomplete")

    def _window_bits(self, data: bytes) -> int:
        if self._is_gzip:
            return 16 + zlib.MAX_WBITS
        # "deflate" means the zlib format (RFC 9110, section 8.4.1.2), but some send it bare.
        return zlib.MAX_WBITS if data[:1] == b"\x78" else -zlib.MAX_WBITS


def read_body(raw: HTTPResponse, body_bytes: int) -> bytes:
    """Raises OutboundError: too_large, bad_encoding, and what the socket raises."""
    decoder = decoder_for(raw.headers)
    # None when the length is not declared, 0 when the status allows no body.
    declared = raw.length_remaining or 0
    if declared > body_bytes:
        raise OutboundError("too_large", f"{declared} of at most {body_bytes} bytes")
    body = bytearray()
    for count, piece in enumerate(raw.stream(PIECE_BYTES, decode_content=False)):
        body += decoder.decode(piece, body_bytes - len(body) + 1)
        if len(body) > body_bytes:
            raise OutboundError("too_large", f"more than {body_bytes} bytes")
        if count >= MOST_PIECES:
            raise OutboundError("bad_http", "too many tiny chunks")
    decoder.finish()
    return bytes(body)


def decoder_for(headers: Mapping[str, str]) -> Decoder:
    """Raises OutboundError("bad_encoding") for anything but one layer of gzip or deflate."""
    names = [name.strip().lower() for name in headers.get("content-encoding", "").split(",")]
    layers = [name for name in names if name not in ("", "identity")]
    if not layers:
        return Plain()
    if len(layers) > 1:
        raise OutboundError("bad_encoding", f"{len(layers)} layers")
    if layers[0] not in ("gzip", "x-gzip", "deflate"):
        raise OutboundError("bad_encoding", layers[0])
    return Compressed(is_gzip=layers[0] != "deflate")
