"""Real servers on loopback that misbehave on purpose.

A handler is a function of the accepted connection, run in a thread; by the time it runs, the head
of the request has been read. Whatever it does, leaving the context ends it.
"""

from __future__ import annotations

import gzip
import socket
import ssl
import struct
import threading
from collections.abc import Callable, Generator, Iterable
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field

OK = b"HTTP/1.1 200 OK\r\n"


class Stopped(Exception):
    """The test is over; ends a handler that would go on for ever."""


@dataclass
class Peer:
    sock: socket.socket
    stopped: threading.Event
    request: bytes = b""

    def send(self, data: bytes) -> None:
        self.sock.sendall(data)

    def wait(self, seconds: float = 10) -> None:
        if self.stopped.wait(seconds):
            raise Stopped

    def drip(self, pieces: Iterable[bytes], every_seconds: float = 0.02) -> None:
        for piece in pieces:
            self.send(piece)
            self.wait(every_seconds)

    def reset(self) -> None:
        """Close with RST instead of FIN."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.sock.close()


Handler = Callable[[Peer], None]


@dataclass
class Server:
    listener: socket.socket
    handler: Handler
    context: ssl.SSLContext | None
    reads_request: bool
    requests: list[bytes] = field(default_factory=list)
    accepted: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    @property
    def port(self) -> int:
        return int(self.listener.getsockname()[1])

    def url(self, path: str = "/toolinfo.json", *, host: str = "127.0.0.1") -> str:
        scheme = "https" if self.context else "http"
        return f"{scheme}://{host}:{self.port}{path}"

    def accept(self) -> None:
        while not self.stopped.is_set():
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.accepted += 1
            thread = threading.Thread(target=self.serve, args=(sock,), daemon=True)
            self.threads.append(thread)
            thread.start()

    def serve(self, sock: socket.socket) -> None:
        with ExitStack() as stack, suppress(OSError, Stopped):
            stack.enter_context(sock)
            sock.settimeout(5)
            if self.context:
                sock = stack.enter_context(self.context.wrap_socket(sock, server_side=True))
            peer = Peer(sock, self.stopped)
            if self.reads_request:
                peer.request = read_head(sock)
                self.requests.append(peer.request)
            self.handler(peer)


def read_head(sock: socket.socket) -> bytes:
    head = b""
    while b"\r\n\r\n" not in head:
        data = sock.recv(4096)
        if not data:
            break
        head += data
    return head


@contextmanager
def hostile(
    handler: Handler, *, context: ssl.SSLContext | None = None, reads_request: bool = True
) -> Generator[Server]:
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    server = Server(listener, handler, context, reads_request)
    acceptor = threading.Thread(target=server.accept, daemon=True)
    acceptor.start()
    try:
        yield server
    finally:
        server.stopped.set()
        # Wakes the thread that waits in accept; a listener the test closed has none left.
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        acceptor.join(5)
        listener.close()
        for thread in server.threads:
            thread.join(5)


def answers(*parts: bytes) -> Handler:
    """Sends the bytes as they are and closes."""
    return lambda peer: peer.send(b"".join(parts))


def body(content: bytes, *headers: bytes, status: bytes = b"200 OK") -> bytes:
    """A whole, honest answer."""
    lines = [b"HTTP/1.1 " + status, b"Content-Length: %d" % len(content), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + content


def redirect(location: bytes, *headers: bytes, status: bytes = b"302 Found") -> bytes:
    return body(b"", b"Location: " + location, *headers, status=status)


def zipped(content: bytes) -> bytes:
    return gzip.compress(content, mtime=0)
