import json
from pathlib import Path

import numpy as np
import pytest

from pipelines.training.device.course.arrays import CONTENTS, Carried, hash_of, quantize, read, restore, write
from pipelines.training.device.parts import make_parts, share_out

RANDOM = np.random.default_rng(7)


def test_weights_of_8_bits_come_back_nearly_as_they_were() -> None:
    weights = RANDOM.standard_normal((40, 192)).astype(np.float32)
    weights[3] = 0
    weights[5, 64:128] *= 1e-3
    back = restore(quantize({"weight": weights}, least=1))["weight"]
    largest = np.abs(weights.reshape(40, 3, 64)).max(2)
    error = np.abs(back - weights).reshape(40, 3, 64).max(2)
    assert (error <= largest / 250 + 1e-6).all()


def test_small_odd_and_one_dimensional_weights_stay_floats() -> None:
    state = {"bias": RANDOM.random(7), "odd": RANDOM.random((90, 7)), "small": RANDOM.random((2, 64))}
    held = quantize(state, least=200)
    assert set(held) == set(state)
    assert all(one.dtype == np.float32 for one in held.values())
    assert {one.dtype for one in quantize(state, 200, np.float16).values()} == {np.dtype(np.float16)}


def test_files_of_arrays_keep_to_their_size_and_are_read_together(tmp_path: Path) -> None:
    arrays = {str(number): RANDOM.random((10, 100)) for number in range(5)}
    paths = write(tmp_path, "net", arrays, most=20_000)
    assert [path.name for path in paths] == ["net.0.npz", "net.1.npz", "net.2.npz"]
    assert sorted(tmp_path.iterdir()) == paths
    found = read(paths)
    assert list(found) == list(arrays)
    assert all((found[name] == arrays[name]).all() for name in arrays)


def test_what_was_carried_is_found_in_its_parts(tmp_path: Path) -> None:
    files = [path for name in ("fast", "fast_names") for path in write(tmp_path, name, {name: np.arange(50)}, 10**6)]
    parts = make_parts(files, tmp_path, room=files[0].stat().st_size + 300)
    assert [[path.name for path in own] for own in parts.values()] == [["fast.0.npz"], ["fast_names.0.npz"]]
    assert list(Carried(tmp_path).arrays("fast")) == ["fast"]
    assert list(Carried(tmp_path).arrays("fast_names")) == ["fast_names"]
    with pytest.raises(KeyError):
        Carried(tmp_path).arrays("slow")


def test_a_file_that_is_not_whole_yet_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = write(tmp_path, "news", {"low": np.arange(50)}, 10**6)
    whole = path.read_bytes()
    (tmp_path / "1").mkdir()
    (tmp_path / "1" / CONTENTS).write_text(json.dumps({path.name: f"1 {hash_of(path)}"}), "utf-8")
    arriving = tmp_path / "1" / path.name
    states = iter([None, whole[:40], whole])

    def arrive(_: float) -> None:
        held = next(states)
        if held is not None:
            arriving.write_bytes(held)

    monkeypatch.setattr("time.sleep", arrive)
    assert Carried(tmp_path).arrays("news")["low"].tolist() == list(range(50))
    assert next(states, "all states were seen") == "all states were seen"


def test_a_file_that_fits_in_no_part_is_named() -> None:
    with pytest.raises(ValueError, match="news has 9 bytes"):
        share_out([("words", 2), ("news", 9)], 8)
