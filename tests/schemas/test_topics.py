from schemas import load_topics, message_key, topic_of

DAY_MS = 86_400_000


def test_every_record_has_its_topic() -> None:
    assert {topic.name: topic.record for topic in load_topics()} == {
        "rasid.raw-articles": "raw_article",
        "rasid.articles": "article",
        "rasid.duplicates": "duplicate",
        "rasid.events": "event",
        "rasid.stories": "story",
        "rasid.trends": "trend",
        "rasid.rejections": "rejection",
        "rasid.ledger": "ledger",
    }


def test_the_ledger_is_never_compacted_and_outlives_the_horizon() -> None:
    ledger = topic_of("ledger")
    assert ledger.cleanup_policy == "delete"
    assert ledger.retention_ms >= 30 * DAY_MS


def test_what_the_pipeline_writes_is_kept_by_the_brokers_clock() -> None:
    assert {t.timestamp_type for t in load_topics() if t.record != "raw_article"} == {"LogAppendTime"}


def test_articles_that_cannot_be_used_go_to_the_rejections() -> None:
    assert topic_of("raw_article").rejections == topic_of("rejection").name


def test_compacted_topics_keep_the_newest_for_ever() -> None:
    configs = topic_of("event").configs
    assert (configs["cleanup.policy"], configs["retention.ms"]) == ("compact", "-1")
    assert configs["message.timestamp.type"] == "LogAppendTime"


def test_a_raw_article_is_keyed_by_its_address_or_else_its_id() -> None:
    raw = topic_of("raw_article")
    assert message_key(raw, {"url": "https://example.org/1", "id": "7"}) == b"https://example.org/1"
    assert message_key(raw, {"url": None, "id": "٧"}) == "٧".encode()
    assert message_key(raw, {"url": None, "id": None}) is None
