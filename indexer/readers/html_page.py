"""A saved web page: the article on it, or the questions with answers that it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.decoding import decode_page
from indexer.readers.fields import Fields, shown
from indexer.readers.furniture import cut_furniture
from indexer.readers.html_blocks import element_lines, parse_html
from indexer.readers.limits import MAX_PAGE_BYTES
from indexer.readers.main_content import MainContent
from indexer.readers.page_facts import PageFacts
from indexer.readers.question_pairs import question_pairs
from indexer.readers.reading_context import ReadingContext
from indexer.readers.source_file import SourceFile
from indexer.readers.structure import Line, build_sections
from indexer.readers.structured_data import (
    Pair,
    article_node,
    json_ld,
    json_pairs,
    microdata_pairs,
    node_text,
)

_ANY_TAG = re.compile(r"<[a-zA-Z!]")


def read_html(file: SourceFile, context: ReadingContext) -> Iterator[Article]:
    """The article of a page; of a page of questions with answers, an article each.

    Raises:
        SourceError: the page cannot be read, or has no text.
    """
    text = decode_page(file.read(MAX_PAGE_BYTES), file.label)
    if "\x00" in text:
        raise SourceError(
            file.label, "binary data, no text", text.count("\n", 0, text.index("\x00")) + 1
        )
    if not _ANY_TAG.search(text):
        raise SourceError(file.label, "holds no HTML; a page dumped as text must end in .txt")
    try:
        articles = _Page(text, file.label, context).articles()
    except SourceError as error:
        if error.where:
            raise
        raise SourceError(file.label, error.problem) from None
    yield from articles


class _Page:
    def __init__(self, text: str, label: str, context: ReadingContext) -> None:
        self._label = label
        self._context = context
        self._tree = parse_html(text)
        self._nodes = json_ld(self._tree, context)
        self._content = MainContent(self._tree)
        self._facts = PageFacts(self._tree, text, self._nodes, self._content.element)

    def articles(self) -> list[Article]:
        said = json_pairs(self._nodes) or microdata_pairs(self._tree)
        if said and not article_node(self._nodes):
            return self._of_pairs(said)
        lines = self._article_lines()
        if not said and (found := question_pairs(lines, self._facts.title)):
            return self._of_pairs(found)
        article = self._article(lines)
        # An article may bring a list of questions along.
        own = [pair for pair in said if pair.question != article.title]
        return [article, *self._of_pairs(own)]

    def _article_lines(self) -> Sequence[Line]:
        lines = element_lines(self._content.element, self._content.is_furniture)
        lines = cut_furniture(lines, self._facts.title)
        if not lines and (body := node_text(article_node(self._nodes), "articleBody")):
            lines = [Line(body)]
        return lines

    def _article(self, lines: Sequence[Line]) -> Article:
        facts = self._facts
        values: dict[str, object] = {
            "title": facts.title,
            "category": facts.category,
            "published": facts.published,
            "url": facts.url,
            "tags": facts.tags,
        }
        fields = Fields(values, self._label, None)
        if not facts.title:
            raise fields.error('missing "title": the page has no heading and no title')
        return fields.article(build_sections(lines))

    def _of_pairs(self, pairs: Sequence[Pair]) -> list[Article]:
        articles = []
        for number, pair in enumerate(pairs, start=1):
            fields = Fields(
                {
                    "title": pair.question,
                    "category": pair.category or self._facts.category,
                    "published": self._facts.published,
                    "url": self._facts.url,
                },
                self._label,
                pair.at or None,
            )
            try:
                articles.append(fields.article(build_sections(pair.answer)))
            except SourceError as error:
                name = shown(pair.question) or number
                problem = f"question {name} of the page: {error.problem}"
                self._context.reject(SourceError(self._label, problem, error.line))
        return articles
