"""Messages are signed, tried again where that may help, and led nowhere else."""

import base64
import hashlib
import hmac
from collections.abc import Iterator

import pytest

from connectors import webhook as webhooks
from connectors.local.ports import free_port
from connectors.webhook import NeverTaken, NotTaken, Webhook, WrongWebhook, read_secret
from tests.connectors.receiving import Receiver, receiving

SECRET = b"sixteen letters or more"


@pytest.fixture
def receiver(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receiver]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(webhooks, "_RETRY", webhooks._RETRY.new(backoff_factor=0.001))
    with receiving() as found:
        yield found


def test_whoever_has_the_secret_can_tell_that_a_message_is_ours(receiver: Receiver) -> None:
    body = '{"headline":"خبر"}'.encode()
    Webhook(receiver.url, SECRET).send("m1", body)
    [came] = receiver.came
    told = f"m1.{came.headers['webhook-timestamp']}.".encode() + came.body
    signature = base64.b64encode(hmac.new(SECRET, told, hashlib.sha256).digest()).decode()
    assert came.headers["webhook-signature"] == f"v1,{signature}"
    assert (came.headers["webhook-id"], came.body) == ("m1", body)
    assert came.headers["content-type"].startswith("application/json")


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_it_is_tried_again_with_the_same_id_and_then_left_for_later(receiver: Receiver, status: int) -> None:
    receiver.statuses = [status, status]
    Webhook(receiver.url, SECRET).send("m1", b"{}")
    assert [one.headers["webhook-id"] for one in receiver.came] == ["m1"] * 3
    receiver.statuses = [status] * 9
    with pytest.raises(NotTaken, match=str(status)):
        Webhook(receiver.url, SECRET).send("m2", b"{}")
    assert len(receiver.came) == 3 + 4


@pytest.mark.parametrize("status", [301, 307, 400, 401, 404, 410])
def test_what_will_never_be_taken_is_not_tried_again_and_no_redirect_is_followed(
    receiver: Receiver, status: int
) -> None:
    receiver.statuses = [status]
    with pytest.raises(NeverTaken, match=str(status)):
        Webhook(receiver.url, SECRET).send("m1", b"{}")
    assert [one.path for one in receiver.came] == ["/hook?key=in-the-address"]


def test_nobody_listens_and_the_address_is_not_told(receiver: Receiver) -> None:
    url = f"http://127.0.0.1:{free_port()}/hook?key=in-the-address"
    with pytest.raises(NotTaken) as caught:
        Webhook(url, SECRET).send("m1", b"{}")
    assert "127.0.0.1" in str(caught.value)
    assert "in-the-address" not in f"{caught.value!r} {Webhook(url, SECRET)!r}"
    assert "sixteen" not in repr(Webhook(url, SECRET))


def test_a_login_of_this_machine_is_not_sent_along(
    receiver: Receiver, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path_factory.mktemp("home") / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password mine\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    Webhook(receiver.url, SECRET).send("m1", b"{}")
    assert "authorization" not in receiver.came[0].headers


@pytest.mark.parametrize(
    ("url", "secret"),
    [
        ("ftp://desk.example/", SECRET),
        ("desk.example", SECRET),
        ("file:///etc/passwd", SECRET),
        ("https://me:mine@desk.example/", SECRET),
        ("https://desk.example/", b"short"),
    ],
)
def test_what_is_no_webhook_is_refused_without_telling_the_secret(url: str, secret: bytes) -> None:
    with pytest.raises(WrongWebhook) as caught:
        Webhook(url, secret)
    assert "mine" not in str(caught.value)
    assert secret.decode() not in str(caught.value)


def test_a_secret_of_the_standard_is_base64() -> None:
    assert read_secret("whsec_c2VjcmV0\n") == b"secret"
    with pytest.raises(WrongWebhook, match="Base64"):
        read_secret("whsec_***")
