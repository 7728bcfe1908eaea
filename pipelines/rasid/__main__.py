"""`python -m rasid`, and the command `rasid`."""

from pipelines.cli import main

__all__ = ["main"]

if __name__ == "__main__":
    main()
