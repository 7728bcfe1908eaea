"""The flag that chooses what finds names; it needs neither Kafka nor Beam."""

from typing import Annotated

import typer

from pipelines.core.entities.tagging.tagger import EntityModel

Model = Annotated[
    EntityModel,
    typer.Option("--entity-model", help="What finds names: fast, or accurate, which finds more and takes longer."),
]
