"""Work-arounds for bugs in Beam itself, each with a test that notices when Beam has mended it."""

import sys
from copy import deepcopy
from types import MethodType
from typing import Any

from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.worker import statecache
from apache_beam.transforms import core


def work_around_all() -> None:
    """Apply all of them to this process, once, however often it is called."""
    estimate_state_sizes_cheaply()
    remember_signatures()
    remember_options()


def _shallow_size(*objects: Any) -> int:
    return sum(map(sys.getsizeof, objects))


def estimate_state_sizes_cheaply() -> None:
    """Stop Beam's state cache from looking over every loaded module at each put.

    `statecache.get_deep_size` lists the globals of all modules, so as not to count them: measured with 2.77, it costs a
    stateful job nine tenths of its time on FnApiRunner. The estimate only decides what the cache evicts.
    """
    statecache.get_deep_size = _shallow_size


def remember_signatures() -> None:
    """Let Beam look up the signature of each method of a DoFn once, and not at every bundle.

    Measured with 2.77: of an empty batch on FnApiRunner that is four tenths. A method's signature is its function's.
    """
    read = core.get_function_args_defaults
    if isinstance(read, _Remembering):
        return
    core.get_function_args_defaults = _Remembering(read)


def remember_options() -> None:
    """Let Beam parse its flags once for each kind of options, and not at every look at one.

    Measured with 2.77: putting the sentence together looks 600 times, and each look puts an argument parser together
    and parses all flags; that is two thirds of its time.
    """
    view_as = PipelineOptions.view_as
    if not isinstance(view_as, _ViewAs):
        PipelineOptions.view_as = _ViewAs(view_as)


class _ViewAs:
    """Asks `view` for each kind of options and each list of flags once; a view has its own copy of what was parsed."""

    def __init__(self, view: Any) -> None:
        self.view, self.parsed = view, dict[Any, Any]()

    def __get__(self, options: Any, _: Any = None) -> Any:
        return self if options is None else MethodType(self, options)

    def __call__(self, options: Any, kind: Any) -> Any:
        """Return options as a kind of options, whose values are theirs."""
        if options._flags is None:  # the command line's of this moment
            return self.view(options, kind)
        known = (kind, tuple(options._flags))
        if known not in self.parsed:
            self.parsed[known] = deepcopy(kind(options._flags)._visible_options)
        view = kind.__new__(kind)
        view._flags, view._visible_options = options._flags, deepcopy(self.parsed[known])
        for name in vars(view._visible_options):
            options._all_options.setdefault(name, getattr(view._visible_options, name))
        view._all_options = options._all_options
        return view


class _Remembering:
    """Asks `read` for each function once. A method is asked as it is bound, for that leaves out `self`."""

    def __init__(self, read: Any) -> None:
        self.read, self.known = read, dict[Any, Any]()

    def __call__(self, function: Any) -> Any:
        """Return the names of a function's arguments, and their defaults."""
        if not isinstance(function, MethodType):
            return self.read(function)
        kind = function.__func__
        if kind not in self.known:
            self.known[kind] = self.read(function)
        return self.known[kind]
