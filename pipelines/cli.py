"""The `rasid` command: one function a command, each in `commands/`."""

import logging
import sys

import typer

from connectors.files.lines import NoSuchFile
from connectors.kafka.broker import BrokerFailed
from connectors.kafka.connection import KafkaUnreachable
from connectors.kafka.jars import JarsUnavailable
from connectors.kafka.offsets import NoSuchTopic
from pipelines.commands import broker, topics
from pipelines.commands.audit import audit
from pipelines.commands.demo import demo
from pipelines.commands.produce import produce
from pipelines.commands.run import run
from pipelines.options import WrongOption
from schemas.errors import RegistryFailed

EXPLAINED = (BrokerFailed, JarsUnavailable, KafkaUnreachable, NoSuchFile, NoSuchTopic, RegistryFailed, WrongOption)

app = typer.Typer(
    help="Read Arabic news as a stream: articles in, events out, with the source's own words behind every record.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demo)
app.command(context_settings={"ignore_unknown_options": True, "allow_extra_args": True})(run)
app.command()(produce)
app.command()(audit)
app.add_typer(broker.app, name="broker")
app.add_typer(topics.app, name="topics")


def main() -> None:
    """Run the command line; what a person can mend is said in a sentence, and ends with exit code 2."""
    logging.getLogger().addFilter(lambda record: "apitools" not in record.getMessage())
    try:
        app()
    except EXPLAINED as error:
        sys.stderr.write(f"rasid: {error}\n")
        sys.exit(2)
    except KeyboardInterrupt:
        sys.stderr.write("rasid: stopped.\n")
        sys.exit(130)


if __name__ == "__main__":
    main()
