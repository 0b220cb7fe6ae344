"""Rows of an FAQ, and all that an index built of them says."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.encoders.protocol import Encoder
from indexer.inspection import verify_index
from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES
from indexer.store.originals import read_originals
from search.engine import SearchEngine
from search.query import Query
from tests.conftest import PAGE_DUMP, build

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


def title_of_an_excerpt(folder: Path, encoder: Encoder) -> str:
    """The title of an excerpt of the dumped page."""
    build([PAGE_DUMP], folder, encoder)
    originals = read_originals(read_current(folder)[0] / ARTICLES)
    return next(article.title for article in originals if article.excerpt_only)
