"""Other wordings of an article's question: they find it, and are never its answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import get_args

import pytest

from indexer.encoders.protocol import Encoder
from indexer.inspection import describe_article, inspect_article, inspect_index
from indexer.lexicon import bundled_lexicon
from indexer.pipeline import build_index, remove_from_index
from indexer.reading import ReadOptions
from indexer.store.builds import read_current
from search.engine import SearchEngine
from search.query import Query
from search.response import Mode
from tests.conftest import FAQ, entry_of

WORDINGS = ("手头松了，窟窿能不能先填上？", "攒够钱了，老早把窟窿填平行不行")
QUESTION = "窟窿想早点填上"


@pytest.fixture(scope="module")
def faq(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The FAQ with two wordings of one article that say it in none of its words."""
    lines = [json.loads(line) for line in FAQ.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        if line["id"] == "mortgage-early":
            line["asked"] = list(WORDINGS)
    file = tmp_path_factory.mktemp("asked") / "faq.jsonl"
    file.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return file


def build(faq: Path, encoder: Encoder, *, without_asked: bool = False) -> Path:
    folder = faq.parent / ("without" if without_asked else "with")
    reading = ReadOptions(without_asked=without_asked)
    entry = entry_of(encoder)
    build_index([str(faq)], folder, encoder, entry, bundled_lexicon(), reading=reading)
    return folder


@pytest.fixture(scope="module")
def folder(faq: Path, encoder: Encoder) -> Path:
    return build(faq, encoder)


@pytest.fixture(scope="module")
def asked(folder: Path) -> SearchEngine:
    return SearchEngine.open(folder)


@pytest.mark.parametrize("mode", get_args(Mode))
def test_an_article_is_found_in_the_words_of_its_wordings(asked: SearchEngine, mode: str) -> None:
    hit = asked.search(Query.parse(QUESTION, mode=mode)).hits[0]
    assert hit.id == "mortgage-early"


@pytest.mark.parametrize("wording", WORDINGS)
def test_a_wording_is_never_the_answer_and_never_marked(asked: SearchEngine, wording: str) -> None:
    hit = asked.search(Query.parse(wording)).hits[0]
    assert hit.answer.text in asked.article("mortgage-early").text
    assert hit.answer.anchor
    assert "窟窿" not in {hit.answer.text[start:end] for start, end in hit.answer.highlights}


def test_words_of_several_wordings_count_together(asked: SearchEngine) -> None:
    def score(question: str) -> float:
        hit = asked.search(Query.parse(question, mode="keyword")).hits[0]
        assert hit.id == "mortgage-early"
        return hit.score

    # A share of the best possible: of two questions in one it is a mean of theirs.
    one, other = score("手头松了"), score("攒够了")
    assert min(one, other) <= score("手头松了，攒够了") <= max(one, other)


def test_an_explanation_names_the_wording_that_found_it(asked: SearchEngine) -> None:
    hit = asked.search(Query.parse(WORDINGS[0], explain=True)).hits[0]
    assert hit.explanation
    found = {each.retriever: each for each in hit.explanation.retrieved}
    assert (found["vector"].kind, found["vector"].text) == ("asked", WORDINGS[0])
    # To the words all wordings are one text.
    assert (found["keyword"].kind, found["keyword"].text) == ("asked", "\n".join(WORDINGS))


def test_without_its_wordings_the_same_article_scores_no_word(faq: Path, encoder: Encoder) -> None:
    engine = SearchEngine.open(build(faq, encoder, without_asked=True))
    assert engine.article("mortgage-early").asked == ()
    found = engine.search(Query.parse("窟窿", mode="keyword")).hits
    assert [hit.id for hit in found] == []


def test_wordings_change_no_list_of_related_articles(
    faq: Path, encoder: Encoder, asked: SearchEngine
) -> None:
    without = SearchEngine.open(build(faq, encoder, without_asked=True))
    for key in ("mortgage-early", "mortgage-late", "card-min"):
        assert asked.related(key) == without.related(key)


def test_inspect_counts_and_shows_them(folder: Path) -> None:
    assert inspect_index(folder)["counts"]["asked"] == 2
    article = inspect_article(folder, "mortgage-early")
    kinds = [each["kind"] for each in article["passages"]]
    assert kinds[:4] == ["title", "asked", "asked", "lead"]
    assert [each["indexed_text"] for each in article["passages"][1:3]] == list(WORDINGS)
    assert f"asked  - 0–0\n       {WORDINGS[0]}" in describe_article(article)


def test_they_survive_when_the_collection_changes(faq: Path, encoder: Encoder) -> None:
    folder = build(faq, encoder)
    before = read_current(folder)[1]
    report = remove_from_index(["card-min"], folder)
    after = read_current(folder)[1]
    assert report.build
    assert (after.counts.asked, after.counts.embedded) == (2, 0)
    assert after.counts.articles == before.counts.articles - 1
    engine = SearchEngine.open(folder)
    assert engine.article("mortgage-early").asked == WORDINGS
    assert engine.search(Query.parse(QUESTION)).hits[0].id == "mortgage-early"
