"""Say which rasid made a record."""

PIPELINE_VERSION = "1.0.0rc1"
"""The one place where it stands; it is part of every record, so a release changes the bytes."""
