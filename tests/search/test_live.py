"""A running engine takes up a newly published index."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import IndexMissingError
from indexer.store.builds import IndexFolder
from search import live
from search.live import LiveEngine
from tests.conftest import FAQ, build


def test_a_new_build_is_taken_up(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SECONDS_BETWEEN_LOOKS", 0.0)
    source, folder = tmp_path / "faq.jsonl", tmp_path / "index"
    shutil.copy(FAQ, source)
    build([source], folder, encoder)
    followed = LiveEngine(folder)
    before = followed.current()
    assert followed.current() is before
    with source.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "new", "title": "花呗怎么关", "body": "还清后关。"}) + "\n")
    build([source], folder, encoder)
    assert followed.current().article("new").title == "花呗怎么关"
    assert before.article("rate-daily").title == "日息万五是年利率多少"


def test_a_broken_new_build_leaves_the_old_engine_answering(
    tmp_path: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SECONDS_BETWEEN_LOOKS", 0.0)
    folder = tmp_path / "index"
    build([FAQ], folder, encoder)
    followed = LiveEngine(folder)
    engine = followed.current()
    (folder / "CURRENT").write_text("gone\n", encoding="utf-8")
    assert followed.current() is engine
    (folder / "CURRENT").write_text(engine.index_version + "\n", encoding="utf-8")
    assert IndexFolder(folder).current_id() == engine.index_version


def test_without_an_index_the_first_question_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index here"):
        LiveEngine(tmp_path).current()
