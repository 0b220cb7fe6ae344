"""A collection that changes: added to, taken from, built again, always as from scratch."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.collection import Changes
from indexer.encoders.protocol import Encoder
from indexer.errors import (
    IndexBusyError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    InputError,
    SourcesRejectedError,
)
from indexer.freshness import why_stale
from indexer.inspection import verify_index
from indexer.lexicon import bundled_lexicon
from indexer.pipeline import add_to_index, remove_from_index
from indexer.reading import DEFAULTS, ReadOptions
from indexer.store.builds import IndexFolder, read_current
from indexer.store.entries import LeftOut
from indexer.store.manifest import ARTICLES
from indexer.store.originals import read_originals
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import FAQ, PAGE_DUMP, build, entry_of

Row = dict[str, str]
GREETING = "大家好，小编来为大家解答以上的问题。"


def row(number: int, text: str = "", **fields: str) -> Row:
    """An article of an FAQ, unlike all others."""
    product = ("花呗", "借呗", "房贷", "车贷", "信用卡")[number % 5]
    body = (
        f"{GREETING}\n{product}第{number}条：先看合同，再问客服{number}。{text}\n1、逾期{number}天"
    )
    return {"id": f"a{number}", "title": f"{product}问题{number}怎么办", "body": body, **fields}


def write(path: Path, rows: list[Row]) -> Path:
    lines = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in rows)
    path.write_text(lines, encoding="utf-8")
    return path


@dataclass(frozen=True, slots=True)
class Everything:
    """All that an index says of its articles."""

    articles: list[object]
    rankings: list[object]
    related: list[object]
    categories: dict[str, int]
    suggestions: list[object]


def everything(folder: Path) -> Everything:
    verify_index(folder)
    engine = SearchEngine.open(folder)
    originals = read_originals(read_current(folder)[0] / ARTICLES)
    articles = [replace(engine.article(each.id), source="") for each in originals]
    questions = [Query.parse(article.title) for article in articles[:12]]
    questions += [Query.parse(text) for text in ("花呗逾期", "合同怎么看", "客服")]
    answered = [engine.search(question) for question in questions]
    found = Everything(
        articles=[*articles, *(replace(each, source="") for each in originals)],
        rankings=[(each.status, each.total, each.hits, each.facets) for each in answered],
        related=[engine.related(article.id) for article in articles],
        categories=engine.categories(),
        suggestions=[engine.suggest(typed) for typed in ("花呗", "hb", "xinyongka", "问题")],
    )
    engine.close()
    return found


@pytest.fixture
def folder(tmp_path: Path, small_index: Path) -> Path:
    """The index folder that a test changes."""
    return Path(shutil.copytree(small_index, tmp_path / "index"))


@pytest.fixture
def scratch(tmp_path: Path, small_index: Path) -> Path:
    """Another one, to build from scratch in."""
    return Path(shutil.copytree(small_index, tmp_path / "scratch"))


# Building again


def test_three_edits_in_a_thousand_articles_embed_only_what_changed(
    tmp_path: Path, scratch: Path, folder: Path, encoder: Encoder
) -> None:
    rows = [row(number) for number in range(1000)]
    source = write(tmp_path / "faq.jsonl", rows)
    first = build([source], folder, encoder).manifest.counts
    assert (first.articles, first.passages) == (1000, 3000)
    rows[7] = row(7, "新的一句。")  # its paragraph
    rows[500] = row(500, title="车贷新问题500怎么办")  # its title, which all its passages have
    rows[999]["body"] += "\n2、多一条"  # one more item
    write(source, rows)
    edited = build([source], folder, encoder).manifest.counts
    assert (edited.embedded, edited.reused) == (1 + 3 + 1, 3001 - 5)
    build([source], scratch, encoder)
    assert everything(folder) == everything(scratch)


@st.composite
def _edits(draw: st.DrawFn) -> Callable[[list[Row]], list[Row]]:
    """Edits, insertions and deletions all over a collection."""
    actions = draw(
        st.lists(
            st.tuples(st.sampled_from(["edit", "insert", "delete"]), st.integers(0, 10_000)),
            min_size=1,
            max_size=6,
        )
    )

    def apply(rows: list[Row]) -> list[Row]:
        rows = list(rows)
        for step, (action, number) in enumerate(actions):
            at = number % len(rows)
            if action == "insert":
                rows.insert(at, row(100 + step * 10_001 + number))
            elif action == "edit":
                rows[at] = {**rows[at], "body": f"{rows[at]['body']}改{step}。", "category": "新"}
            elif len(rows) > 1:
                del rows[at]
        return rows

    return apply


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=_edits(), second=_edits())
def test_however_it_changed_it_is_as_built_from_scratch(
    first: Callable[[list[Row]], list[Row]],
    second: Callable[[list[Row]], list[Row]],
    small_index: Path,
    tmp_path_factory: pytest.TempPathFactory,
    encoder: Encoder,
) -> None:
    """Built again after one change, read again by `add` after another one."""
    place = tmp_path_factory.mktemp("changed")
    shutil.copytree(small_index, place / "index")
    rows = first([row(number) for number in range(20)])
    changed, other = write(place / "changed.jsonl", rows), write(place / "b.jsonl", [row(77)])
    build([changed, other], place / "index", encoder)
    write(changed, second(rows))
    add_to_index([str(changed)], place / "index")
    shutil.copytree(small_index, place / "scratch")
    counts = build([changed, other], place / "scratch", encoder).manifest.counts
    assert counts.reused == 0
    assert everything(place / "index") == everything(place / "scratch")
    shutil.rmtree(place)


@pytest.fixture(scope="module")
def small_index(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """An index of nothing that a test speaks of; only its segmentation table is taken over."""
    place = tmp_path_factory.mktemp("small")
    other = {"title": "别的问题", "body": "别的回答"}
    build([write(place / "rows.jsonl", [other])], place / "index", encoder)
    return place / "index"


# Adding


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
    title = read_originals_title(folder, encoder)
    whole = write(tmp_path / "whole.jsonl", [{"title": title, "body": "全文。"}, row(1)])
    build([PAGE_DUMP, whole], folder, encoder)
    assert read_current(folder)[1].counts.excerpts == 1
    write(whole, [row(1)])
    add_to_index([str(whole)], folder)
    assert read_current(folder)[1].counts.excerpts == 2
    build([PAGE_DUMP, whole], scratch, encoder)
    assert everything(folder) == everything(scratch)


def read_originals_title(folder: Path, encoder: Encoder) -> str:
    """The title of an excerpt of the dumped page."""
    build([PAGE_DUMP], folder, encoder)
    originals = read_originals(read_current(folder)[0] / ARTICLES)
    return next(article.title for article in originals if article.excerpt_only)


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


# Removing


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
    title = read_originals_title(folder, encoder)
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
