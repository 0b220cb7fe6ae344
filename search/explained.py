"""Explanations as lines for a terminal."""

from __future__ import annotations

from search.explanation import HitExplanation, QueryExplanation, Retrieved
from search.understanding import Compared

_CHARACTERS = 40
_QUESTIONS = {"title": "标题", "asked": "相似问法"}
_REASONS = {
    "lead": "首段，标题之外问到的词别处没有更多",
    "tells_more": "这一段比首段多答了问到的词",
    "only_title": "只有标题",
}


def format_hit(explanation: HitExplanation) -> list[str]:
    """How a hit came to its place, a line each for scores, fusion, agreement and passage."""
    shown = explanation.passage
    told = f"：{'、'.join(shown.told)}" if shown.told else ""
    return [
        *(_format_retrieved(each) for each in explanation.retrieved),
        f"得分 {explanation.fusion.formula}",
        *_format_agreement(explanation.agreement),
        f"选段 {_REASONS[shown.reason]}{told}",
    ]


def format_query(explanation: QueryExplanation) -> str:
    """How the question was read and the status found."""
    expansions = (
        f"{token}→{'、'.join(f'{each.word}×{each.weight:g}' for each in others)}"
        for token, others in explanation.expansions.items()
    )
    facts = {
        "读作": explanation.canonical,
        "用词": "、".join(explanation.tokens),
        "略去": "、".join(explanation.stop_words),
        "别名": "、".join(f"{each.written}→{each.name}" for each in explanation.aliases),
        "分句": "；".join(f"{each.text}×{each.weight:.2f}" for each in explanation.clauses),
        "扩展": "；".join(expansions),
        "问的": explanation.about.line,
        "把握": _format_confidence(explanation),
    }
    return "\n".join(f"{name}  {told}" for name, told in facts.items() if told)


def _format_agreement(compared: Compared) -> list[str]:
    """One line, or none where question and article say nothing of the same kind."""
    agreement = compared.agreement
    told = {
        "产品": agreement.product,
        "数字": agreement.numbers,
        "条件": agreement.contrasts,
    }
    numbers = "，".join(f"{name} {value:+.2f}" for name, value in told.items() if value)
    return [f"相合 {numbers}（{compared.about.line}）"] if numbers else []


def _format_confidence(explanation: QueryExplanation) -> str:
    if explanation.confidence is None:
        return f"没有可用的校准或结果（{explanation.status}）"
    return (
        f"{explanation.confidence.formula}；{explanation.suggest:.4f} 起供参考，"
        f"{explanation.answer:.4f} 起算回答（{explanation.status}）"
    )


def _format_retrieved(retrieved: Retrieved) -> str:
    text = retrieved.text.replace("\n", " ")
    cut = text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…"
    place = retrieved.anchor or _QUESTIONS[retrieved.kind]
    return f"{retrieved.retriever:<7} {retrieved.score:.4f} 第 {retrieved.rank} 名  [{place}] {cut}"
