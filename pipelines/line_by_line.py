"""Answer lines with lines, one for one and in order, on as many processors as there are; memory stays bounded."""

import gc
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from itertools import chain, islice
from queue import Queue
from threading import Thread
from typing import IO

from rich.console import Console
from rich.progress import Progress, TextColumn

READ_BYTES = 64 * 1024
BLOCKS_A_JOB = 4

Answer = Callable[[bytes, int], bytes]
"""Makes of a line, without its end, and its number from 1 another line, without its end."""

_Block = tuple[int, bytes]


def answer_lines(answer: Answer, source: IO[bytes], target: IO[bytes], jobs: int) -> None:
    """Write one line for every line read. `answer` must be picklable where there is more than one job.

    A line is answered as soon as it is there, however slowly the others come. Memory holds a few blocks of 64 KiB for
    each job, and the longest line. An error in `answer` ends it all, and comes out here.
    """
    work = partial(_answer_block, answer)
    with _progress(source, target) as seen:
        blocks = seen(_blocks(source))
        for number, block in blocks if jobs == 1 else islice(blocks, 1):
            for at, line in enumerate(block.split(b"\n"), number):
                target.write(work((at, line)))
                target.flush()
        # What the first block made us load is shared by the processes that are forked now; one block needs none.
        if (second := next(blocks, None)) is not None:
            gc.freeze()
            _answer_in_parallel(work, chain([second], blocks), target, jobs)


def count_processors() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _blocks(source: IO[bytes]) -> Iterator[_Block]:
    """Yield the whole lines that each read brings, with the number of the first and without the end of the last."""
    number, begun = 1, []
    while data := source.read1(READ_BYTES):  # type: ignore[attr-defined]
        whole, end, rest = data.rpartition(b"\n")
        if not end:
            begun.append(data)
            continue
        block = b"".join([*begun, whole])
        begun = [rest] if rest else []
        yield number, block
        number += block.count(b"\n") + 1
    if begun:
        yield number, b"".join(begun)


def _answer_block(answer: Answer, numbered: _Block) -> bytes:
    number, block = numbered
    answers = []
    for at, line in enumerate(block.split(b"\n"), number):
        try:
            answers.append(answer(line.removesuffix(b"\r"), at) + b"\n")
        except Exception as error:
            error.add_note(f"(at line {at} of the input)")
            raise
    return b"".join(answers)


def _answer_in_parallel(
    work: Callable[[_Block], bytes], blocks: Iterable[_Block], target: IO[bytes], jobs: int
) -> None:
    """Read here, work in processes, write in a thread: a reader that waits for its answer gets it while we read on."""
    waiting: Queue[Future[bytes] | None] = Queue(maxsize=jobs * BLOCKS_A_JOB)
    failures: list[BaseException] = []
    writer = Thread(target=_write_answers, args=(waiting, target, failures), daemon=True)
    with ProcessPoolExecutor(jobs) as pool:
        pool.submit(int)  # forks them, before there is a thread
        writer.start()
        for block in blocks:
            if failures:
                break
            waiting.put(pool.submit(work, block))
        waiting.put(None)
        writer.join()
        pool.shutdown(cancel_futures=True)
    if failures:
        raise failures[0]


def _write_answers(waiting: "Queue[Future[bytes] | None]", target: IO[bytes], failures: list[BaseException]) -> None:
    """Write answers in order. After a failure only empty the queue, so that the reader is not held up."""
    while (future := waiting.get()) is not None:
        if failures:
            continue
        try:
            target.write(future.result())
            target.flush()
        except BaseException as error:  # noqa: BLE001 - raised again by the reader
            failures.append(error)


@contextmanager
def _progress(source: IO[bytes], target: IO[bytes]) -> Iterator[Callable[[Iterable[_Block]], Iterator[_Block]]]:
    """Show on a terminal how many lines were read, where the answers go elsewhere."""
    quiet = not sys.stderr.isatty() or target.isatty()
    bar = Progress(TextColumn("{task.completed} lines"), console=Console(stderr=True), transient=True, disable=quiet)
    with bar:
        task = bar.add_task("")

        def seen(blocks: Iterable[_Block]) -> Iterator[_Block]:
            for number, block in blocks:
                yield number, block
                bar.advance(task, block.count(b"\n") + 1)

        yield seen
