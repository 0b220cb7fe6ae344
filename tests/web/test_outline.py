"""How an article's body becomes paragraphs and lists."""

from __future__ import annotations

from indexer.article import Article, Block, Section
from web.outline import Run, outline

ARTICLE = Article(
    id="a",
    title="花呗无法使用是为什么",
    sections=(
        Section("", (Block("paragraph", "多半出在三处。"),)),
        Section(
            "一、原因",
            (
                Block("paragraph", "对照下面几条："),
                Block("item", "额度不够。", 1),
                Block("item", "有逾期。", 2),
                Block("item", "别的。"),
                Block("paragraph", "再看提示。"),
            ),
        ),
        Section("二、留白", ()),
    ),
)


def _shape(run: Run) -> tuple[str, list[str]]:
    return run.kind, [placed.anchor for placed in run.blocks]


def test_neighbouring_blocks_of_a_kind_stand_together() -> None:
    lead, causes, empty = outline(ARTICLE)

    assert [_shape(run) for run in lead.runs] == [("paragraphs", ["s0-1"])]
    assert [_shape(run) for run in causes.runs] == [
        ("paragraphs", ["s1-1"]),
        ("numbered", ["s1-2", "s1-3"]),
        ("bullets", ["s1-4"]),
        ("paragraphs", ["s1-5"]),
    ]
    assert empty.runs == ()


def test_sections_have_anchors() -> None:
    assert [(part.anchor, part.heading) for part in outline(ARTICLE)] == [
        ("s0", ""),
        ("s1", "一、原因"),
        ("s2", "二、留白"),
    ]
