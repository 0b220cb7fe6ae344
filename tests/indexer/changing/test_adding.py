"""What is added to a collection comes behind the rest, as if built from scratch."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.collection import Changes
from indexer.encoders.protocol import Encoder
from indexer.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    SourcesRejectedError,
)
from indexer.freshness import why_stale
from indexer.lexicon import bundled_lexicon
from indexer.pipeline import add_to_index, remove_from_index
from indexer.reading import DEFAULTS, ReadOptions
from indexer.store.builds import IndexFolder, read_current
from indexer.store.entries import LeftOut
from indexer.store.manifest import ARTICLES
from search.engine import SearchEngine
from tests.conftest import FAQ, PAGE_DUMP, build, entry_of
from tests.indexer.changing.rows import everything, row, title_of_an_excerpt, write


def test_added_sources_come_behind_the_others_as_from_scratch(
    folder: Path, scratch: Path, encoder: Encoder
) -> None:
    before = build([FAQ], folder, encoder).manifest
    report = add_to_index([str(PAGE_DUMP)], folder)
    assert (len(report.changes.added), report.changes.updated, report.changes.removed) == (
        3,
        (),
        (),
    )
    assert report.build
    manifest = report.build.manifest
    assert [source.name for source in manifest.sources] == [str(FAQ), str(PAGE_DUMP)]
    assert manifest.sources[0] == before.sources[0]
    assert manifest.counts.reused == before.counts.passages
    whole = build([FAQ, PAGE_DUMP], scratch, encoder).manifest
    assert manifest.sources == whole.sources
    assert manifest.boilerplate == whole.boilerplate
    assert everything(folder) == everything(scratch)
    names = [str(FAQ), str(PAGE_DUMP)]
    assert why_stale(folder, names, DEFAULTS, entry_of(encoder), bundled_lexicon()) is None


def test_an_article_takes_the_place_of_another_one_with_its_id(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    old = write(tmp_path / "old.jsonl", [row(1), row(2)])
    new = write(tmp_path / "new.jsonl", [row(2, "另一种说法。"), row(3)])
    build([old], folder, encoder)
    report = add_to_index([str(new)], folder)
    assert report.changes.added == ("a3",)
    assert report.changes.updated == ("a2",)
    assert "另一种说法" in SearchEngine.open(folder).article("a2").text
    # The sources themselves would not give this index, and the manifest says so.
    _, manifest = read_current(folder)
    assert manifest.left_out == (LeftOut("a2", str(old)),)
    stale = why_stale(folder, [str(old), str(new)], DEFAULTS, entry_of(encoder), bundled_lexicon())
    assert stale == "articles of its sources were taken out of it"


def test_a_source_that_is_there_is_read_again(
    folder: Path, tmp_path: Path, scratch: Path, encoder: Encoder
) -> None:
    first = write(tmp_path / "first.jsonl", [row(1), row(2), row(3)])
    second = write(tmp_path / "second.jsonl", [row(9)])
    build([first, second], folder, encoder)
    write(first, [row(1), row(3, "改了。"), row(4)])
    changes = add_to_index([str(first)], folder).changes
    assert (changes.added, changes.updated, changes.removed) == (("a4",), ("a3",), ("a2",))
    build([first, second], scratch, encoder)
    assert everything(folder) == everything(scratch)
    names = [str(first), str(second)]
    assert why_stale(folder, names, DEFAULTS, entry_of(encoder), bundled_lexicon()) is None


def test_what_is_said_of_an_added_source_was_not_said_of_the_others(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    first = write(tmp_path / "first.jsonl", [row(1, 题头="花呗还有别的问法吗"), row(2)])
    second = write(tmp_path / "second.jsonl", [row(3, 题头="借呗还有别的问法吗")])
    build([first], folder, encoder)
    said = ReadOptions(columns=(("title", "题头"),))
    add_to_index([str(second)], folder, reading=said)
    names, entry = [str(first), str(second)], entry_of(encoder)
    # Built anew with what was said, the first would be read otherwise than it was.
    stale = why_stale(folder, names, said, entry, bundled_lexicon())
    assert stale == "the sources are read with other options"
    add_to_index([str(first)], folder)
    assert why_stale(folder, names, said, entry, bundled_lexicon()) is None
    assert SearchEngine.open(folder).article("a1").title == "花呗还有别的问法吗"


def test_where_nothing_changed_nothing_is_published(folder: Path, encoder: Encoder) -> None:
    build([FAQ, PAGE_DUMP], folder, encoder)
    before, builds = IndexFolder(folder).current_id(), set((folder / "builds").iterdir())
    report = add_to_index([str(FAQ)], folder)
    assert report.build is None
    assert report.changes == Changes((), (), ())
    assert IndexFolder(folder).current_id() == before
    assert set((folder / "builds").iterdir()) == builds


def test_an_excerpt_comes_back_when_its_whole_article_is_gone_from_its_source(
    folder: Path, tmp_path: Path, scratch: Path, encoder: Encoder
) -> None:
    """What is folded is folded anew: the originals are kept."""
    title = title_of_an_excerpt(folder, encoder)
    whole = write(tmp_path / "whole.jsonl", [{"title": title, "body": "全文。"}, row(1)])
    build([PAGE_DUMP, whole], folder, encoder)
    assert read_current(folder)[1].counts.excerpts == 1
    write(whole, [row(1)])
    add_to_index([str(whole)], folder)
    assert read_current(folder)[1].counts.excerpts == 2
    build([PAGE_DUMP, whole], scratch, encoder)
    assert everything(folder) == everything(scratch)


def test_a_bad_source_changes_nothing_unless_it_is_to_be_skipped(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    build([FAQ], folder, encoder)
    before = IndexFolder(folder).current_id()
    bad = write(tmp_path / "bad.jsonl", [{"title": "问"}, row(1)])
    with pytest.raises(SourcesRejectedError, match=r'bad.jsonl:1: missing "body"'):
        add_to_index([str(bad)], folder)
    assert IndexFolder(folder).current_id() == before
    report = add_to_index([str(bad)], folder, skip_bad=True)
    assert [str(error) for error in report.rejected] == [f'{bad}:1: missing "body"']
    assert report.changes.added == ("a1",)


def test_two_articles_that_are_added_under_one_id_are_refused(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    build([FAQ], folder, encoder)
    twice = write(tmp_path / "twice.jsonl", [row(1), row(1, "别的。")])
    with pytest.raises(SourcesRejectedError, match='the id "a1" is taken'):
        add_to_index([str(twice)], folder)
    report = add_to_index([str(twice)], folder, skip_bad=True)
    assert len(report.rejected) == 1
    # What was left out as bad once is not refused again by another change.
    assert remove_from_index(["card-min"], folder).rejected == []


def test_nothing_is_added_where_there_is_no_index(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    with pytest.raises(IndexMissingError, match="build one with 'loanfaq index'"):
        add_to_index([str(FAQ)], folder)
    assert not folder.exists()


def test_nothing_is_added_while_another_build_runs(folder: Path, encoder: Encoder) -> None:
    build([FAQ], folder, encoder)
    with IndexFolder(folder).lock(), pytest.raises(IndexBusyError, match="another build"):
        add_to_index([str(PAGE_DUMP)], folder)


def test_another_encoder_than_the_index_has_is_named_with_its_mend(
    folder: Path, encoder: Encoder
) -> None:
    build([FAQ], folder, encoder)
    current, manifest = read_current(folder)
    other = replace(manifest.encoder, fingerprint="0" * 64)
    replace(manifest, encoder=other).write(current)
    with pytest.raises(IndexMismatchError, match=r"another version .* loanfaq index SOURCE"):
        add_to_index([str(PAGE_DUMP)], folder)


def test_a_damaged_index_is_not_added_to(folder: Path, encoder: Encoder) -> None:
    build([FAQ], folder, encoder)
    path = read_current(folder)[0] / ARTICLES
    content = bytearray(path.read_bytes())
    content[-1] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=f"{ARTICLES}: the content was altered"):
        add_to_index([str(PAGE_DUMP)], folder)
