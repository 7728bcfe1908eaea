"""Who may write: whoever has the token that `rasid serve` tells the person who starts it."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

COOKIE = "rasid-token"


@dataclass(frozen=True, slots=True)
class Guard:
    """The token that writing needs. It is in the address that `rasid serve` prints, then in a cookie of the browser."""

    token: str

    def knows(self, given: str | None) -> bool:
        """Return whether this is the token; how long that takes tells nothing of it."""
        return secrets.compare_digest((given or "").encode(), self.token.encode())

    def may_write(self, request: Request) -> bool:
        """Return whether a request comes from a browser that has the token."""
        return self.knows(request.cookies.get(COOKIE))

    def may_change(self, request: Request) -> bool:
        """Return whether a change may be made: the token is there, and a page of ours asked for it."""
        site = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin")
        own = f"{request.url.scheme}://{request.headers.get('host', '')}"
        return self.may_write(request) and site == "same-origin" and origin in (None, own)


def keep_token(folder: Path) -> str:
    """Return the token of a state folder, made where there is none; only its owner can read it."""
    path = folder / "token"
    token = path.read_text("utf-8").strip() if path.exists() else ""
    if not token:  # none yet, or a crash left it empty: then everybody would have it
        token = secrets.token_urlsafe(24)
        folder.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(token + "\n", "utf-8")
    return token
