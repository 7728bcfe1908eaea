"""Make ids that depend on nothing but what they name."""

from hashlib import blake2b


def digest(*parts: str) -> str:
    """Hash strings into 20 hexadecimal digits (80 bits, BLAKE2b), the same on every machine.

    >>> digest("events", "ASSAULT") == digest("events", "ASSAULT")
    True
    >>> digest("ab", "c") == digest("a", "bc")
    False
    """
    return blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).hexdigest()
