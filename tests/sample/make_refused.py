"""Write `pipelines/resources/sample/refused.jsonl.gz`: one message a line, each to be refused for a known reason.

Run `python tests/sample/make_refused.py`. The messages are made here, not kept by hand, because two hold bytes that are
no text and one is longer than a mebibyte. No message holds a newline byte.
"""

import gzip
import json
from pathlib import Path

TARGET = Path(__file__).resolve().parents[2] / "pipelines" / "resources" / "sample" / "refused.jsonl.gz"

ARABIC = (
    "افتتح رئيس بلدية مدينة ساحلية صباح اليوم سوقا جديدة للسمك على الرصيف القديم، بحضور عشرات الصيادين وأسرهم، "
    "وقال إن السوق ستوفر مئة فرصة عمل لأبناء المدينة قبل نهاية الصيف المقبل."
)
TITLE = "افتتاح سوق جديدة للسمك"

FOREIGN = {
    "english": (
        "Harbour town opens its new fish market",
        "The mayor of a harbour town opened a new fish market on the old quay on Tuesday. Dozens of fishermen and "
        "their families came to the ceremony, and the council said that a hundred jobs would follow before the summer.",
    ),
    "french": (
        "Une ville portuaire inaugure son nouveau marché aux poissons",
        "Le maire d'une ville portuaire a inauguré mardi un nouveau marché aux poissons sur le vieux quai. "
        "Des dizaines de pêcheurs et leurs familles étaient présents, et la mairie promet cent emplois avant l'été.",
    ),
    "persian": (
        "گشایش بازار تازهٔ ماهی در شهر بندری",
        "شهردار یک شهر بندری صبح امروز بازار تازه‌ای را برای فروش ماهی در کنار اسکلهٔ قدیمی گشود. ده‌ها ماهیگیر و "
        "خانواده‌هایشان در این آیین شرکت کردند و شهردار گفت که این بازار پیش از پایان تابستان برای صد نفر کار می‌آفریند. "
        "یکی از ماهیگیران گفت سال‌هاست که چنین جایی را چشم به راه بوده‌ایم و حالا دیگر نگران گرمای روز نیستیم.",
    ),
    "urdu": (
        "بندرگاہ والے شہر میں مچھلی کی نئی منڈی کا افتتاح",
        "بندرگاہ والے ایک شہر کے میئر نے آج صبح پرانے گھاٹ پر مچھلی کی نئی منڈی کا افتتاح کیا۔ تقریب میں درجنوں ماہی "
        "گیر اپنے گھر والوں کے ساتھ شریک ہوئے اور میئر نے بتایا کہ گرمیوں سے پہلے سو لوگوں کو روزگار ملے گا۔ "
        "ایک ماہی گیر نے کہا کہ ہم برسوں سے ایسی جگہ کے انتظار میں تھے، اب ہمیں دھوپ کی فکر نہیں رہی۔",
    ),
}


def message(number: int, /, *drop: str, **changed: object) -> bytes:
    """Write a sound article as JSON, less the fields named and with the others changed."""
    article: dict[str, object] = {
        "id": f"refused-{number}",
        "source": "marsa_nil",
        "source_ar": "مرسى النيل",
        "url": f"https://www.marsa-nil.example/story/2026/3/10/{number}",
        "published_at": f"2026-03-10T12:{number:02d}:00+02:00",
        "title": TITLE,
        "body": ARABIC,
        "category": "محليات",
        "author": None,
    }
    article.update(changed)
    kept = {key: value for key, value in article.items() if key not in drop}
    return json.dumps(kept, ensure_ascii=False).encode()


def broken_messages() -> list[tuple[str, str, bytes]]:
    """Make those whose bytes cannot be read as an article: (name, reason, message)."""
    return [
        ("plain_text", "undecodable", "خبر عاجل: هذا سطر من نص عادي وليس من JSON".encode()),
        ("array", "missing_field", json.dumps([TITLE, ARABIC], ensure_ascii=False).encode()),
        ("truncated", "undecodable", message(3)[:-120]),
        ("unknown_avro_fingerprint", "unknown_schema", b"\xc3\x01\xfe\xed\xfa\xce\xca\xfe\xbe\xef" + ARABIC.encode()),
        ("unknown_confluent_id", "unknown_schema", b"\x00\x00\x00\x00\x63" + b"\x00\x12" + TITLE.encode()),
        ("no_source", "missing_field", message(6, "source")),
        ("no_title_no_body", "missing_field", message(7, "title", "body")),
        ("title_is_a_list", "missing_field", message(8, title=[TITLE, TITLE])),
        ("body_is_a_number", "missing_field", message(9, body=20260310)),
    ]


def unfit_messages() -> list[tuple[str, str, bytes]]:
    """Make those that hold no usable text or no usable date: (name, reason, message)."""
    mojibake = {"title": TITLE.encode().decode("latin-1"), "body": ARABIC.encode().decode("latin-1")}
    lost = {"title": "\ufffd" * 22, "body": " ".join("\ufffd" * (3 + n % 5) for n in range(60))}
    return [
        ("empty", "empty", message(10, title="", body="")),
        ("blank", "empty", message(11, title=" \u00a0\t", body="<p>&nbsp;</p>\n <div> <br/> </div>\u200b ")),
        ("too_long", "too_long", message(12, body=ARABIC * (1_200_000 // len(ARABIC.encode()) + 1))),
        ("read_as_latin_1", "garbled", message(13, **mojibake)),
        ("replacement_characters", "garbled", message(14, **lost)),
        ("no_date", "no_usable_date", message(15, "published_at")),
        ("date_unknown", "no_usable_date", message(16, published_at="غير معروف")),
        ("year_1016", "no_usable_date", message(17, published_at="1016-03-10T12:17:00+02:00")),
    ]


def foreign_messages() -> list[tuple[str, str, bytes]]:
    """Make those in another language: (name, reason, message)."""
    return [
        (name, "not_arabic", message(20 + n, title=title, body=f"{body}\n{body}"))
        for n, (name, (title, body)) in enumerate(FOREIGN.items())
    ]


def refused_messages() -> list[tuple[str, str, bytes]]:
    """List every message to be refused, in the file's order: (name, reason, message)."""
    return broken_messages() + unfit_messages() + foreign_messages()


def write_refused(target: Path = TARGET) -> None:
    """Write the messages to `target`, the same bytes at every run."""
    with target.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed:
        packed.writelines(line + b"\n" for _, _, line in refused_messages())


if __name__ == "__main__":
    write_refused()
