"""A build: what is new is embedded, what is known is taken over, the result is the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from indexer.encoders.protocol import Encoder
from indexer.errors import SourceError, SourcesRejectedError
from indexer.freshness import other_sources, why_stale
from indexer.lexicon import Lexicon, bundled_lexicon
from indexer.reading import ReadOptions
from indexer.store.articles import ArticleStore
from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES, PLACES
from indexer.store.places import PlaceIndex
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import FAQ, PAGE_DUMP, build, entry_of


def write_jsonl(path: Path, articles: list[dict[str, str]]) -> Path:
    path.write_text(
        "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles), encoding="utf-8"
    )
    return path


def read_faq() -> list[dict[str, str]]:
    return [json.loads(line) for line in FAQ.read_text(encoding="utf-8").splitlines()]


def test_row_number_joins_passages_vectors_and_articles(index_folder: Path) -> None:
    build_folder, manifest = read_current(index_folder)
    store = ArticleStore.open(build_folder / ARTICLES)
    by_article = store.passages_of(range(manifest.counts.articles))
    rows = {row: each for found in by_article.values() for row, each in found.items()}
    assert list(rows) == list(range(manifest.counts.passages))
    passages = list(rows.values())
    assert manifest.counts.passages == len(passages)
    assert [p.article_row for p in passages] == sorted(p.article_row for p in passages)
    for row in (0, len(passages) // 2, len(passages) - 1):
        (article,), _ = PlaceIndex.open(build_folder / PLACES).of(np.array([row]))
        assert article == passages[row].article_row
        assert by_article[article][row] == passages[row]
    store.close()


def test_building_again_embeds_only_what_changed(tmp_path: Path, encoder: Encoder) -> None:
    articles = read_faq()
    source = write_jsonl(tmp_path / "faq.jsonl", articles)
    first = build([source], tmp_path / "index", encoder).manifest.counts
    assert first.reused == 0
    again = build([source], tmp_path / "index", encoder).manifest.counts
    assert (again.embedded, again.reused) == (0, first.passages)
    articles[3]["body"] += "\n补充一段新写的话。"
    write_jsonl(source, articles)
    edited = build([source], tmp_path / "index", encoder).manifest.counts
    assert (edited.embedded, edited.reused) == (1, first.passages)


def test_a_build_that_took_vectors_over_answers_as_one_from_scratch(
    tmp_path: Path, encoder: Encoder
) -> None:
    articles = read_faq()
    source = write_jsonl(tmp_path / "faq.jsonl", articles[:-2])
    build([source], tmp_path / "grown", encoder)
    write_jsonl(source, articles)
    for folder in ("grown", "scratch"):
        build([source], tmp_path / folder, encoder)
    grown, scratch = (SearchEngine.open(tmp_path / name) for name in ("grown", "scratch"))
    for article in articles:
        query = Query.parse(article["title"])
        assert grown.search(query).hits == scratch.search(query).hits
        assert grown.related(article["id"]) == scratch.related(article["id"])


def test_excerpts_are_marked_and_counted(index_folder: Path) -> None:
    counts = read_current(index_folder)[1].counts
    assert (counts.articles, counts.excerpts, counts.rejected) == (15, 2, 0)


def test_bad_rows_are_skipped_only_when_asked_and_listed(tmp_path: Path, encoder: Encoder) -> None:
    source = write_jsonl(tmp_path / "faq.jsonl", [{"title": "问"}, *read_faq()])
    report = build([source], tmp_path / "index", encoder, skip_bad=True)
    assert [str(error) for error in report.rejected] == [f'{source}:1: missing "body"']
    assert report.manifest.counts.rejected == 1


def test_sources_without_an_article_are_refused(tmp_path: Path, encoder: Encoder) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.write_text("\n", encoding="utf-8")
    with pytest.raises(SourcesRejectedError, match=r"empty.jsonl: the file holds no article"):
        build([empty], tmp_path / "index", encoder)
    with pytest.raises(SourceError, match="no article found"):
        build([empty], tmp_path / "index", encoder, skip_bad=True)
    assert not (tmp_path / "index" / "CURRENT").exists()


def test_staleness_is_judged_against_the_manifest(tmp_path: Path, encoder: Encoder) -> None:
    source = write_jsonl(tmp_path / "faq.jsonl", read_faq())
    lexicon = Lexicon(tmp_path / "lexicon")
    shutil.copytree(bundled_lexicon().folder, lexicon.folder)
    folder, names, entry = tmp_path / "index", [str(source)], entry_of(encoder)
    assert why_stale(folder, names, ReadOptions(), entry, lexicon) is not None
    build([source], folder, encoder)
    assert why_stale(folder, names, ReadOptions(), entry, lexicon) is None
    assert other_sources(folder, names) == ()
    assert other_sources(folder, [str(FAQ)]) == (str(source),)
    with (lexicon.folder / "dictionary.txt").open("a", encoding="utf-8") as file:
        file.write("新词语 1000\n")
    assert why_stale(folder, names, ReadOptions(), entry, lexicon) == "the lexicon changed"
    write_jsonl(source, read_faq()[1:])
    assert (
        why_stale(folder, names, ReadOptions(), entry, bundled_lexicon()) == "the sources changed"
    )


def test_what_was_left_out_as_bad_is_stale_unless_it_may_be(
    tmp_path: Path, encoder: Encoder
) -> None:
    source = tmp_path / "faq.jsonl"
    source.write_text('{"title": "花呗怎么关", "body": "还清后关。"}\n{}\n', encoding="utf-8")
    build([source], tmp_path / "index", encoder, skip_bad=True)
    given = (tmp_path / "index", [str(source)], ReadOptions(), entry_of(encoder), bundled_lexicon())
    assert why_stale(*given) == "parts of its sources were left out as bad"
    assert why_stale(*given, skip_bad=True) is None


def test_related_lists_never_hold_the_article_itself(engine: SearchEngine) -> None:
    related = engine.related("mortgage-early")
    assert len(related) == 10
    assert "mortgage-early" not in {each.id for each in related}
    assert len({each.id for each in related}) == 10


def test_sources_may_be_files_and_folders_mixed(tmp_path: Path, encoder: Encoder) -> None:
    folder = tmp_path / "pages"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "page.txt").write_bytes(PAGE_DUMP.read_bytes())
    (folder / "a.md").write_text("# 花呗怎么还\n\n打开账单页。\n", encoding="utf-8")
    (folder / "logo.png").write_bytes(b"png")
    report = build([FAQ, folder], tmp_path / "index", encoder)
    assert report.manifest.counts.articles == 16
    assert [Path(name).name for name in report.sources[1].ignored] == ["logo.png"]
