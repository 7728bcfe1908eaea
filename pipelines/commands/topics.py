"""The topics of `schemas/topics.toml`."""

import typer

from connectors.kafka.admin import TopicSpec, create_topics, list_topics
from connectors.kafka.connection import KafkaConnection
from pipelines.commands.flags import Bootstrap, KafkaConfig, KafkaPassword, connect
from pipelines.commands.layout import make_console, print_rows
from schemas.topics import load_topics

app = typer.Typer(no_args_is_help=True, help="The topics that rasid reads and writes.")


@app.command()
def create(bootstrap: Bootstrap = None, kafka_config: KafkaConfig = None, password: KafkaPassword = None) -> None:
    """Create the topics that are missing; those that exist are left as they are."""
    created = create_all(connect(bootstrap, kafka_config, password))
    typer.echo("\n".join(f"created {name}" for name in created) or "all topics exist already")


@app.command("list")
def list_all(bootstrap: Bootstrap = None, kafka_config: KafkaConfig = None, password: KafkaPassword = None) -> None:
    """List the topics, what they carry, and whether they exist."""
    there = set(list_topics(connect(bootstrap, kafka_config, password)))
    rows = [
        (
            *(topic.name, topic.record, " or ".join(topic.key), str(topic.partitions), topic.cleanup_policy),
            "yes" if topic.name in there else "no",
        )
        for topic in load_topics()
    ]
    print_rows(make_console(), ("topic", "record", "key", "partitions", "cleanup", "exists"), rows)


def create_all(connection: KafkaConnection) -> list[str]:
    """Create what is missing of the topics; return its names."""
    return create_topics(
        connection,
        [
            TopicSpec(topic.name, topic.partitions, topic.retention_ms, topic.cleanup_policy, topic.configs)
            for topic in load_topics()
        ],
    )
