"""A search response for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from search.dated import dated_text
from search.explained import format_hit, format_query
from search.response import REASON_LABELS, Answer, Hit, RelatedArticle, SearchResponse, WaysOn

_STATUS = {
    "answered": "",
    "suggested": "没有完全对应的回答，下面几篇可能有用：\n\n",
    "none": "没有找到能回答这个问题的内容。",
}
_CORRECTED = "已按“{}”查找；加上 --literal 按原文查找。\n\n"
_ANSWER_CHARACTERS = 120


def format_response(response: SearchResponse) -> str:
    """The ranked list; words that match are marked where the terminal can."""
    # What is dated says so itself, at the hit.
    told_first = (each.text for each in response.notices if each.kind != "dated")
    notices = "".join(click.style(f"注意：{text}\n\n", fg="red") for text in told_first)
    corrected = _CORRECTED.format(response.corrected_query) if response.corrected_query else ""
    told = f"\n\n{format_query(response.explanation)}" if response.explanation else ""
    return notices + corrected + _format_hits(response) + told


def _format_hits(response: SearchResponse) -> str:
    if response.status == "none":
        return "\n".join([_STATUS["none"], *_ways_on(response.suggestions)])
    hits = [_format_hit(place, hit) for place, hit in enumerate(response.hits, response.offset + 1)]
    if not hits:
        return f"共 {response.total} 条，这一页没有内容。"
    return _STATUS[response.status] + "\n\n".join(hits)


def _ways_on(ways: WaysOn | None) -> list[str]:
    """What to try where nothing answers, a line each."""
    lines = ["可以换个说法再问，急事请直接问贷款机构的官方客服。"]
    if ways and ways.categories:
        lines.append(f"相近的分类：{'、'.join(ways.categories)}")
    if ways and ways.questions:
        lines += ["常见问题：", *(f"    {each.title}" for each in ways.questions)]
    return lines


def _format_hit(place: int, hit: Hit) -> str:
    facts = [
        hit.category,
        hit.published.isoformat() if hit.published else "",
        "仅摘要" if hit.excerpt_only else "",
        f"{hit.score:.2f}",
        hit.id,
    ]
    heading = f"{hit.answer.heading}：" if hit.answer.heading else ""
    told = format_hit(hit.explanation) if hit.explanation else []
    return "\n".join(
        [
            f"{place:>2}. {click.style(hit.title, bold=True)}",
            f"    {heading}{_marked(hit.answer)}",
            *([f"    {dated_text(hit.as_of)}"] if hit.dated else []),
            "    " + click.style(" · ".join(fact for fact in facts if fact), dim=True),
            *(f"    {line}" for line in [*_copies(hit), *told]),
        ]
    )


def _copies(hit: Hit) -> list[str]:
    """One line that names what was folded into a hit, or none."""
    if not hit.duplicates:
        return []
    ids = "、".join(each.id for each in hit.duplicates)
    return [click.style(f"另有 {len(hit.duplicates)} 篇内容相近：{ids}", dim=True)]


def _marked(answer: Answer) -> str:
    """The answer on one line, cut to a readable length, with its highlights underlined."""
    text = answer.text[:_ANSWER_CHARACTERS]
    parts, at = [], 0
    for start, end in answer.highlights:
        if start >= len(text):
            break
        parts += [text[at:start], click.style(text[start:end], fg="yellow", bold=True)]
        at = min(end, len(text))
    parts.append(text[at:])
    cut = "…" if len(answer.text) > _ANSWER_CHARACTERS else ""
    return "".join(parts).replace("\n", " ") + cut


def format_related(related: Sequence[RelatedArticle]) -> str:
    """Related articles, one of two lines each."""
    if not related:
        return "没有相关的文章。"
    return "\n".join(
        f"{place:>2}. {click.style(each.title, bold=True)}\n"
        + click.style(
            "    "
            + " · ".join(
                fact
                for fact in (
                    REASON_LABELS[each.reason],
                    each.category,
                    each.published.isoformat() if each.published else "",
                    f"{each.score:.2f}",
                    each.id,
                )
                if fact
            ),
            dim=True,
        )
        for place, each in enumerate(related, start=1)
    )
