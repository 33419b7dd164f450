"""What stands before every request: headers that keep the page to itself, and the MCP password.

Plain ASGI middleware, without Gradio.
"""

import base64
import hmac
from collections.abc import Iterable

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# The page's own scripts and styles stand in the page, and Gradio compiles templates at run time:
# both have to be allowed. Every other host is refused by the browser itself.
POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'self'; frame-ancestors 'self'; "
    "object-src 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
MCP = "/gradio_api/mcp"


class SafetyHeaders:
    """Adds HEADERS to every response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and its response back with the headers added."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                added = [(k.encode(), v.encode()) for k, v in HEADERS.items()]
                message["headers"] = [*message.get("headers", []), *added]
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


class McpPassword:
    """Asks MCP clients for the password: Gradio asks everyone else, but never them.

    They give it as HTTP basic authentication, or the password alone as a bearer token, for clients
    that know nothing else. Any other request under MCP's path is answered with status 401.
    """

    def __init__(self, app: ASGIApp, user: str, password: str) -> None:
        self.app = app
        basic = base64.b64encode(f"{user}:{password}".encode())
        self._known = ((b"basic", basic), (b"bearer", password.encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on what is not for MCP, or carries the password."""
        inside = scope["type"] == "http" and scope["path"].startswith(MCP)
        if inside and not self._knows(scope["headers"]):
            said = "The user and password of --auth are needed.\n"
            asks = {"www-authenticate": 'Basic realm="Dateline", charset="UTF-8"'}
            await PlainTextResponse(said, 401, asks)(scope, receive, send)
            return
        await self.app(scope, receive, send)

    def _knows(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        given = next((value for name, value in headers if name == b"authorization"), b"")
        scheme, _, secret = given.partition(b" ")
        fits = [
            scheme.lower() == name and hmac.compare_digest(secret.strip(), known)
            for name, known in self._known
        ]
        return any(fits)
