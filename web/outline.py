"""An article's body as a page shows it: sections of paragraphs and lists."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from indexer.article import Article, PlacedBlock

RunKind = Literal["paragraphs", "numbered", "bullets"]


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks that stand together: paragraphs, or the items of one list."""

    kind: RunKind
    blocks: tuple[PlacedBlock, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its anchor; the heading may be empty."""

    anchor: str
    heading: str
    runs: tuple[Run, ...]


def outline(article: Article) -> tuple[Part, ...]:
    """The sections of an article with their blocks gathered into lists."""
    placed: dict[int, list[PlacedBlock]] = {}
    for block in article.placed_blocks():
        placed.setdefault(block.section, []).append(block)
    return tuple(
        Part(article.section_anchor(index), section.heading, tuple(_runs(placed.get(index, ()))))
        for index, section in enumerate(article.sections)
    )


def _runs(blocks: Iterable[PlacedBlock]) -> Iterable[Run]:
    for kind, together in groupby(blocks, key=_kind):
        yield Run(kind, tuple(together))


def _kind(placed: PlacedBlock) -> RunKind:
    if placed.block.kind == "paragraph":
        return "paragraphs"
    return "bullets" if placed.block.number is None else "numbered"
