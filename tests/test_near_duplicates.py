"""An index with near-duplicates, from the terminal to the page."""

from __future__ import annotations

import json
from dataclasses import asdict
from html import escape
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

import data
from indexer.encoders.protocol import Encoder
from indexer.readers import read_sources
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import build
from tests.indexer.near_duplicates.copies import about, excerpt_of, with_sentence_more, with_title
from web.app import create_app
from web.cli import cli
from web.settings import Settings

QUESTION = "花呗可以提前还款吗"
FIRST = "huabei-tiqian-huankuan"
TITLE = "花呗<没到期>就想还掉 & 行不行"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, encoder: Encoder) -> Path:
    """Nine articles of the corpus, four copies of one of them, and the same of another product."""
    corpus = {each.id: each for each in read_sources([str(data.CORPUS)]).articles}
    names = sorted(name for name in corpus if name.startswith(("huabei-", "jiebei-")))[:8]
    first = corpus[FIRST]
    copies = {
        "copy-more": with_sentence_more(first),
        "copy-title": with_title(first, TITLE),
        "copy-excerpt": with_title(excerpt_of(first), "花呗能提前还款吗"),
        "other-product": about(first, "花呗", "借呗"),
    }
    rows = [asdict(corpus[name]) for name in {*names, FIRST}]
    rows += [{**asdict(copy), "id": name} for name, copy in copies.items()]
    source = tmp_path_factory.mktemp("source") / "faq.jsonl"
    source.write_text("".join(f"{json.dumps(_row(each))}\n" for each in rows), encoding="utf-8")
    folder = tmp_path_factory.mktemp("duplicates")
    build([source], folder, encoder)
    return folder


def _row(article: dict[str, object]) -> dict[str, object]:
    sections = article["sections"]
    assert isinstance(sections, tuple)
    body = "\n".join(block["text"] for section in sections for block in section["blocks"])
    kept = {name: article[name] for name in ("id", "title", "category")}
    return {**kept, "body": body, "published": str(article["published"])}


@pytest.fixture(scope="module")
def engine(folder: Path) -> SearchEngine:
    return SearchEngine.open(folder)


@pytest.fixture
def client(folder: Path, tmp_path: Path) -> FlaskClient:
    return create_app(Settings(index=folder, state=tmp_path)).test_client()


def test_hits_that_say_the_same_are_one_hit(engine: SearchEngine) -> None:
    response = engine.search(Query.parse(QUESTION))
    first = response.hits[0]
    same = {first.id, *(each.id for each in first.duplicates)}
    assert same == {FIRST, "copy-more", "copy-title", "copy-excerpt"}
    assert all(not hit.duplicates for hit in response.hits[1:])
    assert "other-product" in {hit.id for hit in response.hits}
    shape = json.loads(json.dumps(response.to_json()))
    assert shape["hits"][0]["duplicates"] == [each.id for each in first.duplicates]


def test_total_and_facets_count_one_for_all(engine: SearchEngine) -> None:
    response = engine.search(Query.parse(QUESTION, limit=50))
    unfolded = engine.rank(Query.parse(QUESTION))
    assert response.total == len(response.hits) == len(unfolded) - 3
    assert sum(response.facets["category"].values()) == response.total


def test_no_page_repeats_what_another_one_folded(engine: SearchEngine) -> None:
    seen: list[str] = []
    for offset in range(0, 20, 2):
        for hit in engine.search(Query.parse(QUESTION, limit=2, offset=offset)).hits:
            seen += [hit.id, *(each.id for each in hit.duplicates)]
    assert len(seen) == len(set(seen)) == len(engine.rank(Query.parse(QUESTION)))


def test_what_a_filter_leaves_out_is_not_folded_in(engine: SearchEngine) -> None:
    scores = {each.card.id: each.score for each in engine.rank(Query.parse(QUESTION))}
    copies = sorted(scores[name] for name in ("copy-more", "copy-title", "copy-excerpt", FIRST))
    response = engine.search(Query.parse(QUESTION, min_score=copies[1]))
    [hit] = [each for each in response.hits if each.duplicates]
    assert len(hit.duplicates) == sum(score >= copies[1] for score in copies) - 1
    assert engine.search(Query.parse(QUESTION, category="征信")).total == 0


def test_related_lists_hold_no_two_that_say_the_same(engine: SearchEngine) -> None:
    same = {FIRST, "copy-more", "copy-title", "copy-excerpt"}
    for name in (*same, "other-product"):
        listed = [each.id for each in engine.related(name)]
        assert len(listed) == len(set(listed))
        assert len(same & set(listed)) == (name == "other-product")


def test_the_page_links_to_what_was_folded(client: FlaskClient, engine: SearchEngine) -> None:
    page = client.get(f"/search?q={quote(QUESTION)}").get_data(as_text=True)
    assert "另有 3 篇内容相近：" in page
    for each in engine.search(Query.parse(QUESTION)).hits[0].duplicates:
        assert f'<a href="/articles/{each.id}">{escape(each.title)}</a>' in page
    assert "<没到期>" not in page


def test_the_article_page_says_why_another_is_listed(client: FlaskClient) -> None:
    page = client.get(f"/articles/{FIRST}").get_data(as_text=True)
    assert '<span class="tag">同一产品</span>' in page


def test_the_terminal_names_what_was_folded(folder: Path) -> None:
    said = CliRunner().invoke(cli, ["search", QUESTION, "--index", str(folder)]).output
    assert said.count("另有 3 篇内容相近：") == 1


def test_dedupe_lists_clusters_and_proposes_what_to_keep(folder: Path) -> None:
    said = CliRunner().invoke(cli, ["dedupe", "--index", str(folder)])
    assert said.exit_code == 0
    assert said.output.startswith(
        "3 articles say what another one says, in 1 cluster\n\n1. keep copy-more"
    )
    assert "faq.jsonl:" in said.output
    assert f"loanfaq remove --index {folder} -- " in said.output


def test_dedupe_as_json_and_from_a_resemblance_on(folder: Path) -> None:
    shape = json.loads(CliRunner().invoke(cli, ["dedupe", "--index", str(folder), "--json"]).output)
    [cluster] = shape["clusters"]
    assert [each["id"] for each in cluster["copies"]] == shape["remove"]
    likeness = [each["resemblance"] for each in cluster["copies"]]
    assert likeness == sorted(likeness, reverse=True)
    assert cluster["copies"][-1]["id"] == "copy-excerpt"
    assert cluster["copies"][-1]["containment"] == 1
    arguments = ["dedupe", "--index", str(folder), "--json", "--min-resemblance", "0.8"]
    shape = json.loads(CliRunner().invoke(cli, arguments).output)
    assert "copy-excerpt" not in shape["remove"]


def test_dedupe_says_where_there_is_nothing(index_folder: Path) -> None:
    said = CliRunner().invoke(cli, ["dedupe", "--index", str(index_folder)])
    assert (said.exit_code, said.output) == (0, f"no near-duplicates in {index_folder}\n")
