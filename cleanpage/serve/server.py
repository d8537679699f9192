"""The door ``serve``: the workbench on a local address until it is interrupted."""

from __future__ import annotations

import logging
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from secrets import token_urlsafe

from cleanpage.config import Config
from cleanpage.errors import CleanpageError


def serve(
    folder: Path | None,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    config: Config,
    config_file: Path | None = None,
    reload: Callable[[], Config] | None = None,
) -> None:
    """Serve the rule workbench until it is interrupted; the address is printed to standard error.

    ``folder`` holds pages on which rules can be tried together. ``config`` is what trials are compared with;
    ``config_file`` is where a trial may be saved to, ``reload`` makes the config anew after that. Port 0
    takes any that is free. Whoever can reach ``host`` could read the pages of the folder: where that is another machine
    than this one, a warning says so and each request needs the token in the address that is printed.
    Raises CleanpageError if the extra is not installed, the folder is none, or the address cannot be had.
    """
    try:
        from cleanpage.serve.connections import Server
    except ImportError as error:
        raise CleanpageError('the workbench needs Werkzeug: pip install "cleanpage[serve]"') from error
    from cleanpage.serve.request_guard import is_local
    from cleanpage.serve.workbench import Workbench

    token = "" if is_local(host) else token_urlsafe(16)
    workbench = Workbench(folder, config, host, token, config_file=config_file, reload=reload)
    with _listening(host, port) as listening:
        logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else a line for each request
        address = listening.getsockname()
        server = Server(address[0], address[1], workbench, fd=listening.fileno())
        name = f"[{address[0]}]" if ":" in address[0] else address[0]
        if token:
            print(_EXPOSED.format(host), file=sys.stderr)
        query = f"?token={token}" if token else ""
        print(f"cleanpage workbench: http://{name}:{address[1]}/{query} (Ctrl+C ends it)", file=sys.stderr, flush=True)
        try:
            server.serve_forever()
        finally:
            server.server_close()


_EXPOSED = (
    "cleanpage workbench: warning: other machines can reach {}; whoever has the token below can read the folder's"
    " pages and try rules here, and the connection is not encrypted"
)


def _listening(host: str, port: int) -> socket.socket:
    """Return a socket that listens; Werkzeug's own would end the process if the port is taken."""
    if not 0 <= port < 65536:
        raise CleanpageError(f"port {port} is none: choose another port, 0 to 65535")
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        raise CleanpageError(f"cannot listen on {host}, port {port}: {error}; choose another port") from error
