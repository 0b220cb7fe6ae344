"""A running engine takes up a newly published index, and no question waits for it."""

from __future__ import annotations

import gc
import json
import logging
import shutil
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import IndexMissingError
from indexer.store.builds import IndexFolder, read_current
from indexer.store.history import list_builds, roll_back
from indexer.store.manifest import VECTORS
from search import live
from search.engine import SearchEngine
from search.live import LiveEngine
from search.query import Query
from tests.conftest import FAQ, build

SECONDS = 20


def eventually(happened: Callable[[], bool]) -> bool:
    """Whether something that another thread does happens in time."""
    deadline = time.monotonic() + SECONDS
    while not happened() and time.monotonic() < deadline:
        time.sleep(0.01)
    return happened()


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return Path(shutil.copy(FAQ, tmp_path / "faq.jsonl"))


@pytest.fixture
def folder(source: Path, tmp_path: Path, encoder: Encoder) -> Path:
    build([source], tmp_path / "index", encoder)
    return tmp_path / "index"


def publish_with_one_more(source: Path, folder: Path, encoder: Encoder) -> None:
    with source.open("a", encoding="utf-8") as file:
        file.write(json.dumps({"id": "new", "title": "花呗怎么关", "body": "还清后关。"}) + "\n")
    build([source], folder, encoder)


def test_a_new_build_is_taken_up_and_the_old_one_still_answers_who_holds_it(
    source: Path, folder: Path, encoder: Encoder
) -> None:
    followed = LiveEngine(folder)
    before = followed.current()
    assert followed.current() is before
    publish_with_one_more(source, folder, encoder)
    followed.look()
    assert followed.current().article("new").title == "花呗怎么关"
    assert before.article("rate-daily").title == "日息万五是年利率多少"
    followed.close()


def test_it_looks_by_itself_without_being_asked(
    source: Path, folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SECONDS_BETWEEN_LOOKS", 0.01)
    followed = LiveEngine(folder)
    before = followed.current().index_version
    publish_with_one_more(source, folder, encoder)
    assert eventually(lambda: followed.current().index_version != before)
    roll_back(folder)
    assert eventually(lambda: followed.current().index_version == before)
    followed.close()


def test_no_question_waits_while_a_new_build_opens(
    source: Path, folder: Path, encoder: Encoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    followed = LiveEngine(folder)
    before = followed.current()
    publish_with_one_more(source, folder, encoder)
    opening, go_on = threading.Event(), threading.Event()
    open_build = SearchEngine.open

    def open_slowly(index_folder: Path) -> SearchEngine:
        opening.set()
        assert go_on.wait(SECONDS)
        return open_build(index_folder)

    monkeypatch.setattr(SearchEngine, "open", open_slowly)
    looking = threading.Thread(target=followed.look)
    looking.start()
    assert opening.wait(SECONDS)
    assert followed.current() is before
    assert followed.current().search(Query.parse("房贷提前还款")).hits
    go_on.set()
    looking.join()
    assert followed.current().has("new")
    followed.close()


def test_a_broken_new_build_leaves_the_old_engine_answering_and_is_said_once(
    source: Path, folder: Path, encoder: Encoder, caplog: pytest.LogCaptureFixture
) -> None:
    followed = LiveEngine(folder)
    engine = followed.current()
    publish_with_one_more(source, folder, encoder)
    vectors = read_current(folder)[0] / VECTORS
    vectors.write_bytes(vectors.read_bytes()[:-1])
    with caplog.at_level(logging.ERROR, "loanfaq.index"):
        followed.look()
        followed.look()
    assert followed.current() is engine
    assert engine.search(Query.parse("房贷提前还款")).hits
    [line] = [record.getMessage() for record in caplog.records]
    assert line.startswith(f"the new index is not taken up: {vectors}")
    followed.close()


def test_a_current_line_that_names_nothing_leaves_the_old_engine_answering(folder: Path) -> None:
    followed = LiveEngine(folder)
    engine = followed.current()
    (folder / "CURRENT").write_text("gone\n", encoding="utf-8")
    followed.look()
    assert followed.current() is engine
    (folder / "CURRENT").write_text(engine.index_version + "\n", encoding="utf-8")
    assert IndexFolder(folder).current_id() == engine.index_version
    followed.close()


def test_an_engine_that_was_replaced_lets_pruning_have_its_build(
    source: Path, folder: Path, encoder: Encoder
) -> None:
    followed = LiveEngine(folder)
    asked = followed.current()
    publish_with_one_more(source, folder, encoder)
    followed.look()
    assert [kept.open for kept in list_builds(folder)] == [True, True]
    del asked
    gc.collect()
    assert [kept.open for kept in list_builds(folder)] == [True, False]
    followed.close()
    assert [kept.open for kept in list_builds(folder)] == [False, False]


def test_a_follower_that_nobody_refers_to_ends(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "_SECONDS_BETWEEN_LOOKS", 0.01)
    followed = LiveEngine(folder)
    followed.current()
    followers = [each for each in threading.enumerate() if each.name == "loanfaq-follower"]
    del followed
    assert eventually(lambda: not any(each.is_alive() for each in followers[-1:]))


def test_without_an_index_the_first_question_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index here"):
        LiveEngine(tmp_path).current()
