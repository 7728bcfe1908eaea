"""Show what is happening now on a page in the browser, from right to left."""

import logging
import socket
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Annotated, Any

import typer

from connectors.webhook import Webhook, WrongWebhook, read_secret
from pipelines.commands.endpoint import LOOPBACK
from pipelines.commands.flags import KafkaConfig, KafkaPassword, Registry
from pipelines.commands.stored import From, Store, open_store
from pipelines.core.ids import digest
from pipelines.options import WrongOption, default_state
from pipelines.page.follower import Follower
from pipelines.page.guard import Guard, keep_token
from pipelines.page.notifier import Notifier
from pipelines.page.sources import FolderSource, Source, TopicsSource
from pipelines.page.store import Positions
from pipelines.page.store import Store as PageStore
from schemas.registry import SchemaRegistry

LOG = logging.getLogger("rasid")
PORT = 8710
_LOCAL = (LOOPBACK, "localhost", "::1")


def serve(
    source: From = None,
    listen: Annotated[
        str,
        typer.Option(metavar="[HOST:]PORT", help="Where to answer; without HOST, to this machine alone."),
    ] = f"{LOOPBACK}:{PORT}",
    state: Annotated[
        Path | None,
        typer.Option(envvar="RASID_STATE", help="Where the page keeps what it read. [default: ~/.local/state/rasid]"),
    ] = None,
    webhook: Annotated[
        str | None,
        typer.Option(
            metavar="URL", envvar="RASID_WEBHOOK", help="Tell this address what the watches find, signed and retried."
        ),
    ] = None,
    webhook_secret_file: Annotated[
        Path | None,
        typer.Option(envvar="RASID_WEBHOOK_SECRET_FILE", help="The file with the secret that signs: 16 bytes or more."),
    ] = None,
    kafka_config: KafkaConfig = None,
    password: KafkaPassword = None,
    registry: Registry = None,
) -> None:
    """Serve the page: stories as they grow, what is rising, every article with what was read in it. Ctrl-C ends it.

    Everybody who can reach the address may read. Judging records and saving watches needs the token in the address that
    is printed.
    """
    host, port = read_address(listen)
    store = open_store(source, kafka_config, password, registry)
    told = source or f"kafka://{getattr(store.place, 'bootstrap', '')}"
    folder = (state or default_state()) / "page" / digest(_identity(store, told))
    receiver = open_webhook(webhook, webhook_secret_file)
    with closing(PageStore(folder / "page.duckdb")) as kept, ExitStack() as ending:
        guard = Guard(keep_token(folder))
        follower = Follower(kept, opener(store))
        server = _make_server(follower, guard, told, (host, port))
        _say_where(guard, host, port)
        follower.on_failure = lambda: setattr(server, "should_exit", True)
        if receiver:
            server.config.app.state.notifier = Notifier(follower, receiver, folder)
            server.config.app.state.notifier.start()
            ending.callback(server.config.app.state.notifier.close)
        follower.start()
        ending.callback(follower.close)
        server.run_until_told()
    if follower.failure is not None:
        raise follower.failure


def opener(store: Store) -> Callable[[Positions], Source]:
    """Return what opens a store to be followed from what was read so far on."""

    def opened(positions: Positions) -> Source:
        if isinstance(store.place, Path):
            return FolderSource(store.place, dict(positions))
        return TopicsSource(store.place, positions, SchemaRegistry(store.registry) if store.registry else None)

    return opened


def open_webhook(url: str | None, secret_file: Path | None) -> Webhook | None:
    """Return the webhook that watches are sent to; None where none is named. Raises WrongOption."""
    if url is None:
        return None
    if secret_file is None:
        raise WrongOption("--webhook needs --webhook-secret-file: whoever receives must be able to tell who sends.")
    try:
        return Webhook(url, read_secret(secret_file.read_text("utf-8")))
    except (OSError, UnicodeError) as error:
        raise WrongOption(f"--webhook-secret-file {secret_file}: {error}.") from error
    except WrongWebhook as error:
        raise WrongOption(f"--webhook: {error}") from error


def read_address(text: str) -> tuple[str, int]:
    """Read `PORT` or `HOST:PORT`; raises WrongOption.

    >>> read_address("8710"), read_address("[::1]:80")
    (('127.0.0.1', 8710), ('::1', 80))
    """
    host, _, port = text.rpartition(":")
    if not (port.isascii() and port.isdecimal() and 0 < int(port) < 2**16):
        raise WrongOption(f"--listen {text!r}: give a port, such as {PORT}, or HOST:PORT for others to read too.")
    return host.strip("[]") or LOOPBACK, int(port)


def _identity(store: Store, told: str) -> str:
    return str(store.place.resolve()) if isinstance(store.place, Path) else told


def _make_server(follower: Follower, guard: Guard, told: str, address: tuple[str, int]) -> Any:
    """Return the web server; raises WrongOption where another has the address."""
    import uvicorn

    from pipelines.page.application import make_application
    from pipelines.page.server import Server

    host, port = address
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(address)
    except OSError as error:
        raise WrongOption(f"--listen {host}:{port}: {error.strerror or error}. Name another port.") from error
    hosts = ("*",) if host not in _LOCAL else (*_LOCAL, "[::1]")
    app = make_application(follower, guard, told, hosts)
    config = uvicorn.Config(
        app, host=host, port=port, log_level="warning", server_header=False, timeout_graceful_shutdown=1, lifespan="off"
    )
    return Server(config, follower)


def _say_where(guard: Guard, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    typer.echo(f"The page: http://{shown}:{port}/")
    typer.echo(f"To judge records and save watches too, open http://{shown}:{port}/?token={guard.token}")
    if host not in _LOCAL:
        LOG.warning("Others can reach this address, and read everything on it: put it behind a login and TLS.")
