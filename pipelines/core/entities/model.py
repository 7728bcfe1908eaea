"""Which model reads names and events."""

from typing import Literal

EntityModel = Literal["fast", "accurate"]
"""`fast` gives the same bytes on every machine; `accurate` is right more often, and takes longer."""
