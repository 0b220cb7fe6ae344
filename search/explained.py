"""Explanations as lines for a terminal."""

from __future__ import annotations

from search.explanation import CorrectionExplanation, HitExplanation, QueryExplanation, Retrieved
from search.spelling.candidates import EditKind
from search.understanding import Compared

_CHARACTERS = 40
_QUESTIONS = {"title": "标题", "asked": "相似问法"}
_TYPES = {
    "why": "问原因",
    "how": "问做法",
    "choose": "问怎么选",
    "effect": "问后果",
    "amount": "问数目",
    "whether": "问是否",
    "meaning": "问意思",
    "other": "没有问词",
}
_REASONS = {
    "lead": "首段先作答，别处没有更合适的",
    "fits": "这一段的写法合乎问法",
    "near": "这一段的意思离问题更近",
    "tells_more": "这一段比首段多答了问到的词",
    "only_title": "只有标题",
}
_EDITS: dict[EditKind, str] = {
    "same_sound": "同音",
    "near_sound": "近音",
    "pinyin": "拼音",
    "initials": "拼音首字母",
    "one_off": "错漏一字",
    "name": "产品名",
}


def format_hit(explanation: HitExplanation) -> list[str]:
    """How a hit came to its place, a line each for scores, fusion, agreement and passage."""
    shown = explanation.passage
    asked = f"{_TYPES[shown.type]}，" if shown.type else ""
    scores = f"（{shown.score:.2f}，首段 {shown.lead_score:.2f}）" if shown.terms else ""
    told = f"：{'、'.join(shown.told)}" if shown.told else ""
    return [
        *(_format_retrieved(each) for each in explanation.retrieved),
        f"得分 {explanation.fusion.formula}",
        *_format_agreement(explanation.agreement),
        f"选段 {asked}{_REASONS[shown.reason]}{told}{scores}",
    ]


def format_query(explanation: QueryExplanation) -> str:
    """How the question was read and the status found."""
    expansions = (
        f"{token}→{'、'.join(f'{each.word}×{each.weight:g}' for each in others)}"
        for token, others in explanation.expansions.items()
    )
    correction = explanation.correction
    facts = {
        "纠正": _format_correction(correction) if correction else "",
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
        "不合": -agreement.against,
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


def _format_correction(explanation: CorrectionExplanation) -> str:
    correction = explanation.correction
    edits = "；".join(
        f"{each.written}→{each.meant}（{_EDITS[each.kind]}，代价 {each.cost:.1f}）"
        for each in correction.edits
    )
    return (
        f"{edits}；合计省 {correction.gain:.1f}；把握 "
        f"{explanation.confidence_as_written:.4f}→{explanation.confidence_corrected:.4f}"
    )


def _format_retrieved(retrieved: Retrieved) -> str:
    text = retrieved.text.replace("\n", " ")
    cut = text if len(text) <= _CHARACTERS else text[: _CHARACTERS - 1] + "…"
    place = retrieved.anchor or _QUESTIONS[retrieved.kind]
    return f"{retrieved.retriever:<7} {retrieved.score:.4f} 第 {retrieved.rank} 名  [{place}] {cut}"
