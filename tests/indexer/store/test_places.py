"""Where passages belong."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.article import Passage, PassageKind
from indexer.errors import IndexDamagedError
from indexer.store.places import GROUPS, PlaceIndex, write_places

KINDS: list[tuple[int, PassageKind]] = [
    (0, "title"), (0, "asked"), (0, "lead"), (1, "title"), (2, "title"), (2, "item"),
]  # fmt: skip


@pytest.fixture
def index(tmp_path: Path) -> PlaceIndex:
    write_places([Passage(row, kind, "", "", "", 0, 0) for row, kind in KINDS], tmp_path / "p.npy")
    return PlaceIndex.open(tmp_path / "p.npy")


def test_passages_know_their_article_and_what_they_do_there(index: PlaceIndex) -> None:
    owners, groups = index.of(np.array([5, 0, 3]))
    assert owners.tolist() == [2, 0, 1]
    assert [GROUPS[group] for group in groups] == ["body", "title", "title"]


def test_articles_know_their_passages(index: PlaceIndex) -> None:
    rows, owners, groups = index.passages_of(np.array([0, 2]))
    assert rows.tolist() == [0, 1, 2, 4, 5]
    assert owners.tolist() == [0, 0, 0, 1, 1]
    assert [GROUPS[group] for group in groups] == ["title", "asked", "body", "title", "body"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    np.save(tmp_path / "p.npy", np.zeros(3))
    with pytest.raises(IndexDamagedError, match="no places of passages"):
        PlaceIndex.open(tmp_path / "p.npy")
