"""The named reasons for which a message cannot be used. Everything else that goes wrong is a bug.

Each class is one reason; its message is a sentence that tells a person what to mend.
"""

from typing import ClassVar


class Rejected(Exception):
    """A message that cannot be used, and why."""

    reason: ClassVar[str]

    @property
    def message(self) -> str:
        """Return the sentence a person can act on."""
        return str(self.args[0])


class Undecodable(Rejected):
    """The bytes are neither JSON nor Avro in a framing we know."""

    reason = "undecodable"


class UnknownSchema(Rejected):
    """The bytes name a schema that is not in `schemas/` and not in the registry."""

    reason = "unknown_schema"


class MissingField(Rejected):
    """A field that every article needs is absent or of the wrong type."""

    reason = "missing_field"


class EmptyArticle(Rejected):
    """Neither title nor body holds any text."""

    reason = "empty"


class TooLong(Rejected):
    """The message is larger than the limit (`--max-message-bytes`)."""

    reason = "too_long"


class Garbled(Rejected):
    """The text was damaged by a wrong character encoding before it reached us."""

    reason = "garbled"


class NotArabic(Rejected):
    """The text is in another language, perhaps one that shares the script."""

    reason = "not_arabic"


class NoUsableDate(Rejected):
    """The publication time is absent, unreadable or impossible."""

    reason = "no_usable_date"


REASONS: dict[str, type[Rejected]] = {
    refusal.reason: refusal
    for refusal in (
        Undecodable,
        UnknownSchema,
        MissingField,
        EmptyArticle,
        TooLong,
        Garbled,
        NotArabic,
        NoUsableDate,
    )
}
