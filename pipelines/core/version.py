"""Say which rasid made a record."""

PIPELINE_VERSION = "0.1.0"
"""The one place where it stands; it is part of every record, so a release changes the bytes."""
