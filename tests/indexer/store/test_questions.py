"""Which article asks exactly a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import IndexDamagedError
from indexer.store.questions import QuestionStore, write_questions


@pytest.fixture
def store(tmp_path: Path) -> QuestionStore:
    write_questions([["花呗逾期", "花呗晚还"], ["花呗晚还", "白条晚还"]], tmp_path / "a.sqlite")
    return QuestionStore.open(tmp_path / "a.sqlite")


def test_a_title_and_another_wording_are_told_apart(store: QuestionStore) -> None:
    assert store.asking("花呗逾期") == {0: "title"}
    assert store.asking("花呗晚还") == {0: "asked", 1: "title"}
    assert store.asking("花呗") == {}


def test_closing_marks_case_and_spaces_do_not_matter(store: QuestionStore) -> None:
    assert store.asking(" 花呗 逾期？") == {0: "title"}


def test_another_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match="no questions of articles"):
        QuestionStore.open(tmp_path / "none.sqlite")
