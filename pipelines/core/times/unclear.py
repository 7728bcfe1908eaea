"""Say why a time that looks like one is not read."""


class Unclear(ValueError):
    """A time that means several things, or holds something that nobody here understands; its message says what."""
