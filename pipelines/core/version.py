"""Say which rasid made a record."""

PIPELINE_VERSION = "0.1.0"
"""As in pyproject.toml: a test keeps them equal. It is part of every record, so a release changes the bytes."""
