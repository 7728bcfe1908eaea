"""A checkpoint as TensorFlow writes it, made up here by the formats' published descriptions."""

import struct
from pathlib import Path

import numpy as np
import pytest

from pipelines.training.device.bert import rename
from pipelines.training.device.checkpoint import DATA, INDEX, read_checkpoint

FLOAT, INT64 = 1, 9
TENSORS: dict[str, np.ndarray] = {
    "bert/layer_0/bias": np.arange(3, dtype=np.float32),
    "bert/layer_0/kernel": np.arange(6, dtype=np.float32).reshape(2, 3),
    "bert/one": np.array(7.5, np.float32),
    "cls/long": np.linspace(0, 1, 300, dtype=np.float32),
}


def varint(number: int) -> bytes:
    found = b""
    while number > 127:
        found, number = found + bytes([number & 127 | 128]), number >> 7
    return found + bytes([number])


def entry(kind: int, shape: tuple[int, ...], offset: int, size: int, shard: int = 0) -> bytes:
    dimensions = b"".join(b"\x12" + varint(len(one)) + one for one in (b"\x08" + varint(size) for size in shape))
    found = b"\x08" + varint(kind) + b"\x12" + varint(len(dimensions)) + dimensions
    found += b"\x18" + varint(shard) if shard else b""
    found += b"\x20" + varint(offset) if offset else b""
    return found + b"\x28" + varint(size) + b"\x35" + b"\x00\x01\x02\x03"  # a checksum, which is not read


def block(pairs: list[tuple[bytes, bytes]], compressed: int = 0) -> bytes:
    found, before = b"", b""
    for key, value in pairs:
        shared = next(
            (at for at, (a, b) in enumerate(zip(key, before, strict=False)) if a != b), min(len(key), len(before))
        )
        found += varint(shared) + varint(len(key) - shared) + varint(len(value)) + key[shared:] + value
        before = key
    return found + struct.pack("<II", 0, 1) + bytes([compressed]) + b"\x00" * 4


def write_checkpoint(folder: Path, compressed: int = 0, shard: int = 0) -> None:
    data, pairs = b"", [(b"", b"\x08\x01")]
    for name, values in sorted(TENSORS.items()):
        raw = values.tobytes()
        pairs.append((name.encode(), entry(FLOAT, values.shape, len(data), len(raw), shard)))
        data += raw
    pairs.append((b"global_step", entry(INT64, (), len(data), 8)))
    index, handles = b"", []
    for part in (pairs[:3], pairs[3:]):
        own = block(part, compressed)
        handles.append((part[-1][0], varint(len(index)) + varint(len(own) - 5)))
        index += own
    footer_at, blocks = len(index), block(handles)
    footer = varint(0) + varint(0) + varint(footer_at) + varint(len(blocks) - 5)
    (folder / INDEX).write_bytes(index + blocks + footer.ljust(40, b"\x00") + bytes.fromhex("57fb808b247547db"))
    (folder / DATA).write_bytes(data + b"\x00" * 8)


def test_reads_all_floats_by_name_and_shape(tmp_path: Path) -> None:
    write_checkpoint(tmp_path)
    found = read_checkpoint(tmp_path)
    assert set(found) == set(TENSORS)
    for name, values in TENSORS.items():
        assert found[name].shape == values.shape
        assert (found[name] == values).all()


def test_refuses_a_compressed_index_and_numbers_in_several_files(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, compressed=1)
    with pytest.raises(ValueError, match="compressed"):
        read_checkpoint(tmp_path)
    write_checkpoint(tmp_path, shard=1)
    with pytest.raises(ValueError, match="several files"):
        read_checkpoint(tmp_path)


def test_bert_s_tensors_get_the_course_s_names_and_lie_as_torch_wants_them() -> None:
    random = np.random.default_rng(1)

    def some(*shape: int) -> np.ndarray:
        return random.random(shape).astype(np.float32)

    table, head = "module/bert/embeddings/", "module/cls/predictions/"
    given = {f"{table}word_embeddings": some(9, 4), f"{table}position_embeddings": some(6, 4)}
    given |= {f"{table}token_type_embeddings": some(2, 4), f"{head}output_bias": some(9)}
    norms = [f"{table}LayerNorm", f"{head}transform/LayerNorm"]
    dense = {f"{head}transform/dense": (4, 4)}
    for layer in (f"module/bert/encoder/layer_{number}/" for number in range(12)):
        norms += [f"{layer}attention/output/LayerNorm", f"{layer}output/LayerNorm"]
        dense |= {f"{layer}attention/self/{part}": (4, 4) for part in ("query", "key", "value")}
        dense |= {f"{layer}attention/output/dense": (4, 4), f"{layer}intermediate/dense": (4, 8)}
        dense |= {f"{layer}output/dense": (8, 4)}
    given |= {f"{name}/{part}": some(4) for name in norms for part in ("gamma", "beta")}
    given |= {f"{name}/kernel": some(*shape) for name, shape in dense.items()}
    given |= {f"{name}/bias": some(shape[1]) for name, shape in dense.items()}
    found = rename(given, [8, 0, 3])
    layer = "module/bert/encoder/layer_11/"
    assert (found["encoder.words.weight"] == given[f"{table}word_embeddings"][[8, 0, 3]]).all()
    assert found["encoder.layers.11.attention.weight"].shape == (12, 4)
    assert (found["encoder.layers.11.attention.weight"][4:8] == given[f"{layer}attention/self/key/kernel"].T).all()
    assert (found["encoder.layers.11.spread.weight"] == given[f"{layer}intermediate/dense/kernel"].T).all()
    assert (found["encoder.layers.11.second.bias"] == given[f"{layer}output/LayerNorm/beta"]).all()
    assert found["guess.bias"].shape == (3,)
    assert len(found) == 4 + 1 + 4 + 12 * 12
