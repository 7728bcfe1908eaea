"""What the commands say on standard error, as sentences or, for machines, as lines of JSON."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import Literal

from connectors.kafka import quiet

LogFormat = Literal["text", "json"]

LONGEST_MESSAGE = 500
_USUAL = {*vars(logging.makeLogRecord({})), "message", "asctime", "taskName"}


class Sentences(logging.Formatter):
    """Write `rasid: what happened`."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        """Return the message, with the name of who says it before it."""
        return f"{record.name.partition('.')[0]}: {record.message}"


class JsonLines(logging.Formatter):
    """Write a line of JSON: when, how grave, who, what, and the ids given as `extra`.

    Texts of articles stay out: of a message only the first line is kept, and of an error its kind and its places in
    the code, not its words.
    """

    def format(self, record: logging.LogRecord) -> str:
        """Return one line."""
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().partition("\n")[0][:LONGEST_MESSAGE],
        }
        line |= {name: value for name, value in vars(record).items() if name not in _USUAL}
        if record.exc_info and record.exc_info[1] is not None:
            frames = traceback.extract_tb(record.exc_info[2])
            line["error"] = type(record.exc_info[1]).__name__
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        return json.dumps(line, ensure_ascii=False, default=str)


class _Stderr(logging.Handler):
    """Write to what standard error is now."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stderr.write(self.format(record) + "\n")
        sys.stderr.flush()


_HANDLER = _Stderr()
_HANDLER.addFilter(lambda record: "apitools" not in record.getMessage())  # said as Beam is imported
_HANDLER.setFormatter(Sentences())


def set_up(form: LogFormat) -> None:
    """Write all that is logged in this process in one form, and Kafka's outages as one line each."""
    _HANDLER.setFormatter(JsonLines() if form == "json" else Sentences())
    if _HANDLER not in logging.getLogger().handlers:
        logging.getLogger().addHandler(_HANDLER)
    logging.getLogger("rasid").setLevel(logging.INFO)
    quiet.install()
    if form == "json":
        sys.excepthook = _crash


def tell(message: str, level: int = logging.ERROR) -> None:
    """Say something now, even where logging is switched off already."""
    _HANDLER.handle(logging.LogRecord("rasid", level, "", 0, message, None, None))


def _crash(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    _HANDLER.handle(logging.LogRecord("rasid", logging.CRITICAL, "", 0, "crashed", None, (kind, error, trace)))
