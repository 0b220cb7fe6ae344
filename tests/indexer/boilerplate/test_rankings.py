"""With boilerplate or without it, an index answers the same."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

import data
from indexer.article import Article, derive_id
from indexer.encoders.protocol import Encoder
from indexer.inspection import describe_index, inspect_index
from indexer.judgments import read_judgments
from indexer.pipeline import BuildReport
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import build
from tests.indexer.boilerplate.site import HOUSE_STYLES, corpus, excerpt, wrap

# Every second article of the corpus, of these every fourth only as another page's teaser.
ARTICLES = corpus()[::2]
WHOLE = [article for at, article in enumerate(ARTICLES) if at % 4 != 1]
TEASERS = [excerpt(article) for at, article in enumerate(ARTICLES) if at % 4 == 1]


def write_site(folder: Path, whole: Sequence[Article], teasers: Sequence[Article]) -> list[Path]:
    """The articles as JSONL, and a dumped page that teases the others."""
    folder.mkdir()
    articles, page = folder / "site.jsonl", folder / "page.txt"
    rows = (
        {"id": a.id, "title": a.title, "category": a.category, "body": "\n".join(lines(a))}
        for a in whole[1:]
    )
    articles.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    teased = [f"• {a.title}\n\n{a.text}\n\n贷款问答\n2026-01-02\n" for a in teasers]
    shown = [whole[0].title, *lines(whole[0]), "大家还在看", *teased]
    page.write_text("\n\n".join(shown), encoding="utf-8")
    return [articles, page]


def lines(article: Article) -> list[str]:
    found = []
    for section in article.sections:
        found += [f"## {section.heading}"] if section.heading else []
        for block in section.blocks:
            found.append(f"{block.number}. {block.text}" if block.number else block.text)
    return found


@pytest.fixture(scope="module")
def folders(
    tmp_path_factory: pytest.TempPathFactory, encoder: Encoder
) -> dict[str, tuple[Path, BuildReport]]:
    root = tmp_path_factory.mktemp("sites")
    built = {}
    for name in ("plain", "wrapped"):
        whole, teasers = list(WHOLE), list(TEASERS)
        if name == "wrapped":
            for shown in (whole, teasers):
                for at, article in enumerate(shown):
                    rng = random.Random(article.id)
                    shown[at] = wrap(article, HOUSE_STYLES[at % 3], rng).shown
        sources = write_site(root / name, whole, teasers)
        built[name] = root / f"{name}-index", build(sources, root / f"{name}-index", encoder)
    return built


def test_every_ranking_is_the_same(folders: dict[str, tuple[Path, BuildReport]]) -> None:
    plain, wrapped = (SearchEngine.open(folders[name][0]) for name in ("plain", "wrapped"))
    questions = [each.query for each in read_judgments(data.JUDGMENTS / "dev.jsonl")[::2]]
    assert len(questions) > 100
    for question in questions:
        query = Query.parse(question)
        found = wrapped.search(query)
        assert found.hits == plain.search(query).hits, question
        assert found.status == plain.search(query).status, question


def test_every_related_list_is_the_same(folders: dict[str, tuple[Path, BuildReport]]) -> None:
    plain, wrapped = (SearchEngine.open(folders[name][0]) for name in ("plain", "wrapped"))
    derived = [derive_id(article.title) for article in (WHOLE[0], *TEASERS)]
    for article_id in [*derived, *(article.id for article in WHOLE[1:])]:
        assert wrapped.related(article_id) == plain.related(article_id), article_id


def test_the_sites_differ_and_inspect_lists_by_what(
    folders: dict[str, tuple[Path, BuildReport]],
) -> None:
    folder, report = folders["wrapped"]
    taken = report.manifest.boilerplate
    assert taken.articles == len(ARTICLES)
    overview = inspect_index(folder)
    assert overview["boilerplate"]["sentences"] == taken.sentences > 3 * len(ARTICLES)
    forms = {form["form"]: form for form in overview["boilerplate"]["forms"]}
    greeting = forms["嗨，欢迎来到钱袋问答。"]
    assert (greeting["place"], greeting["evidence"]) == ("opening", "learned")
    assert greeting["count"] > 60
    assert forms["转载请注明出处"]["place"] == "closing"
    described = describe_index(overview)
    assert f"{greeting['count']} × opening, learned: 嗨，欢迎来到钱袋问答。" in described
    assert (
        f"pasted sentences taken away: {taken.sentences:,} from {taken.articles} art" in described
    )
    assert not folders["plain"][1].manifest.boilerplate.forms
