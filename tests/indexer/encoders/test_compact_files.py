"""The folder of a compact model: whole, versioned, fingerprinted."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from indexer.encoders.compact import CompactEncoder
from indexer.encoders.compact_files import (
    FILES,
    PROJECTIONS,
    is_compact_folder,
    open_compact,
    save_tables,
    verify_compact,
)
from indexer.encoders.compact_module import CompactModule
from indexer.encoders.compact_weights import quantise
from indexer.encoders.vocabulary import Vocabulary
from indexer.errors import EncoderError


def test_saving_and_opening_keeps_vocabulary_and_tables(
    compact_folder: Path, module: CompactModule
) -> None:
    files = open_compact(compact_folder)
    assert is_compact_folder(compact_folder)
    assert files.vocabulary.characters == module.vocabulary.characters
    np.testing.assert_array_equal(files.vocabulary.bigrams, module.vocabulary.bigrams)
    assert files.config.shape == module.network.shape
    assert files.config.rows == len(module.vocabulary)
    saved = module.network.inputs.weight.detach().numpy()
    # Half a step of the largest number of a row is the most that a number can be off.
    assert np.abs(files.table(0)[1:] - saved[1:]).max() <= np.abs(saved).max() / 127 / 2 * 1.01


def test_what_stands_for_no_character_adds_nothing(compact_folder: Path) -> None:
    files = open_compact(compact_folder)
    assert not files.table(0)[0].any()
    assert not files.table(1)[:3].any()


def test_the_table_is_mapped_read_only(compact_folder: Path) -> None:
    embeddings = open_compact(compact_folder).embeddings
    assert isinstance(embeddings.base, np.memmap)
    assert not embeddings.flags.writeable


@given(arrays.arrays(np.float32, (4, 6), elements=st.floats(-8, 8, width=32)))
def test_a_number_is_off_by_half_a_step_at_most(table: np.ndarray) -> None:
    rows, scales = quantise(table)
    steps = np.abs(table).max(axis=1, keepdims=True) / 127
    assert (np.abs(rows * scales[:, None] - table) <= steps * 0.501 + 1e-6).all()


def test_saving_again_what_was_opened_changes_nothing(compact_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    CompactModule.open(compact_folder).save(str(tmp_path / "again"))
    again, before = CompactEncoder.open(tmp_path / "again"), CompactEncoder.open(compact_folder)
    assert again.fingerprint == before.fingerprint


@pytest.mark.parametrize("name", FILES)
def test_verifying_notices_one_altered_byte(compact_folder: Path, name: str) -> None:
    assert verify_compact(compact_folder)
    content = bytearray((compact_folder / name).read_bytes())
    content[-2] ^= 1
    (compact_folder / name).write_bytes(content)
    assert not verify_compact(compact_folder)


@pytest.mark.parametrize("name", ["encoder.json", *FILES])
def test_a_missing_file_is_named(compact_folder: Path, name: str) -> None:
    (compact_folder / name).unlink()
    with pytest.raises(EncoderError, match=f"{name} is missing"):
        open_compact(compact_folder)


@pytest.mark.parametrize("name", ["encoder.json", "characters.txt", "bigrams.npy", "model.onnx"])
def test_a_file_cut_short_is_noticed(compact_folder: Path, name: str) -> None:
    content = (compact_folder / name).read_bytes()
    (compact_folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(EncoderError, match="train or copy it anew"):
        CompactEncoder.open(compact_folder)


def test_another_format_is_refused(compact_folder: Path) -> None:
    config = json.loads((compact_folder / "encoder.json").read_text())
    (compact_folder / "encoder.json").write_text(json.dumps(config | {"format": 99}))
    with pytest.raises(EncoderError, match="format 99, this loanfaq reads 5"):
        open_compact(compact_folder)


def test_a_description_without_its_parts_is_refused(compact_folder: Path) -> None:
    (compact_folder / "encoder.json").write_text('{"format": 5}')
    with pytest.raises(EncoderError, match=r"encoder\.json is not whole"):
        open_compact(compact_folder)


def test_projections_of_other_sizes_are_refused(compact_folder: Path) -> None:
    np.save(compact_folder / PROJECTIONS, np.zeros((2, 8, 8), np.float16))
    with pytest.raises(EncoderError, match=r"3 parts of 8 numbers, projections\.npy holds \(2, 8"):
        open_compact(compact_folder)


def test_tables_and_vocabulary_must_match(tmp_path: Path, vocabulary: Vocabulary) -> None:
    table = np.zeros((len(vocabulary) - 1, 4), np.float32)
    with pytest.raises(EncoderError, match="cannot save tables"):
        save_tables(tmp_path, vocabulary, (table, table))


@pytest.mark.parametrize("characters", [["花", "花"], ["花呗"], ["\n"]])
def test_characters_must_be_single_and_distinct(tmp_path: Path, characters: list[str]) -> None:
    vocabulary = Vocabulary(characters, np.zeros((0, 2), np.int64))
    table = np.zeros((len(vocabulary), 4), np.float32)
    with pytest.raises(EncoderError, match="not single and distinct"):
        save_tables(tmp_path, vocabulary, (table, table))
