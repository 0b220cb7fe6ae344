"""What a text says can be, will be or is there, and what it says cannot: 能改, 不能改, 有入口.

The contrasts of the lexicon are sides of what borrowers ask most; these are of any word that
stands behind 能, 会 or 有 and their negations.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from indexer.aspects.question_forms import asks_what, asks_whether
from indexer.subjects import NO, YES

_CAN = ("能", "能够", "可以", "允许", "让")
_CANNOT = ("不能", "不能够", "不可以", "不可", "没法", "无法", "没办法", "不允许", "不让", "不准")
_MODALS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(_CAN, ("能", YES)),
    **dict.fromkeys(_CANNOT, ("能", NO)),
    "会": ("会", YES),
    "不会": ("会", NO),
    "有": ("有", YES),
    "没有": ("有", NO),
    "无": ("有", NO),
}
# As jieba cuts them, where it does not cut 能|不能.
_ASKING = {
    **dict.fromkeys(("能否", "可否", "能不能", "可不可以"), "能"),
    **dict.fromkeys(("会否", "会不会"), "会"),
}
_NEGATORS = ("不", "没")
# Between a modal and what it is about.
_SMALL = frozenset(
    (
        *("再", "还", "马上", "直接", "继续", "一起", "随便", "先", "也", "都", "自己", "只", "就"),
        *("把", "被", "给", "在", "从", "去", "来", "我", "他", "她", "一次", "任何"),
    )
)
# V不了 denies what stands before it: 改不了.
_UNABLE = ("不了", "不成")
_ENDS_CLAUSE = frozenset(",，。;；?？!！、")
# No word: 能吗, 能的.
_WORD = re.compile(r"(?![吗么嘛吧呢啊呀的了])\w+")
# By its first characters, 提前还款 is the 提前 of 提前还清.
_KEY = 2
# No contrast of the lexicon has it in its name: texts are normalised there.
_OF = "…"


def read_polarity(words: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Sides by what they are about, such as ``{"能…改": frozenset({"否"})}`` for 不能改.

    能不能X and 能X吗 ask alike, and are on the side of what they ask: 能X. A question whether
    something cannot be (不能X吗) leaves it open, and so does 有没有X; 为什么不能X says so.

    Args:
        words: of a normalised text, as they are cut.
    """
    found: dict[str, set[str]] = {}
    for clause in _clauses(words):
        asks = asks_whether("".join(clause))
        for modal, side, about in _said(clause):
            if side == YES or not asks:
                found.setdefault(f"{modal}{_OF}{about[:_KEY]}", set()).add(side)
    return {axis: frozenset(sides) for axis, sides in found.items()}


def is_polarity(axis: str) -> bool:
    """Whether a contrast is one of any word, and none of the lexicon."""
    return _OF in axis


def _clauses(words: Sequence[str]) -> Iterator[list[str]]:
    clause: list[str] = []
    for word in words:
        if word in _ENDS_CLAUSE:
            yield clause
            clause = []
        elif word.strip():
            clause.append(word)
    yield clause


def _said(clause: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Modals with their side and the word that they are about."""
    at = 0
    while at < len(clause):
        modal, side, after = _modal(clause, at)
        if modal and side and (about := _about(clause, after)):
            yield modal, side, about
        elif (denied := _denied(clause, at)) is not None:
            yield "能", NO, denied
        at = max(after, at + 1)


def _modal(clause: Sequence[str], at: int) -> tuple[str, str, int]:
    """The modal that begins at a word, its side, and where it ends; no side is left open."""
    word, rest = clause[at], clause[at + 1 : at + 3]
    if word in _ASKING:
        return _ASKING[word], YES, at + 1
    if word in _NEGATORS and rest and _MODALS.get(rest[0], ("", ""))[1] == YES:
        return _MODALS[rest[0]][0], NO, at + 2
    if word not in _MODALS:
        return "", "", at
    modal, side = _MODALS[word]
    for negated in (rest[:1], rest[:2]):
        # 能|不能, 可以|不|可以 ask; 有|没有 leaves it open.
        if "".join(negated) in (f"不{word}", f"没{word}"):
            return modal, "" if modal == "有" else YES, at + 1 + len(negated)
    return modal, side, at + 1


def _about(clause: Sequence[str], at: int) -> str:
    """The first word from there on that says something; none behind another negation."""
    for word in clause[at:]:
        if word in _NEGATORS or word in _MODALS:
            return ""
        if word not in _SMALL:
            return word if _WORD.fullmatch(word) and not asks_what(word) else ""
    return ""


def _denied(clause: Sequence[str], at: int) -> str | None:
    """What V不了 says cannot be: 改 of 改不了, one word or two."""
    word = clause[at]
    for unable in _UNABLE:
        if word == unable and at:
            return clause[at - 1]
        if word.endswith(unable) and len(word) > len(unable):
            return word.removesuffix(unable)
    return None
