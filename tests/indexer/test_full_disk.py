"""A disk that is full or read-only: one line that says so, and the old index as it was."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from indexer.store.builds import IndexFolder, list_build_files, read_current
from indexer.store.manifest import (
    ARTICLES,
    ASKED_WORDS,
    LEXICON,
    MANIFEST,
    PLACES,
    SEGMENTATION,
    SPELLING,
    SUGGESTIONS,
    VECTORS,
    WORDINGS,
    WORDS,
)
from tests.conftest import FAQ, PAGE_DUMP
from tests.indexer.small_disk import namespace, run_on_small_disk

PAGE = 4096
# Files of a build in the order in which they are written.
STAGES = (
    LEXICON,
    SEGMENTATION,
    WORDS,
    ASKED_WORDS,
    VECTORS,
    ARTICLES,
    PLACES,
    WORDINGS,
    SUGGESTIONS,
    SPELLING,
    MANIFEST,
    "CURRENT.new",
)
INDEX = ["index", str(FAQ), str(PAGE_DUMP)]
VERIFY = ["inspect", "--verify"]
SEARCH = ["search", "房贷提前还款"]


@cache
def can_mount() -> bool:
    return namespace() is not None


@pytest.fixture(autouse=True)
def _needs_mounts() -> None:
    if not can_mount():
        pytest.skip("this system lets us mount no small disk (unshare --mount)")


def bytes_until(index: Path, stage: str) -> int:
    """What the disk must hold for all stages before one."""
    build, _ = read_current(index)
    sizes = dict.fromkeys(STAGES, 0)
    for name, path in list_build_files(build).items():
        sizes[name.partition("/")[0]] += -(-path.stat().st_size // PAGE) * PAGE
    # tantivy writes the list of its files anew, beside the old one.
    passing = 2 * PAGE if stage in {ASKED_WORDS, VECTORS} else 0
    return passing + sum(sizes[name] for name in STAGES[: STAGES.index(stage)])


@pytest.mark.parametrize("stage", STAGES)
def test_a_full_disk_is_one_line_that_names_the_file(stage: str, index_folder: Path) -> None:
    before = IndexFolder(index_folder).current_id()
    free = bytes_until(index_folder, stage)
    built, verified, found = run_on_small_disk(index_folder, [INDEX, VERIFY, SEARCH], free)
    assert (built.status, built.out) == (1, "")
    assert re.fullmatch(
        rf"loanfaq: /\S*/{re.escape(stage)}\S*: No space left on device; "
        r"the index was not touched\n",
        built.err,
    ), built.err
    assert built.current == before
    assert built.names == ["CURRENT", "builds", "lock"]
    assert (verified.status, found.status) == (0, 0), verified.err


def test_a_disk_that_has_room_again_is_built_on(index_folder: Path) -> None:
    needed = bytes_until(index_folder, STAGES[-1]) + 4 * PAGE
    [built] = run_on_small_disk(index_folder, [INDEX], needed)
    assert built.status == 0, built.err
    assert built.current != IndexFolder(index_folder).current_id()


@pytest.mark.parametrize(
    "command", [INDEX, ["add", str(FAQ)], ["remove", "card-min"], ["rollback"]], ids=lambda c: c[0]
)
def test_a_read_only_folder_is_one_line(command: list[str], index_folder: Path) -> None:
    [ran] = run_on_small_disk(index_folder, [command], None)
    assert (ran.status, ran.out) == (1, "")
    assert re.fullmatch(
        r"loanfaq: /\S+: Read-only file system; the index was not touched\n", ran.err
    ), ran.err


def test_a_read_only_index_is_searched_and_inspected(index_folder: Path) -> None:
    commands = [SEARCH, VERIFY, ["inspect", "--builds"], ["inspect", "card-min"]]
    for ran in run_on_small_disk(index_folder, commands, None):
        assert (ran.status, ran.err) == (0, "")
