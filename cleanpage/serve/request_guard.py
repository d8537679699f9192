"""Who may ask: the workbench reads local pages, and any web site can make a browser send requests to it."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from werkzeug.exceptions import Forbidden, UnsupportedMediaType
from werkzeug.wrappers import Request, Response

COOKIE = "cleanpage-token"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


def check(request: Request, host: str) -> None:
    """Raise an HTTP error for what may come from another site; ``host`` is what the server was told to listen on.

    DNS rebinding needs a name that its owner can point here, so the Host must be an address, ``localhost`` or ``host``.
    A page of another site can post only forms and plain text without asking first, and its Origin tells.
    """
    name = _parts(f"//{request.host}").hostname or ""
    if name not in ("localhost", host) and not _is_address(name):
        raise Forbidden(f"this workbench is not called {name!r}: open it by the address that it printed")
    if request.method != "POST":
        return
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in ("same-origin", "none") or (origin is not None and _parts(origin).netloc != request.host):
        raise Forbidden("this request comes from another site")
    if request.mimetype != "application/json":
        raise UnsupportedMediaType("send application/json")


def _parts(url: str) -> SplitResult:
    """Return the parts of an address, all empty if it is none."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def admit(request: Request, token: str) -> Response | None:
    """Return the answer to who brings the token in the address: a cookie instead, and the address without it.

    Return None for a request that may go on: there is no token, or it comes with the cookie. Raise Forbidden otherwise.
    """
    if not token or _is_token(request.cookies.get(COOKIE, ""), token):
        return None
    if request.path != "/" or not _is_token(request.args.get("token", ""), token):
        raise Forbidden("open this workbench by the address that it printed, with its token")
    answer = Response(status=303, headers={"Location": "/"})
    answer.set_cookie(COOKIE, token, httponly=True, samesite="Strict")
    return answer


def _is_token(given: str, token: str) -> bool:
    return compare_digest(given.encode("utf-8", "replace"), token.encode())


def is_local(host: str) -> bool:
    """Tell whether nobody else's machine can reach what listens on ``host``."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def protect(response: Response, policy: str) -> Response:
    """Return the response with headers that keep other sites from framing or reading it."""
    response.headers.update(HEADERS)
    response.headers["Content-Security-Policy"] = policy
    return response
