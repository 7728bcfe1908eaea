"""What a web server answers, and what keeps it from answering."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server is told of what we have of it (RFC 9110, 13.1), so that it need not be sent again."""

    etag: str | None = None
    last_modified: str | None = None

    @property
    def headers(self) -> dict[str, str]:
        """Return the headers of a conditional request; none where nothing is known."""
        told = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in told.items() if value}


NOTHING_KNOWN = Validators()


@dataclass(frozen=True, slots=True)
class Answer:
    """A page as bytes, at the address that redirects led to; `is_unchanged` where there is nothing new (304)."""

    url: str
    body: bytes
    content_type: str
    validators: Validators
    is_unchanged: bool = False


class FetchFailed(Exception):
    """A page did not come; the message says why and what to do, `is_passing` whether it may come later."""

    def __init__(self, message: str, is_passing: bool = True) -> None:
        super().__init__(message)
        self.is_passing = is_passing
