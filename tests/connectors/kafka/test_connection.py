import pytest

from connectors.kafka.connection import KafkaConnection, parse_kafka_url


def test_settings_carry_tls_and_the_login_to_every_client() -> None:
    connection = KafkaConnection(
        "one:9093,two", "SASL_SSL", "SCRAM-SHA-512", "amal", "sesame", ca_file="ca.pem", cert_file="me.pem"
    )
    assert connection.client_settings() == {
        "bootstrap_servers": ["one:9093", "two:9092"],
        "security_protocol": "SASL_SSL",
        "reconnect_backoff_max_ms": 1000,
        "ssl_cafile": "ca.pem",
        "ssl_certfile": "me.pem",
        "ssl_keyfile": "me.pem",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": "amal",
        "sasl_plain_password": "sesame",
    }


def test_the_password_is_not_shown() -> None:
    assert "sesame" not in repr(KafkaConnection("one", "SASL_SSL", "PLAIN", "amal", "sesame"))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"security_protocol": "TLS"}, "is none of PLAINTEXT"),
        ({"ca_file": "ca.pem"}, "does not use them: use SSL"),
        ({"security_protocol": "SSL", "key_file": "me.key"}, "only with its certificate"),
        ({"security_protocol": "SASL_SSL"}, "needs a login mechanism"),
        ({"security_protocol": "SASL_SSL", "sasl_mechanism": "GSSAPI"}, "needs a login mechanism"),
        ({"security_protocol": "SASL_SSL", "sasl_mechanism": "PLAIN", "username": "amal"}, "and a password"),
        ({"username": "amal"}, "does not use it: use SASL_SSL"),
        ({"bootstrap": "one:port"}, "host:port"),
        ({"bootstrap": "one:9092,"}, "host:port"),
    ],
)
def test_refuses_parts_that_do_not_fit_together(changes: dict[str, str], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        KafkaConnection(**{"bootstrap": "one:9092", **changes})


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://one/news", "not of the form kafka://"),
        ("kafka:///news", "not of the form kafka://"),
        ("kafka://amal:sesame@one/news", "password does not belong"),
        ("kafka://one/news/raw", "names no topic"),
        ("kafka://one/news?x=1", "names no topic"),
    ],
)
def test_refuses_addresses_that_are_none(url: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        parse_kafka_url(url)


def test_an_ipv6_address_keeps_its_brackets() -> None:
    assert parse_kafka_url("kafka://[::1]:9093/news") == ("[::1]:9093", "news")
    assert KafkaConnection("[::1]:9093").client_settings()["bootstrap_servers"] == ["[::1]:9093"]
