"""What is removed from a collection is gone as if it had never been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import InputError
from indexer.freshness import why_stale
from indexer.lexicon import bundled_lexicon
from indexer.pipeline import add_to_index, remove_from_index
from indexer.reading import DEFAULTS
from indexer.store.builds import IndexFolder, read_current
from indexer.store.entries import LeftOut
from indexer.store.manifest import ARTICLES
from indexer.store.originals import read_originals
from tests.conftest import FAQ, PAGE_DUMP, build, entry_of
from tests.indexer.changing.rows import Everything, everything, row, title_of_an_excerpt, write


def test_a_removed_article_is_gone_as_if_it_had_never_been(
    folder: Path, tmp_path: Path, scratch: Path, encoder: Encoder
) -> None:
    rows = [row(number) for number in range(6)]
    source = write(tmp_path / "faq.jsonl", rows)
    build([source], folder, encoder)
    report = remove_from_index(["a2", "a4"], folder)
    assert report.changes.removed == ("a2", "a4")
    assert report.build
    assert report.build.manifest.counts.embedded == 0
    assert report.build.manifest.sources[0].articles == 4
    less = write(tmp_path / "less.jsonl", [rows[at] for at in (0, 1, 3, 5)])
    build([less], scratch, encoder)
    assert without_origin(everything(folder)) == without_origin(everything(scratch))


def without_origin(found: Everything) -> Everything:
    articles = [replace(article, origin="") for article in found.articles]  # type: ignore[type-var]
    return replace(found, articles=articles)


def test_an_index_from_which_articles_were_removed_is_stale(folder: Path, encoder: Encoder) -> None:
    build([FAQ, PAGE_DUMP], folder, encoder)
    remove_from_index(["card-min"], folder)
    names, entry = [str(FAQ), str(PAGE_DUMP)], entry_of(encoder)
    stale = why_stale(folder, names, DEFAULTS, entry, bundled_lexicon())
    assert stale == "articles of its sources were taken out of it"
    assert read_current(folder)[1].left_out == (LeftOut("card-min", str(FAQ)),)
    add_to_index([str(FAQ)], folder)  # reads the source again, and the article with it
    assert why_stale(folder, names, DEFAULTS, entry, bundled_lexicon()) is None


def test_the_teaser_of_a_removed_article_does_not_come_in_its_place(
    folder: Path, tmp_path: Path, encoder: Encoder
) -> None:
    title = title_of_an_excerpt(folder, encoder)
    whole = write(tmp_path / "whole.jsonl", [{"id": "whole", "title": title, "body": "全文。"}])
    build([PAGE_DUMP, whole], folder, encoder)
    remove_from_index(["whole"], folder)
    originals = read_originals(read_current(folder)[0] / ARTICLES)
    assert title not in {article.title for article in originals}


def test_a_whole_source_is_removed(folder: Path, scratch: Path, encoder: Encoder) -> None:
    build([FAQ, PAGE_DUMP], folder, encoder)
    remove_from_index([str(PAGE_DUMP)], folder)
    build([FAQ], scratch, encoder)
    assert everything(folder) == everything(scratch)
    entry = entry_of(encoder)
    assert why_stale(folder, [str(FAQ)], DEFAULTS, entry, bundled_lexicon()) is None


def test_unknown_names_are_refused_together_and_nothing_goes(
    folder: Path, encoder: Encoder
) -> None:
    build([FAQ], folder, encoder)
    before = IndexFolder(folder).current_id()
    with pytest.raises(InputError, match=r'^"nowhere", "none\.jsonl": neither an article nor'):
        remove_from_index(["card-min", "nowhere", "none.jsonl"], folder)
    assert IndexFolder(folder).current_id() == before


def test_removing_everything_is_refused(folder: Path, encoder: Encoder) -> None:
    build([FAQ], folder, encoder)
    with pytest.raises(InputError, match="no article would be left"):
        remove_from_index([str(FAQ)], folder)
    assert read_current(folder)[1].counts.articles == 12


def test_what_is_removed_and_added_again_is_as_it_was(folder: Path, encoder: Encoder) -> None:
    build([FAQ, PAGE_DUMP], folder, encoder)
    before = everything(folder)
    remove_from_index(["card-min", str(PAGE_DUMP)], folder)
    add_to_index([str(FAQ), str(PAGE_DUMP)], folder)
    assert everything(folder) == before
