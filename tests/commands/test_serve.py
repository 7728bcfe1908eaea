"""`rasid serve` says where the page is, follows a folder, and ends when it is told to."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx2
import pytest
from typer.testing import CliRunner

from connectors.local.ports import free_port
from pipelines.cli import app
from pipelines.commands.serve import read_address
from pipelines.options import WrongOption
from tests.page.conftest import article, event
from tests.page.test_following import written


def serve(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-u", "-m", "pipelines.cli", "serve", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def until(client: httpx2.Client, path: str, words: str) -> None:
    """Ask until an answer has some words."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        try:
            if words in client.get(path).text:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.05)
    raise AssertionError(words)


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT])
def test_serves_a_folder_shows_what_comes_and_ends_with_a_signal_while_pages_are_open(
    tmp_path: Path, end: signal.Signals
) -> None:
    out, port = tmp_path / "out", free_port()
    written(out, "article", article("a1", "خبر أول.", title="الأول"))
    process = serve("--from", f"files:{out}", "--listen", str(port), "--state", str(tmp_path / "state"))
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        until(client, "/latest", "الأول")
        written(out, "article", article("a2", "خبر ثان.", title="الثاني"))
        until(client, "/latest", "الثاني")
        with client.stream("GET", "/live") as events:
            lines = events.iter_lines()  # held, for a page that stays open
            assert next(lines).startswith("retry:")
            process.send_signal(end)
            assert all(line == "" or line[:5] in ("retry", "data:", "id: 1", "id: 2") for line in lines)  # to its end
            said, complaints = process.communicate(timeout=30)
    assert process.returncode == 0
    assert not list((tmp_path / "state").glob("page/*/*.wal")), "the database was closed"
    assert complaints == ""
    assert f"The page: http://127.0.0.1:{port}/" in said
    [token] = (tmp_path / "state").glob("page/*/token")
    assert token.read_text("utf-8").strip() in said
    assert os.stat(token).st_mode & 0o077 == 0


@pytest.mark.parametrize("text", ["", "http", "70000", "127.0.0.1:x", "0"])
def test_an_address_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(WrongOption, match="8710"):
        read_address(text)


def test_a_port_that_another_has_is_said_in_a_sentence(tmp_path: Path) -> None:
    import socket

    written(tmp_path / "out", "event", event("e1"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        flags = ["--from", f"files:{tmp_path / 'out'}", "--listen", str(port), "--state", str(tmp_path)]
        done = CliRunner().invoke(app, ["serve", *flags])
    assert done.exit_code == 2
    assert "Name another port" in done.stderr


@pytest.mark.parametrize(
    ("url", "secret", "words"),
    [
        ("https://desk.example/", None, "--webhook-secret-file"),
        ("https://desk.example/", "short", "16 bytes"),
        ("gopher://desk.example/", "a secret that is long enough", "https://"),
    ],
)
def test_a_webhook_that_is_none_is_refused(tmp_path: Path, url: str, secret: str | None, words: str) -> None:
    written(tmp_path / "out", "event", event("e1"))
    flags = ["--from", f"files:{tmp_path / 'out'}", "--state", str(tmp_path / "state"), "--webhook", url]
    if secret is not None:
        (tmp_path / "secret").write_text(secret)
        flags += ["--webhook-secret-file", str(tmp_path / "secret")]
    done = CliRunner().invoke(app, ["serve", *flags])
    assert done.exit_code == 2
    assert words in done.stderr
    assert secret is None or secret not in done.stderr


def test_a_second_page_over_the_same_records_is_refused(tmp_path: Path) -> None:
    written(tmp_path / "out", "event", event("e1"))
    flags = ("--from", f"files:{tmp_path / 'out'}", "--state", str(tmp_path / "state"))
    port = free_port()
    first = serve(*flags, "--listen", str(port))
    with httpx2.Client(base_url=f"http://127.0.0.1:{port}") as client:
        until(client, "/", "حدث واحد")
    second = serve(*flags, "--listen", str(free_port()))
    _, complaints = second.communicate(timeout=60)
    first.terminate()
    first.communicate(timeout=30)
    assert second.returncode == 2
    assert "end that one" in complaints


def test_a_folder_without_records_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["serve", "--from", f"files:{tmp_path}"])
    assert done.exit_code == 2
    assert "no run has written there" in done.stderr


def test_a_state_that_cannot_be_made_is_said_in_a_sentence(tmp_path: Path) -> None:
    written(tmp_path / "out", "event", event("e1"))
    (tmp_path / "state").write_text("a file")
    flags = ["--from", f"files:{tmp_path / 'out'}", "--listen", str(free_port()), "--state", str(tmp_path / "state")]
    done = CliRunner().invoke(app, ["serve", *flags])
    assert done.exit_code == 2
    assert "--state names another place" in done.stderr
