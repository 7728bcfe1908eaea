"""The flag that chooses what reads names and events; it needs neither Kafka nor Beam."""

from typing import Annotated

import typer

from pipelines.core.entities.model import EntityModel

Model = Annotated[
    EntityModel,
    typer.Option("--entity-model", help="What reads names and events: fast, or accurate, which takes longer."),
]
