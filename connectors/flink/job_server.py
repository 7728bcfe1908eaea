"""What a JVM needs to run Beam's part of Flink: the jars, the doors of Java's own packages, a jar that names them all.

flink-jars.tsv holds what Maven resolves for org.apache.beam:beam-runners-flink-1.19:2.70.0, the newest to be had, with
beam-runners-java-job-service held at 2.65.0 and slf4j-simple:2.0.16 added, less beam-sdks-java-harness, which no Python
job needs: 162 files, 163 MB. They are the job server, and the whole of a Flink cluster too.
"""

import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

from connectors.local.jars import Jar, locked_jars, version_of

FLINK_LINE = "1.19"
_MAIN = "org.apache.beam.runners.flink.FlinkJobServerDriver"
_OPENED = (
    *("java.lang", "java.lang.reflect", "java.util", "java.util.concurrent", "java.util.concurrent.atomic"),
    *("java.nio", "java.time", "java.net", "java.io", "java.text", "sun.nio.ch"),
)
# The first compiler tier alone: starting is most of what they do. The work is done in Python.
JVM_OPTIONS = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
ADD_OPENS = tuple(f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in _OPENED)


def flink_jars() -> tuple[Jar, ...]:
    """Return the jars of the job server."""
    return locked_jars(__package__, "flink-jars.tsv")


def flink_version() -> str:
    """Return the version of Apache Flink in the locked list.

    >>> flink_version().startswith(FLINK_LINE)
    True
    """
    return version_of(flink_jars(), "flink-runtime")


def write_job_server_jar(jars: Sequence[Path], target: Path) -> Path:
    """Write a jar that holds nothing but names: `java -jar` of it runs the job server. Returns `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    headers = {
        "Manifest-Version": "1.0",
        "Main-Class": _MAIN,
        "Add-Opens": " ".join(f"java.base/{package}" for package in _OPENED),
        "Class-Path": " ".join(jar.absolute().as_uri() for jar in jars),
    }
    manifest = "".join(_folded(f"{name}: {value}") for name, value in headers.items())
    # Written aside and moved in whole: another process may be reading it.
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as aside, zipfile.ZipFile(aside, "w") as archive:
        archive.writestr(zipfile.ZipInfo("META-INF/MANIFEST.MF"), manifest + "\r\n")
    os.replace(aside.name, target)
    return target


def _folded(line: str) -> str:
    """Return a header of a manifest, whose lines have at most 72 bytes and go on after a blank."""
    first, rest = line[:70], line[70:]
    return "\r\n ".join([first, *(rest[at : at + 69] for at in range(0, len(rest), 69))]) + "\r\n"
