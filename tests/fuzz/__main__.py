"""Fuzz by hand: `python -m tests.fuzz --inputs 1000000 --seed 1`."""

import argparse
import resource
import time

from tests.fuzz.run import fuzz

STEP = 10_000


def main() -> None:
    """Run the inputs asked for, and say what became of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    begun, outcomes = time.monotonic(), fuzz(0, 0)
    for step in range(-(-asked.inputs // STEP)):
        outcomes += fuzz(min(STEP, asked.inputs - step * STEP), asked.seed + step)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{outcomes.total():,} inputs in {time.monotonic() - begun:.0f} s, {megabytes} MB at most: {dict(outcomes)}")


if __name__ == "__main__":
    main()
