"""The command `rasid-flink-worker`, under the name that the wheel has."""

from pipelines.runners.flink_worker import main

__all__ = ["main"]
