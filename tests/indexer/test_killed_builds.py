"""A build that is killed leaves the old index or the new one whole, and the next is clean."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.store.builds import IndexFolder, read_current
from indexer.store.manifest import Manifest
from search.engine import SearchEngine
from search.query import Query
from search.response import Hit
from tests.conftest import FAQ, PAGE_DUMP, build
from tests.indexer.forked_builds import Builder

MOMENTS = 100
QUESTIONS = ("房贷提前还款", "花呗怎么关", "信用卡最低还款影响征信吗")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")


@pytest.fixture(scope="module")
def builder() -> Iterator[Builder]:
    builder = Builder()
    yield builder
    builder.close()


@pytest.fixture
def memory() -> Iterator[Path]:
    """A folder in memory where there is one: a killed process loses nothing it has written."""
    shared = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as folder:
        yield Path(folder)


@dataclass(frozen=True, slots=True)
class Scene:
    """An index of two builds, and the sources of the build that is to replace it."""

    index: Path
    sources: list[Path]
    old: list[tuple[Hit, ...]]


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Scene:
    folder = tmp_path_factory.mktemp("scene")
    index = folder / "index"
    for _ in range(2):
        build([FAQ], index, encoder)
    changed = folder / "changed.jsonl"
    new = {"id": "new", "title": "花呗怎么关", "body": "还清后，在设置里关。"}
    lines = FAQ.read_text(encoding="utf-8").splitlines()[1:]
    changed.write_text("\n".join([*lines, json.dumps(new)]), encoding="utf-8")
    pages = folder / "pages"
    pages.mkdir()
    for number in range(5):
        page = f"# 第{number}种贷款怎么还\n\n在账单页里还第{number}种。\n"
        (pages / f"{number}.md").write_text(page, encoding="utf-8")
    return Scene(index, [changed, PAGE_DUMP, pages], answers(index))


def answers(index: Path) -> list[tuple[Hit, ...]]:
    """What an index answers; every file of it is as it was written."""
    build_folder, manifest = read_current(index)
    manifest.check_hashes(build_folder)
    engine = SearchEngine.open(index)
    found = [engine.search(Query.parse(question)).hits for question in QUESTIONS]
    engine.close()
    return found


def leftovers(index: Path) -> list[str]:
    """What lies in an index folder beside the build that is served."""
    expected = {"CURRENT", "lock", "builds"}
    strays = [name for name in os.listdir(index) if name not in expected]
    current = IndexFolder(index).current_id()
    return strays + [name for name in os.listdir(index / "builds") if name != current]


def check_after_kill(
    scene: Scene, index: Path, builder: Builder, new: list[tuple[Hit, ...]]
) -> bool:
    """Check that an index is whole and can be built again; whether it was the new one."""
    found = answers(index)
    assert found in (scene.old, new)
    again = builder.build(scene.sources, index)
    assert (again.killed, again.error) == (False, "")
    assert answers(index) == new
    assert leftovers(index) == []
    return found == new


def test_killed_at_a_hundred_moments(builder: Builder, scene: Scene, memory: Path) -> None:
    shutil.copytree(scene.index, memory / "undisturbed")
    whole = builder.build(scene.sources, memory / "undisturbed")
    assert whole.error == ""
    assert whole.events > MOMENTS
    new = answers(memory / "undisturbed")
    assert new != scene.old
    published = []
    for number in range(MOMENTS):
        # The first and the last touch of a file, and 98 between them.
        moment = 1 + number * (whole.events - 1) // (MOMENTS - 1)
        index = memory / str(moment)
        shutil.copytree(scene.index, index)
        assert builder.build(scene.sources, index, kill_at=moment).killed
        published.append(check_after_kill(scene, index, builder, new))
        shutil.rmtree(index)
    assert published == sorted(published)
    assert 0 < sum(published) < MOMENTS


def test_killed_at_the_very_first_build(builder: Builder, scene: Scene, memory: Path) -> None:
    index = memory / "index"
    whole = builder.build(scene.sources, index)
    new = answers(index)
    for moment in range(1, whole.events, whole.events // 3):
        shutil.rmtree(index)
        assert builder.build(scene.sources, index, kill_at=moment).killed
        if (index / "CURRENT").exists():
            assert answers(index) == new
        assert builder.build(scene.sources, index).error == ""
        assert answers(index) == new
        assert leftovers(index) == []


def test_killed_by_the_clock_wherever_it_is(builder: Builder, scene: Scene, memory: Path) -> None:
    """In native code too, which tells nobody what it touches."""
    shutil.copytree(scene.index, memory / "undisturbed")
    started = time.monotonic()
    builder.build(scene.sources, memory / "undisturbed")
    seconds = time.monotonic() - started
    new = answers(memory / "undisturbed")
    for number in range(1, 9):
        index = memory / str(number)
        shutil.copytree(scene.index, index)
        builder.build(scene.sources, index, kill_after=seconds * number / 9)
        check_after_kill(scene, index, builder, new)


def test_a_build_that_was_named_but_never_published_goes(
    scene: Scene, memory: Path, encoder: Encoder
) -> None:
    """The moment between the two renames of publishing."""
    index = memory / "index"
    shutil.copytree(scene.index, index)
    current, manifest = read_current(index)
    named = index / "builds" / "29991231T000000000000Z-0000"
    shutil.copytree(current, named)
    (index / "CURRENT.new").write_text(named.name + "\n", encoding="utf-8")
    assert Manifest.read(current) == manifest
    build([FAQ], index, encoder)
    assert not named.exists()
    assert not (index / "CURRENT.new").exists()
    assert answers(index) == scene.old
