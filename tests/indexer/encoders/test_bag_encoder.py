from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from indexer.encoders.bag import BagEncoder
from indexer.encoders.bag_files import open_bag, save_bag, verify_bag
from indexer.errors import EncoderError


def test_a_vector_is_the_normalised_sum_of_its_rows(bag_folder: Path, table: np.ndarray) -> None:
    # 花呗 has the features 花, 呗, ^花, 花呗, 呗$.
    total = table[[0, 1, 4, 5, 9]].astype(np.float32).sum(axis=0)
    expected = total / np.sqrt((total**2).sum())
    vectors = BagEncoder.open(bag_folder).encode_queries(["花呗"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(vectors, expected[None, :], atol=1e-6)


def test_questions_and_documents_are_encoded_alike(bag_folder: Path) -> None:
    encoder = BagEncoder.open(bag_folder)
    texts = ["花呗还款", "还款", "款"]
    np.testing.assert_array_equal(encoder.encode_queries(texts), encoder.encode_documents(texts))


def test_a_text_of_which_nothing_is_known_is_the_zero_vector(bag_folder: Path) -> None:
    vectors = BagEncoder.open(bag_folder).encode_queries(["xyz", "", "🙂", "花呗"])
    assert not vectors[:3].any()
    assert np.linalg.norm(vectors[3]) == pytest.approx(1.0, abs=1e-6)


def test_no_texts_give_no_rows(bag_folder: Path) -> None:
    encoder = BagEncoder.open(bag_folder)
    assert encoder.encode_queries([]).shape == (0, 8)
    assert encoder.encode_documents([]).dtype == np.float32


def test_a_long_text_is_summed_whole(bag_folder: Path) -> None:
    encoder = BagEncoder.open(bag_folder)
    start, whole = encoder.encode_documents(["花" * 20_000, "花" * 20_000 + "款"])
    assert not np.allclose(start, whole)
    assert encoder.truncated == 0


def test_saving_and_opening_keeps_table_and_features(
    bag_folder: Path, table: np.ndarray, features: tuple[str, ...]
) -> None:
    files = open_bag(bag_folder)
    assert tuple(files.features) == features
    np.testing.assert_array_equal(files.table, table)
    assert files.config.dimension == 8
    assert files.config.max_characters is None


def test_the_table_is_mapped_read_only(bag_folder: Path) -> None:
    table = open_bag(bag_folder).table
    assert isinstance(table.base, np.memmap)
    assert not table.flags.writeable


def test_the_fingerprint_is_of_table_and_features(
    tmp_path: Path, table: np.ndarray, features: tuple[str, ...]
) -> None:
    fingerprints = set()
    for name, rows, known in [
        ("a", table, features),
        ("b", table[::-1], features),
        ("c", table, features[::-1]),
    ]:
        (tmp_path / name).mkdir()
        fingerprints.add(save_bag(tmp_path / name, rows, known).fingerprint)
        assert verify_bag(tmp_path / name)
    assert len(fingerprints) == 3
    (tmp_path / "again").mkdir()
    assert save_bag(tmp_path / "again", table, features).fingerprint in fingerprints


@pytest.mark.parametrize("name", ["embeddings.npy", "features.txt"])
def test_verifying_notices_one_altered_byte(bag_folder: Path, name: str) -> None:
    content = bytearray((bag_folder / name).read_bytes())
    content[-2] ^= 1
    (bag_folder / name).write_bytes(content)
    assert not verify_bag(bag_folder)


@pytest.mark.parametrize("name", ["bag.json", "embeddings.npy", "features.txt"])
def test_a_missing_file_is_named(bag_folder: Path, name: str) -> None:
    (bag_folder / name).unlink()
    with pytest.raises(EncoderError, match=f"{name} is missing"):
        BagEncoder.open(bag_folder)


@pytest.mark.parametrize("name", ["bag.json", "embeddings.npy", "features.txt"])
def test_a_file_cut_short_is_noticed(bag_folder: Path, name: str) -> None:
    content = (bag_folder / name).read_bytes()
    (bag_folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(EncoderError, match="train or copy it anew"):
        BagEncoder.open(bag_folder)


def test_another_format_is_refused(bag_folder: Path) -> None:
    config = json.loads((bag_folder / "bag.json").read_text())
    (bag_folder / "bag.json").write_text(json.dumps(config | {"format": 99}))
    with pytest.raises(EncoderError, match="format 99, this loanfaq reads 1"):
        BagEncoder.open(bag_folder)


def test_a_description_without_its_parts_is_refused(bag_folder: Path) -> None:
    (bag_folder / "bag.json").write_text('{"format": 1}')
    with pytest.raises(EncoderError, match=r"bag\.json is not whole"):
        BagEncoder.open(bag_folder)


@pytest.mark.parametrize("features", [["花"], ["花", "花"], ["花", "\n"]])
def test_rows_and_features_must_match(tmp_path: Path, features: list[str]) -> None:
    with pytest.raises(EncoderError, match="each needs one row"):
        save_bag(tmp_path, np.zeros((2, 4), np.float16), features)
