"""A portal that embeds Tanya SPBE: its page, and a token for whoever is signed in at the portal.

    python examples/portal/portal.py --tanya http://127.0.0.1:8000 --secret FILE --user staff

The portal signs its user's token on its server; the secret never reaches the page. See docs/embedding.md.
"""

import argparse
import json
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt

HERE = Path(__file__).parent
TOKEN_LASTS = 300  # seconds; the page asks for a new one when the chat needs it


def token(secret: str, role: str, **claims: Any) -> str:
    """The token by which the portal hands over its user."""
    now = int(time.time())
    said = {
        "iss": "https://portal.kota-contoh.example",
        "aud": "tanya-spbe",
        "sub": "pegawai-17",
        "iat": now,
        "nbf": now,
        "exp": now + TOKEN_LASTS,
        "role": role,
        **claims,
    }
    return jwt.encode(said, secret, algorithm="HS256")


def portal(port: int, tanya: str, secret: str = "", role: str | None = None) -> ThreadingHTTPServer:
    """The portal's web server; ``role`` is what its signed-in user is, None where nobody is signed in."""
    handover = 'data-token-url="/tanya-token"' if role else ""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            if path == "/":
                page = (HERE / "index.html").read_text(encoding="utf-8")
                self._send("text/html", page.replace("{{tanya}}", tanya).replace("{{handover}}", handover))
            elif path == "/portal.css":
                self._send("text/css", (HERE / "portal.css").read_text(encoding="utf-8"))
            elif path == "/tanya-token" and role:
                self._send("application/json", json.dumps({"token": token(secret, role)}))
            elif path == "/favicon.ico":
                self._send("image/x-icon", "")
            else:
                self.send_error(404)

        def _send(self, kind: str, body: str) -> None:
            sent = body.encode()
            self.send_response(200)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(sent)))
            self.send_header("Cache-Control", "no-store")
            # The two entries that a portal with a strict policy needs are script-src and frame-src.
            policy = f"default-src 'self'; script-src 'self' {tanya}; frame-src {tanya}; object-src 'none'"
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(sent)

        def log_message(self, *_: Any) -> None:
            """Say nothing of each request."""

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--tanya", default="http://127.0.0.1:8000", help="address of Tanya SPBE")
    arguments.add_argument("--port", type=int, default=8100)
    arguments.add_argument("--secret", type=Path, help="file with the shared secret")
    arguments.add_argument("--user", choices=["visitor", "staff", "head", "coordinator"], help="who is signed in")
    chosen = arguments.parse_args()
    shared = chosen.secret.read_text(encoding="ascii").strip() if chosen.secret else ""
    print(f"http://127.0.0.1:{chosen.port}")  # noqa: T201 - whoever starts it wants to open it
    portal(chosen.port, chosen.tanya, shared, chosen.user).serve_forever()
