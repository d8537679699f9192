"""A server that serves a bounded number of connections, and ends those that take their time to say what they want."""

from __future__ import annotations

import socket
from threading import BoundedSemaphore, Timer
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

MOST = 32
"""Connections at once; more are closed unheard."""
SILENCE = 10.0
"""Seconds that a connection may send and take nothing."""
LONGEST = 60.0
"""Seconds in which a request must have arrived whole."""


class Handler(WSGIRequestHandler):
    """One connection."""

    timeout = SILENCE

    def handle_one_request(self) -> None:
        """Answer one request; what has not arrived in time is taken for its end."""
        timer = Timer(LONGEST, self._end)
        timer.daemon = True
        timer.start()
        try:
            super().handle_one_request()
        finally:
            timer.cancel()

    def _end(self) -> None:
        try:
            self.connection.shutdown(socket.SHUT_RD)
        except OSError:  # it has ended
            return


class Server(ThreadedWSGIServer):
    """A thread a connection, ``MOST`` of them."""

    def __init__(self, host: str, port: int, application: Any, *, fd: int | None = None) -> None:
        super().__init__(host, port, application, Handler, fd=fd)
        self._free = BoundedSemaphore(MOST)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Serve a connection in a thread of its own, or close it if too many are open."""
        if not self._free.acquire(blocking=False):
            self.shutdown_request(request)
            return
        try:
            super().process_request(request, client_address)
        except BaseException:
            self._free.release()
            raise

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        """Serve a connection; then there is room for another."""
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._free.release()
