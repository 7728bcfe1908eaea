import json
import subprocess
import sys

from typer.testing import CliRunner

from pipelines.cli import app

FIELDS = ["name_in", "entity_id", "name", "type", "qid", "geonames_id", "confidence", "role", "country"]


def run(*arguments: str, given: bytes = b"") -> str:
    result = CliRunner().invoke(app, ["identify", *arguments], input=given)
    assert result.exit_code == 0
    return result.stdout


def test_every_line_is_answered_with_one_line_in_order() -> None:
    names = ["نتانياهو", "", "غريغوري هندرسن", "طرابلس", "نتانياهو"]
    told = [json.loads(line) for line in run("--json", "-", given="\r\n".join(names).encode()).splitlines()]
    assert [line["name_in"] for line in told] == names
    assert all(list(line) == FIELDS for line in told)
    assert told[0]["qid"] == "Q43723"
    assert told[1] == dict.fromkeys(FIELDS, None) | {"name_in": ""}
    assert (told[2]["qid"], told[2]["geonames_id"], told[2]["type"]) == (None, None, "PER")
    assert isinstance(told[3]["geonames_id"], int)


def test_names_may_be_arguments() -> None:
    told = [json.loads(line) for line in run("--json", "أنجيلا ميركل", "", "غوغل").splitlines()]
    assert [line["qid"] for line in told] == ["Q567", None, "Q95"]


def test_people_read_a_table() -> None:
    head, line = run("نتانياهو").splitlines()
    assert head.split()[:3] == ["TYPE", "SURE", "ENTITY"]
    assert line.split()[:3] == ["PER", "0.95", "Q43723"]


def test_names_given_together_tell_of_each_other_and_lines_do_not() -> None:
    names = ("طرابلس", "زحلة", "صيدا", "عمران بن طلال الزروالي", "الزروالي")
    together = [json.loads(line) for line in run("--json", *names).splitlines()]
    alone = [json.loads(line) for line in run("--json", "-", given="\n".join(names).encode()).splitlines()]
    assert together[0]["entity_id"] != alone[0]["entity_id"]
    assert together[3]["entity_id"] == together[4]["entity_id"] != alone[4]["entity_id"]
    assert together[4]["name"] == "عمران بن طلال الزروالي"


def test_an_office_says_its_country_and_who_held_it_on_a_day() -> None:
    arguments = ("--json", "--at", "2018-05-01", "وزيرة الخارجية الأردنية", "نتانياهو")
    office, person = (json.loads(line) for line in run(*arguments).splitlines())
    assert (office["role"], office["country"], office["holder"]) == ("وزير الخارجية", "JO", "أيمن الصفدي")
    assert (person["role"], person["holder"]) == (None, None)


def test_bytes_that_are_no_text_are_answered_too() -> None:
    told = [json.loads(line) for line in run("--json", "-", given=b"\xff\xfe\n\xef\xbb\xbf\n").splitlines()]
    assert [line["entity_id"] for line in told] == [None, None]


def test_beam_is_not_imported() -> None:
    code = "import sys, pipelines.commands.identify; sys.exit('apache_beam' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_reader_that_leaves_sees_no_traceback() -> None:
    command = [sys.executable, "-m", "pipelines.cli", "identify", "--json", "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write("بوتين\n".encode())
        process.stdin.flush()
        assert b"Q7747" in process.stdout.readline()  # answered while the input is still open
        process.stdout.close()
        process.stdin.write("ماكرون\n".encode())
        process.stdin.close()
        assert b"Traceback" not in process.stderr.read()
