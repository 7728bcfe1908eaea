import json

from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.core.text.fold import fold_text
from pipelines.core.text.normalize import normalize_text


def test_answers_each_line_with_both_forms_in_order() -> None:
    texts = ["مؤتمر  صحفيّ في الـقاهرة", "إجتماع\u200f اليوم ١٢/٣", ""]
    result = CliRunner().invoke(app, ["normalize"], input="".join(json.dumps({"raw": text}) + "\n" for text in texts))
    assert result.exit_code == 0
    normalized = [normalize_text(text).text for text in texts]
    assert [json.loads(line) for line in result.stdout.splitlines()] == [
        {"text": text, "folded": fold_text(text)} for text in normalized
    ]
    assert normalized[0] != texts[0]


def test_a_line_that_holds_no_text_is_refused_in_its_place() -> None:
    result = CliRunner().invoke(app, ["normalize"], input='{"raw": "خبر"}\n\n{"raw": 1}\n')
    first, second, third = map(json.loads, result.stdout.splitlines())
    assert first["text"] == "خبر"
    assert (second["line"], second["rejected"]["reason"]) == (2, "undecodable")
    assert (third["line"], third["rejected"]["reason"]) == (3, "missing_field")
