"""The whole road through a broker that asks for a client's certificate and a login, told by `--kafka-config`."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rasid import open as open_tables

from connectors.kafka.read_back import read_topic
from tests.integration.desk import SAMPLE_FILES, rasid

if TYPE_CHECKING:
    from tests.integration.conftest import Guarded

pytestmark = pytest.mark.integration


@pytest.fixture
def config(guarded: "Guarded", tmp_path: Path) -> Path:
    """Return a file that says how to get in, all but the password."""
    strict, file = guarded.strict(), tmp_path / "kafka.toml"
    names = ("security_protocol", "sasl_mechanism", "username", "ca_file", "cert_file", "key_file")
    file.write_text("".join(f'{name} = "{getattr(strict, name)}"\n' for name in names))
    return file


def test_sample_goes_through_tls_with_certificates_and_scram(
    guarded: "Guarded", config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RASID_KAFKA_PASSWORD", "sesame")
    address, let_in = guarded.at("STRICT"), ("--kafka-config", str(config))
    places = ("--from", f"kafka://{address}/rasid.raw-articles", "--to", f"kafka://{address}")
    assert rasid("topics", "create", "--bootstrap", address, *let_in).exit_code == 0
    sent = rasid("produce", "--bootstrap", address, *let_in, *SAMPLE_FILES)
    assert "122 messages sent" in sent.output
    assert rasid("run", *places, "--drain", *let_in).exit_code == 0
    audit = rasid("audit", *places, *let_in)
    assert (audit.exit_code, audit.output) == (0, "clean: 122 messages, each with its one line\n")
    events = list(read_topic(guarded.strict(), "rasid.events"))
    assert len(events) > 50
    file = tmp_path / "whole.toml"
    file.write_text(config.read_text("utf-8") + 'password = "sesame"\n')
    assert open_tables(f"kafka://{address}", "events", kafka_config=file).events.shape[0] > 50
    shown = rasid("tail", "events", "--json", "--from-beginning", "--max", "3", "--bootstrap", address, *let_in)
    assert len(shown.stdout.splitlines()) == 3


@pytest.mark.parametrize("command", ["run", "audit"])
def test_wrong_password_is_one_sentence_that_does_not_hold_it(
    guarded: "Guarded", config: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("RASID_KAFKA_PASSWORD", "swordfish")
    address = guarded.at("STRICT")
    places = ("--from", f"kafka://{address}/rasid.raw-articles", "--to", f"kafka://{address}")
    refused = rasid(command, *places, "--kafka-config", str(config))
    assert refused.exit_code == 2
    assert refused.stderr.startswith("rasid: ")
    assert "refuses user 'amal': wrong password or user" in refused.stderr
    assert "swordfish" not in refused.output
