"""Train both models on a lent GPU machine: `pack` what it needs, carry it there, `unpack` what came back.

README.md beside this file says what a person does, step by step.
"""

import argparse
from pathlib import Path

from pipelines.training.device.pack import pack
from pipelines.training.device.unpack import unpack


def main() -> None:
    """Do what is asked."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    packing = commands.add_parser("pack", help="write what the course needs, in parts that can be carried")
    unpacking = commands.add_parser("unpack", help="make the models that are shipped of what came back")
    unpacking.add_argument("results", type=Path)
    for command in (packing, unpacking):
        command.add_argument("--data", type=Path, default=Path("../shared/data"))
        command.add_argument("--out", type=Path, required=True, help="a folder; for pack a new one")
    asked = parser.parse_args()
    if asked.command == "pack":
        if asked.out.exists():
            parser.error(f"{asked.out} exists already")
        pack(asked.data, asked.out)
    else:
        unpack(asked.results, asked.data, asked.out)


if __name__ == "__main__":
    main()
