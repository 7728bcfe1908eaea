import importlib.util
import sys
from types import ModuleType
from typing import Any

import pytest
from apache_beam import DoFn
from apache_beam.options.pipeline_options import DebugOptions, PipelineOptions, StandardOptions
from apache_beam.runners.worker import statecache
from apache_beam.transforms import core, userstate

from pipelines.runners.beam_bugs import estimate_state_sizes_cheaply, remember_options, remember_signatures


class Spied(ModuleType):
    """A module that counts how often somebody looks over its globals."""

    looks = 0

    @property
    def __dict__(self) -> dict[str, Any]:  # type: ignore[override]
        Spied.looks += 1
        return {}


@pytest.fixture
def spied(monkeypatch: pytest.MonkeyPatch) -> type[Spied]:
    monkeypatch.setattr(Spied, "looks", 0)
    monkeypatch.setitem(sys.modules, "spied", Spied("spied"))
    return Spied


def test_beam_still_looks_over_all_loaded_modules_to_size_one_state(spied: type[Spied]) -> None:
    """When this fails, Beam has mended it: remove `estimate_state_sizes_cheaply`."""
    spec = importlib.util.find_spec(statecache.__name__)
    assert spec is not None
    assert spec.loader is not None
    as_beam_ships_it = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(as_beam_ships_it)
    as_beam_ships_it.get_deep_size(b"state")
    assert spied.looks > 0


def test_the_work_around_looks_at_the_state_alone(spied: type[Spied], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statecache, "get_deep_size", statecache.get_deep_size)
    estimate_state_sizes_cheaply()
    assert 100 < statecache.get_deep_size(b"x" * 100) < 200
    assert spied.looks == 0


class Twice(DoFn):
    def process(self, element: int, by: int = 2, at: Any = DoFn.TimestampParam) -> list[int]:
        return [element * by]


def test_the_signature_of_a_method_is_read_once_and_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    read, asked = core.get_function_args_defaults, []

    def spy(function: Any) -> Any:
        asked.append(function)
        return read(function)

    monkeypatch.setattr(core, "get_function_args_defaults", spy)
    remember_signatures()
    remember_signatures()
    for _ in range(3):
        assert core.get_function_arguments(Twice(), "process") == read(Twice().process)
        assert userstate.get_dofn_specs(Twice()) == (set(), set())
    assert len([one for one in asked if one.__name__ == "process"]) == 1


@pytest.fixture
def as_beam_ships_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Undo what a run in this process has done to options, and do it again at the end."""
    shipped = PipelineOptions.view_as
    monkeypatch.setattr(PipelineOptions, "view_as", getattr(shipped, "view", shipped))


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that grows whenever Beam puts an argument parser together for debugging options."""
    told, add = [], DebugOptions._add_argparse_args

    def spy(cls: type, parser: object) -> None:
        told.append(parser)
        add(parser)

    monkeypatch.setattr(DebugOptions, "_add_argparse_args", classmethod(spy))
    return told


@pytest.mark.usefixtures("as_beam_ships_it")
def test_beam_still_parses_all_flags_at_every_look_at_an_option(parsed: list[object]) -> None:
    """When this fails, Beam has mended it: remove `remember_options`."""
    options = PipelineOptions(["--streaming"])
    before = len(parsed)
    for _ in range(3):
        options.view_as(DebugOptions)
    assert len(parsed) - before == 3


@pytest.mark.usefixtures("as_beam_ships_it")
def test_flags_are_parsed_once_and_views_are_what_they_were(parsed: list[object]) -> None:
    flags = ["--streaming", "--experiments=one", "--no_such_flag"]
    shipped = PipelineOptions(flags).view_as(DebugOptions)
    remember_options()
    remember_options()
    options, other = PipelineOptions(flags), PipelineOptions(flags)
    before = len(parsed)
    views = [options.view_as(DebugOptions) for _ in range(3)]
    assert len(parsed) - before == 1
    assert {type(one) for one in views} == {DebugOptions}
    assert views[0].display_data() == shipped.display_data()
    assert str(views[0]) == str(shipped)
    assert options.view_as(StandardOptions).streaming

    views[0].add_experiment("two")
    views[0].view_as(StandardOptions).streaming = False
    assert options.view_as(DebugOptions).experiments == ["one", "two"] == views[2].experiments
    assert not options.view_as(StandardOptions).streaming
    assert other.view_as(DebugOptions).experiments == ["one"], "another job's options are its own"
    assert PipelineOptions(["--experiments=else"]).view_as(DebugOptions).experiments == ["else"]
    with pytest.raises(AttributeError):
        _ = views[0].streaming


@pytest.mark.usefixtures("as_beam_ships_it")
def test_where_no_flags_are_given_those_of_the_command_line_count(monkeypatch: pytest.MonkeyPatch) -> None:
    remember_options()
    for streams in (True, False):
        monkeypatch.setattr(sys, "argv", ["program", *(["--streaming"] if streams else ())])
        assert PipelineOptions().view_as(StandardOptions).streaming is streams
