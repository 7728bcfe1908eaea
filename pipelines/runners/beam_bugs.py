"""Work-arounds for bugs in Beam itself, each with a test that notices when Beam has mended it."""

import logging
import sys
import threading
from typing import Any

from apache_beam.runners.worker import sdk_worker, statecache


def _shallow_size(*objects: Any) -> int:
    return sum(map(sys.getsizeof, objects))


def estimate_state_sizes_cheaply() -> None:
    """Stop Beam's state cache from looking over every loaded module at each put.

    `statecache.get_deep_size` lists the globals of all modules, so as not to count them: measured with 2.77, it costs a
    stateful job nine tenths of its time on FnApiRunner. The estimate only decides what the cache evicts.
    """
    statecache.get_deep_size = _shallow_size


def let_workers_end_silently() -> None:
    """Keep Beam's threads from lamenting the end of their connections, once a run has been told to stop.

    They log, they raise, and `sdk_worker` prints besides: whole pages of traces after every Ctrl-C on Prism.
    """
    logging.disable()
    threading.excepthook = lambda _: None
    sdk_worker.print = lambda *_, **__: None  # the name that the module sees instead of the built-in one
