import io
import os
import subprocess
import sys
import time
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.line_by_line import READ_BYTES, answer_lines, count_processors


def number(line: bytes, at: int) -> bytes:
    if line.startswith(b"wait"):
        time.sleep(0.05)
    return b"%d:%s" % (at, line)


def break_at_9000(line: bytes, at: int) -> bytes:
    return b"%d" % (1 // (9000 - at))


def numbered(given: bytes, jobs: int = 1, answer: object = number) -> bytes:
    target = io.BytesIO()
    answer_lines(answer, io.BufferedReader(io.BytesIO(given)), target, jobs)  # type: ignore[arg-type]
    return target.getvalue()


def expected(given: bytes) -> bytes:
    lines = given.removesuffix(b"\n").split(b"\n") if given else []
    return b"".join(number(line.removesuffix(b"\r"), at) + b"\n" for at, line in enumerate(lines, 1))


@given(
    st.lists(st.sampled_from((b"", b"a", b"\xd8\xae\r", b"x" * READ_BYTES)), max_size=8), st.sampled_from((b"", b"\n"))
)
def test_one_line_for_one_line(lines: list[bytes], end: bytes) -> None:
    given = b"\n".join(lines) + end
    assert numbered(given) == expected(given)


def test_order_is_kept_though_some_blocks_take_longer() -> None:
    given = b"\n".join([b"wait" + b"x" * READ_BYTES, *[b"go" * 50] * 2000] * 5)
    assert numbered(given, jobs=3) == expected(given)


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bug_comes_out_and_names_the_line(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError) as caught:
        numbered(b"some text that fills a block\n" * 20_000, jobs, break_at_9000)
    assert "(at line 9000 of the input)" in "".join(getattr(caught.value, "__notes__", [])) + str(
        caught.value.__cause__
    )


class Broken(io.BytesIO):
    def write(self, data: object) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_reader_that_goes_away_ends_it(jobs: int) -> None:
    with pytest.raises(BrokenPipeError):
        answer_lines(number, io.BufferedReader(io.BytesIO(b"line\n" * 100_000)), Broken(), jobs)


ECHO = "import sys, test_line_by_line as t; t.answer_lines(t.number, sys.stdin.buffer, sys.stdout.buffer, 2)"


def test_a_line_is_answered_before_the_next_one_comes() -> None:
    paths = os.pathsep.join([os.path.dirname(__file__), *sys.path])
    child = subprocess.Popen(
        [sys.executable, "-c", ECHO],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": paths},
    )
    assert child.stdin is not None
    assert child.stdout is not None
    for at in range(1, 5):
        assert _exchange(child.stdin, child.stdout, b"line\n") == b"%d:line\n" % at
    child.stdin.close()
    assert (child.stdout.read(), child.wait(10)) == (b"", 0)
    child.stdout.close()


def _exchange(to: IO[bytes], back: IO[bytes], line: bytes) -> bytes:
    to.write(line)
    to.flush()
    return back.readline()


def test_there_is_a_processor() -> None:
    assert 1 <= count_processors() <= (os.cpu_count() or 1)
