"""A damaged file of an index is named, with the command that mends it; nothing crashes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import LoanfaqError
from indexer.inspection import verify_index
from indexer.store.builds import list_build_files, read_current
from indexer.store.manifest import ARTICLES, MANIFEST, SUGGESTIONS, VECTORS
from search.engine import SearchEngine
from search.query import Query
from search.response import Hit
from tests.conftest import FAQ, PAGE_DUMP, build

QUESTIONS = ("房贷提前还款", "花呗怎么关", "信用卡最低还款影响征信吗")
MEND = "build the index again from its sources: loanfaq index SOURCE…"


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def delete(path: Path) -> None:
    path.unlink()


def flip_first_byte(path: Path) -> None:
    flip(path, 0)


def flip_middle_byte(path: Path) -> None:
    flip(path, path.stat().st_size // 2)


def flip_last_byte(path: Path) -> None:
    flip(path, path.stat().st_size - 1)


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 0xFF
    path.write_bytes(content)


HARMS = (truncate, empty, delete, flip_first_byte, flip_middle_byte, flip_last_byte)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy of the index that a test harms, one file at a time."""

    folder: Path
    files: dict[str, Path]


@pytest.fixture
def copy(index_folder: Path, tmp_path: Path) -> Copy:
    folder = tmp_path / "index"
    shutil.copytree(index_folder, folder)
    return Copy(folder, list_build_files(read_current(folder)[0]))


def ask_all(folder: Path) -> list[tuple[Hit, ...]]:
    """Everything that reads the index: results, articles, related lists, categories."""
    engine = SearchEngine.open(folder)
    try:
        found = [engine.search(Query.parse(question)).hits for question in QUESTIONS]
        engine.popular(8)
        for typed in ("花呗", "fd", "xinyongka"):
            engine.suggest(typed)
        for name in engine.categories():
            engine.articles_in(name, limit=50)
        for hit in {hit.id: hit for hits in found for hit in hits}.values():
            engine.article(hit.id)
            engine.related(hit.id)
        return found
    finally:
        engine.close()


def said_of(action: Callable[[], object]) -> str:
    """The one line that an action fails with; empty where it does not fail."""
    try:
        action()
    except LoanfaqError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("harm", HARMS, ids=lambda harm: harm.__name__)
def test_every_file_of_a_build_is_named_when_harmed(
    copy: Copy, harm: Callable[[Path], None]
) -> None:
    for name, path in copy.files.items():
        whole = path.read_bytes()
        harm(path)
        opening = said_of(lambda: ask_all(copy.folder))
        verifying = said_of(lambda: verify_index(copy.folder))
        for said in filter(None, (opening, verifying)):
            assert said.startswith(f"{path}: "), (name, said)
            assert said.endswith(MEND), (name, said)
            assert "\n" not in said
        assert verifying, name
        # What keeps its size is found on opening too where it could end the process.
        if "flip" not in harm.__name__ or name not in (VECTORS, ARTICLES, SUGGESTIONS):
            assert opening, name
        path.write_bytes(whole)
    assert said_of(lambda: verify_index(copy.folder)) == ""


@pytest.mark.parametrize("name", [VECTORS, ARTICLES, SUGGESTIONS])
def test_altered_anywhere_the_large_files_crash_nothing(copy: Copy, name: str) -> None:
    random, path = Random(name), copy.files[name]
    whole = path.read_bytes()
    wrong = 0
    for _ in range(60):
        content = bytearray(whole)
        at, length = random.randrange(len(content)), random.choice((1, 1, 64, 4096))
        content[at : at + length] = random.randbytes(len(content[at : at + length]))
        path.write_bytes(content)
        said = said_of(lambda: ask_all(copy.folder))
        wrong += bool(said)
        # Where the altered bytes are of the table of ids, an article may not be found by its own.
        lost = name == ARTICLES and said.startswith("no article has the id ")
        assert said == "" or lost or said.startswith(f"{path}: "), said
    assert wrong > 0


@pytest.mark.parametrize("name", [VECTORS, ARTICLES])
def test_building_again_mends_what_was_altered(
    copy: Copy, name: str, index_folder: Path, encoder: Encoder
) -> None:
    """Nothing of an altered file is taken over."""
    path = copy.files[name]
    content = bytearray(path.read_bytes())
    at = len(content) // 2
    content[at:] = bytes(len(content) - at)
    path.write_bytes(content)
    counts = build([FAQ, PAGE_DUMP], copy.folder, encoder).manifest.counts
    assert (counts.embedded, counts.reused) == (counts.passages, 0)
    verify_index(copy.folder)
    assert ask_all(copy.folder) == ask_all(index_folder)


def test_building_again_mends_an_altered_segmentation_table(
    copy: Copy, index_folder: Path, encoder: Encoder
) -> None:
    flip(copy.files["segmentation.trie"], 1_000_000)
    build([FAQ, PAGE_DUMP], copy.folder, encoder)
    verify_index(copy.folder)
    assert ask_all(copy.folder) == ask_all(index_folder)


def test_a_manifest_that_says_something_else_is_altered(copy: Copy) -> None:
    path = copy.files[MANIFEST]
    values = json.loads(path.read_text(encoding="utf-8"))
    values["counts"]["articles"] += 1
    path.write_text(json.dumps(values), encoding="utf-8")
    assert said_of(lambda: ask_all(copy.folder)) == f"{path}: the content was altered; {MEND}"


@pytest.mark.parametrize("command", [("search", "花呗"), ("related", "card-min"), ("serve",)])
def test_a_command_over_a_damaged_index_is_one_line(copy: Copy, command: tuple[str, ...]) -> None:
    path = copy.files[ARTICLES]
    path.write_bytes(os.urandom(path.stat().st_size))
    failed = subprocess.run(
        [
            sys.executable,
            "-c",
            "from web.cli import main; main()",
            *command,
            "--index",
            str(copy.folder),
        ],
        capture_output=True,
        text=True,
    )
    assert (failed.returncode, failed.stdout) == (1, "")
    assert failed.stderr.startswith(f"loanfaq: {path}: ")
    assert failed.stderr.count("\n") == 1


def test_a_temporary_folder_that_cannot_be_written_is_one_line(
    index_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "gone"))
    said = said_of(lambda: ask_all(index_folder))
    assert said.startswith(f"{tmp_path / 'gone'}")
    assert "needs a temporary folder that can be written" in said
