"""Builds: immutable, published by one line, and damage named with its mend."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    SourcesRejectedError,
)
from indexer.store.builds import IndexFolder, read_current
from indexer.store.manifest import ARTICLES, FORMAT_VERSION, MANIFEST, VECTORS, Manifest
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import FAQ, PAGE_DUMP, build


@pytest.fixture
def copy(index_folder: Path, tmp_path: Path) -> Path:
    """A copy of the index that a test may harm."""
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    return folder


def test_a_manifest_survives_the_round_trip(index_folder: Path, tmp_path: Path) -> None:
    _, manifest = read_current(index_folder)
    manifest.write(tmp_path)
    assert Manifest.read(tmp_path) == manifest


def test_every_file_of_a_build_is_in_the_manifest_and_verified(index_folder: Path) -> None:
    build_folder, manifest = read_current(index_folder)
    on_disk = {
        p.relative_to(build_folder).as_posix() for p in build_folder.rglob("*") if p.is_file()
    }
    assert {name for name in on_disk if not name.endswith(".lock")} == {*manifest.files, MANIFEST}
    manifest.check_hashes(build_folder)


def test_a_folder_without_an_index_says_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="build one with 'loanfaq index'"):
        SearchEngine.open(tmp_path)


def test_a_file_cut_short_is_found_on_opening(copy: Path) -> None:
    build_folder, _ = read_current(copy)
    vectors = build_folder / VECTORS
    vectors.write_bytes(vectors.read_bytes()[:-1])
    with pytest.raises(IndexDamagedError, match=rf"{VECTORS}: .* build the index again"):
        SearchEngine.open(copy)


def test_a_missing_file_is_found_on_opening(copy: Path) -> None:
    build_folder, _ = read_current(copy)
    (build_folder / VECTORS).unlink()
    with pytest.raises(IndexDamagedError, match=f"{VECTORS}: the file is missing"):
        SearchEngine.open(copy)


def test_an_altered_file_is_found_by_verifying(copy: Path) -> None:
    build_folder, manifest = read_current(copy)
    vectors = build_folder / VECTORS
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    manifest.check_sizes(build_folder)
    with pytest.raises(IndexDamagedError, match=f"{VECTORS}: the content was altered"):
        manifest.check_hashes(build_folder)


def test_another_format_is_refused(copy: Path) -> None:
    path = read_current(copy)[0] / MANIFEST
    values = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**values, "format_version": 99}), encoding="utf-8")
    with pytest.raises(IndexMismatchError, match="index format 99"):
        SearchEngine.open(copy)


def test_another_encoder_is_refused(copy: Path) -> None:
    build_folder, manifest = read_current(copy)
    other = replace(manifest.encoder, fingerprint="0" * 64)
    replace(manifest, encoder=other).write(build_folder)
    with pytest.raises(IndexMismatchError, match="another version of the encoder"):
        SearchEngine.open(copy)


@pytest.mark.parametrize("content", ["", "{", "[]", f'{{"format_version": {FORMAT_VERSION}}}'])
def test_a_broken_manifest_is_named(copy: Path, content: str) -> None:
    path = read_current(copy)[0] / MANIFEST
    path.write_text(content, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=MANIFEST):
        SearchEngine.open(copy)


NO_BUILD = ["", ".", "..", "../builds", "a\x00", "20200101T000000000000Z-0000"]


@pytest.mark.parametrize("line", NO_BUILD)
def test_a_current_line_that_names_no_build_is_damage(copy: Path, line: str) -> None:
    (copy / "CURRENT").write_text(line, encoding="utf-8")
    with pytest.raises(IndexDamagedError, match=r"CURRENT: names the build"):
        SearchEngine.open(copy)


@pytest.mark.parametrize("line", NO_BUILD)
def test_an_intent_that_names_no_build_is_swept_away_alone(copy: Path, line: str) -> None:
    before, _ = read_current(copy)
    (copy / "CURRENT.new").write_text(f"{line}\n", encoding="utf-8")
    with IndexFolder(copy).lock():
        assert not (copy / "CURRENT.new").exists()
    assert read_current(copy)[0] == before


def test_two_builders_at_once_are_refused(copy: Path, encoder: Encoder) -> None:
    with IndexFolder(copy).lock(), pytest.raises(IndexBusyError, match="another build is running"):
        build([FAQ], copy, encoder)


def test_a_refused_build_leaves_the_old_index(copy: Path, tmp_path: Path, encoder: Encoder) -> None:
    before = IndexFolder(copy).current_id()
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"title": "问"}\n', encoding="utf-8")
    with pytest.raises(SourcesRejectedError, match=r'bad.jsonl:1: missing "body"'):
        build([FAQ, bad], copy, encoder)
    assert IndexFolder(copy).current_id() == before
    SearchEngine.open(copy).close()


def test_what_a_dead_build_left_is_swept_away(copy: Path, encoder: Encoder) -> None:
    leftover = IndexFolder(copy).new_build()
    (leftover / "half").write_bytes(b"half")
    build([FAQ], copy, encoder)
    assert not leftover.exists()


def test_old_builds_are_pruned_but_not_the_current_one(copy: Path, encoder: Encoder) -> None:
    for _ in range(3):
        build([FAQ, PAGE_DUMP], copy, encoder)
    builds = [path.name for path in IndexFolder(copy).builds.iterdir()]
    assert len(builds) == 2
    assert IndexFolder(copy).current_id() == max(builds)


def test_opening_and_asking_leave_the_index_as_it_was(copy: Path) -> None:
    def snapshot() -> dict[str, tuple[int, int]]:
        return {
            str(path): (path.stat().st_mtime_ns, path.stat().st_size) for path in copy.rglob("*")
        }

    before = snapshot()
    engine = SearchEngine.open(copy)
    assert engine.search(Query.parse("房贷提前还款")).hits
    engine.close()
    assert snapshot() == before


def test_a_stray_file_among_the_builds_disturbs_nothing(copy: Path, encoder: Encoder) -> None:
    stray = IndexFolder(copy).builds / ".DS_Store"
    stray.touch()
    for _ in range(3):
        build([FAQ], copy, encoder)
    assert stray.exists()
    assert len(list(IndexFolder(copy).builds.glob("*Z-*"))) == 2


def test_an_altered_article_file_is_damage_not_a_traceback(copy: Path) -> None:
    path = read_current(copy)[0] / ARTICLES
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))
    with pytest.raises(IndexDamagedError, match=ARTICLES):
        SearchEngine.open(copy).search(Query.parse("房贷提前还款"))
