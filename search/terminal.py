"""A search response for people at a terminal."""

from __future__ import annotations

from collections.abc import Sequence

import click

from search.explained import format_hit, format_query
from search.response import REASON_LABELS, Answer, Hit, RelatedArticle, SearchResponse

_STATUS = {
    "answered": "",
    "suggested": "没有完全对应的回答，下面几篇可能有用：\n\n",
    "none": "没有找到能回答这个问题的内容。",
}
_ANSWER_CHARACTERS = 120


def format_response(response: SearchResponse) -> str:
    """The ranked list; words that match are marked where the terminal can."""
    notices = "".join(click.style(f"注意：{each.text}\n\n", fg="red") for each in response.notices)
    told = f"\n\n{format_query(response.explanation)}" if response.explanation else ""
    return notices + _format_hits(response) + told


def _format_hits(response: SearchResponse) -> str:
    if response.status == "none":
        return _STATUS["none"]
    hits = [_format_hit(place, hit) for place, hit in enumerate(response.hits, response.offset + 1)]
    if not hits:
        return f"共 {response.total} 条，这一页没有内容。"
    return _STATUS[response.status] + "\n\n".join(hits)


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
