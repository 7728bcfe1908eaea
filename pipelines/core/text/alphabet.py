"""Name the sets of characters that the text rules speak of, each as the inside of a regular-expression class."""

from typing import Final

from pyarabic import araby

TATWEEL: Final[str] = araby.TATWEEL

MARKS: Final = "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08ca-\u08e1\u08e3-\u08ff"
"""Harakat, tanwin, dagger alef, combining hamza and madda, Quranic signs, small waw and yeh."""

LETTERS: Final = (
    "\u0620-\u063f\u0641-\u064a\u066e\u066f\u0671-\u06d3\u06d5\u06ee\u06ef\u06fa-\u06fc\u06ff\u0750-\u077f\u08a0-\u08c9"
)
"""Every letter of the Arabic script, whatever its language."""

HONORIFICS: Final = "\ufd40-\ufd4f\ufdcf\ufdf5\ufdfa\ufdfb\ufdfd-\ufdff"
"""Pious formulas in one sign, such as \ufdfa; the rial sign (U+FDFC) is not one."""

DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"

INVISIBLE: Final = "\u00ad\u061c\u180e\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
"""Bidi controls, ZWNJ, soft hyphen, byte-order mark and their kin; ZWJ is apart, for emoji need it."""

SPACES: Final = "\t \u00a0\u1680\u2000-\u200b\u202f\u205f\u3000"
"""What separates words within a line."""

NEWLINES: Final = "\n\u000b\u000c\r\u2028\u2029"
"""What separates lines."""
