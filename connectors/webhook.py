"""Send signed messages to one address, in the form of Standard Webhooks (https://www.standardwebhooks.com)."""

import base64
import binascii
import hashlib
import hmac
import time
from dataclasses import dataclass, field
from typing import ClassVar
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.util.retry import Retry

PREFIX = "whsec_"
LEAST_SECRET = 16
TIMEOUT_S = (5.0, 10.0)
_TRY_LATER = (408, 425, 429, *range(500, 600))
_RETRY = Retry(
    total=3,
    backoff_factor=0.5,
    allowed_methods={"POST"},
    status_forcelist=_TRY_LATER,
    redirect=False,
    raise_on_status=False,
    retry_after_max=5,
)


class WrongWebhook(Exception):
    """An address or a secret that is none; the message says what is wrong, and never the secret."""


class NotTaken(Exception):
    """Nobody took a message now: it may be sent again later. The message names no more of the address than its host."""


class NeverTaken(Exception):
    """The receiver will not take this message, however often it is sent."""


@dataclass(repr=False)
class Webhook:
    """An address that is told, and the secret that its receiver checks signatures with."""

    url: str
    secret: bytes
    later: ClassVar[type[Exception]] = NotTaken
    lost: ClassVar[type[Exception]] = NeverTaken
    _session: requests.Session = field(default_factory=requests.Session)

    def __post_init__(self) -> None:
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise WrongWebhook("A webhook is an address that begins with https:// or http://, without a login in it.")
        if len(self.secret) < LEAST_SECRET:
            raise WrongWebhook(f"The secret of a webhook has {LEAST_SECRET} bytes or more.")
        self.host = parts.hostname
        self._session.auth = lambda request: request  # or a login of ~/.netrc would be sent along
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(max_retries=_RETRY))

    def send(self, name: str, body: bytes) -> None:
        """Send JSON under an id that stays the same when it is sent again; raises NotTaken or NeverTaken.

        It is tried four times within some seconds. A redirect is not followed: it is signed for this address.
        """
        try:
            with self._session.post(
                self.url,
                data=body,
                headers={"Content-Type": "application/json; charset=utf-8", **self.sign(name, int(time.time()), body)},
                timeout=TIMEOUT_S,
                allow_redirects=False,
                stream=True,  # what it answers is not read
            ) as answer:
                status = answer.status_code
        except requests.RequestException as error:
            raise NotTaken(f"{self.host}: {type(error).__name__}") from None  # its text has the address, and its path
        if status in _TRY_LATER:
            raise NotTaken(f"{self.host}: {status}")
        if not 200 <= status < 300:
            raise NeverTaken(f"{self.host}: {status}")

    def sign(self, name: str, at: int, body: bytes) -> dict[str, str]:
        """Return the headers that say which message it is, when it was sent (seconds since 1970), and that it is ours.

        >>> webhook = Webhook("https://desk.example/", read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"))
        >>> signed = webhook.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
        >>> signed["webhook-signature"]  # the example of the standard
        'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='
        """
        told = f"{name}.{at}.".encode() + body
        signature = base64.b64encode(hmac.new(self.secret, told, hashlib.sha256).digest()).decode()
        return {"webhook-id": name, "webhook-timestamp": str(at), "webhook-signature": f"v1,{signature}"}

    def close(self) -> None:
        """Give the connection up."""
        self._session.close()


def read_secret(text: str) -> bytes:
    r"""Read a secret: any text, or whsec_ and Base64; raises WrongWebhook.

    >>> read_secret("whsec_c2VjcmV0"), read_secret("sixteen letters!\n")
    (b'secret', b'sixteen letters!')
    """
    told = text.strip()
    if not told.startswith(PREFIX):
        return told.encode()
    try:
        return base64.b64decode(told.removeprefix(PREFIX), validate=True)
    except binascii.Error:
        raise WrongWebhook(f"What stands behind {PREFIX} is no Base64.") from None
