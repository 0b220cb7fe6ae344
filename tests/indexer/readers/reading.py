"""Readers as tests call them: bytes in, articles and messages out."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.formats import reader_of
from indexer.readers.reading_context import ReadingContext
from indexer.readers.source_file import SourceFile
from indexer.reading import DEFAULTS, ReadOptions


@dataclass(frozen=True)
class Read:
    """What a file gave."""

    articles: list[Article]
    rejected: list[str]
    left_out: Mapping[str, int]


def read(name: str, content: bytes | str, options: ReadOptions = DEFAULTS) -> Read:
    """Read a file of that name and content, with no file on disk.

    Any exception but a SourceError comes through.
    """
    rejected: list[SourceError] = []
    context = ReadingContext(rejected.append, options)
    data = content.encode() if isinstance(content, str) else content
    file = SourceFile(name, Path(name).suffix, io.BytesIO(data))
    articles: list[Article] = []
    try:
        articles.extend(reader_of(file)(file, context))
    except SourceError as error:
        rejected.append(error)
    return Read(articles, [str(error) for error in rejected], context.left_out)


def blocks(article: Article) -> list[tuple[str, list[tuple[str, int | None, str]]]]:
    """Headings, and under each its blocks as kind, number and text."""
    return [
        (section.heading, [(block.kind, block.number, block.text) for block in section.blocks])
        for section in article.sections
    ]
