"""Builds that are kept: listed, gone back to, pruned, and spared while somebody reads."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import IndexDamagedError, IndexFolderError, IndexMissingError
from indexer.store.builds import IndexFolder, hold_current, read_current
from indexer.store.history import list_builds, roll_back
from indexer.store.holds import Hold
from indexer.store.manifest import VECTORS
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import FAQ, build

Publish = Callable[..., str]


@pytest.fixture(scope="module")
def seed(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index to begin with: the first build of a folder takes the longest."""
    folder = tmp_path_factory.mktemp("seed")
    build([FAQ], folder, encoder)
    return folder


@pytest.fixture
def publish(tmp_path: Path, encoder: Encoder, seed: Path) -> Publish:
    """Publish one more build and give its id."""

    def publish_one(keep: int = 9) -> str:
        if (tmp_path / "CURRENT").exists():
            build([FAQ], tmp_path, encoder, keep_builds=keep)
        else:
            shutil.copytree(seed, tmp_path, dirs_exist_ok=True)
        return IndexFolder(tmp_path).current_id()

    return publish_one


def ids(folder: Path) -> list[str]:
    """Ids of the builds that are kept, the oldest first."""
    return [kept.id for kept in reversed(list_builds(folder))]


def test_builds_are_listed_the_newest_first(tmp_path: Path, publish: Publish) -> None:
    first, second = publish(), publish()
    newest, oldest = list_builds(tmp_path)
    assert (newest.id, newest.current, oldest.id, oldest.current) == (second, True, first, False)
    assert newest.articles == 12
    assert newest.bytes > 1_000_000
    assert not newest.open


def test_an_open_build_is_listed_as_open(tmp_path: Path, publish: Publish) -> None:
    publish()
    engine = SearchEngine.open(tmp_path)
    publish()
    assert [kept.open for kept in list_builds(tmp_path)] == [False, True]
    engine.close()
    assert [kept.open for kept in list_builds(tmp_path)] == [False, False]


def test_a_build_whose_manifest_is_broken_is_listed_with_its_fault(
    tmp_path: Path, publish: Publish
) -> None:
    publish()
    (read_current(tmp_path)[0] / "manifest.json").write_text("{", encoding="utf-8")
    [kept] = list_builds(tmp_path)
    assert kept.problem
    assert "manifest.json: cannot be read" in kept.problem


def test_only_as_many_builds_stay_as_are_asked_for(tmp_path: Path, publish: Publish) -> None:
    published = [publish() for _ in range(4)]
    assert ids(tmp_path) == published
    published.append(publish(keep=3))
    assert ids(tmp_path) == published[-3:]
    published.append(publish(keep=1))
    assert ids(tmp_path) == published[-1:]


def test_a_build_that_is_open_stays_and_answers(tmp_path: Path, publish: Publish) -> None:
    first = publish()
    engine = SearchEngine.open(tmp_path)
    second = publish(keep=1)
    assert ids(tmp_path) == [first, second]
    assert engine.search(Query.parse("房贷提前还款")).hits
    engine.close()
    assert ids(tmp_path) == [first, second]
    assert ids(tmp_path)[-1] == second
    third = publish(keep=1)
    assert ids(tmp_path) == [third]


def test_a_build_that_another_process_has_open_stays(tmp_path: Path, publish: Publish) -> None:
    first = publish()
    code = (
        "import sys; from pathlib import Path; from search.engine import SearchEngine\n"
        "engine = SearchEngine.open(Path(sys.argv[1])); print('open', flush=True); input()"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as reader:
        assert reader.stdout
        assert reader.stdout.readline() == "open\n"
        second = publish(keep=1)
        assert ids(tmp_path) == [first, second]
        reader.kill()  # a reader that dies holds nothing any more
    assert ids(tmp_path) == [first, second]
    assert publish(keep=1) == ids(tmp_path)[0]


def test_a_build_that_is_pruned_while_it_is_being_opened_is_let_go(
    tmp_path: Path, publish: Publish, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish()
    hold = Hold.of
    replaced: list[str] = []

    def hold_too_late(path: Path) -> Hold:
        if not replaced:
            replaced.append(publish(keep=1))
        return hold(path)

    monkeypatch.setattr(Hold, "of", hold_too_late)
    held = hold_current(tmp_path)
    assert [held.path.name] == replaced == ids(tmp_path)


def test_a_build_that_was_removed_by_half_is_none_and_is_swept_away(
    tmp_path: Path, publish: Publish
) -> None:
    first = publish()
    publish()
    index = IndexFolder(tmp_path)
    (index.builds / first).rename(index.builds / f".old-{first}")
    assert first not in ids(tmp_path)
    with pytest.raises(IndexFolderError, match="no build before"):
        roll_back(tmp_path)
    assert not [path for path in index.builds.iterdir() if path.name.startswith(".")]


def test_rolling_back_serves_the_build_before_and_forward_again(
    tmp_path: Path, publish: Publish
) -> None:
    first, second, third = (publish() for _ in range(3))
    back = roll_back(tmp_path)
    assert (back.before, back.now.build_id) == (third, second)
    assert read_current(tmp_path)[1].build_id == second
    assert roll_back(tmp_path).now.build_id == first
    with pytest.raises(IndexFolderError, match=f"no build before {first} to go back to"):
        roll_back(tmp_path)
    assert roll_back(tmp_path, third).now.build_id == third
    assert ids(tmp_path) == [first, second, third]


def test_after_a_rollback_the_build_gone_back_to_is_the_one_before(
    tmp_path: Path, publish: Publish
) -> None:
    first, second, bad = (publish() for _ in range(3))
    roll_back(tmp_path)
    mended = publish()
    assert ids(tmp_path) == [first, second, bad, mended]
    assert roll_back(tmp_path).now.build_id == second
    roll_back(tmp_path, mended)
    newest = publish(keep=3)
    assert ids(tmp_path) == [second, mended, newest]  # bad went first, being in no line


def test_an_unknown_build_is_refused(tmp_path: Path, publish: Publish) -> None:
    publish()
    for name in ("20200101T000000000000Z-0000", "../builds", ".", ""):
        with pytest.raises(IndexFolderError, match=r"no build .*|there is no build before"):
            roll_back(tmp_path, name)


def test_nothing_goes_back_to_a_damaged_build(tmp_path: Path, publish: Publish) -> None:
    first, second = publish(), publish()
    vectors = IndexFolder(tmp_path).builds / first / VECTORS
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=f"{VECTORS}: the content was altered"):
        roll_back(tmp_path)
    assert IndexFolder(tmp_path).current_id() == second


def test_without_an_index_nothing_is_made(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="no index here"):
        roll_back(tmp_path)
    assert os.listdir(tmp_path) == []
