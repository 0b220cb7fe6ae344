"""A long question in its clauses: what asks, and the story around it.

People tell what happened before they ask (我去年借了三万，结果……，现在想问……). One vector of
it all is mostly of the story; each clause by itself is compared too, and what asks counts
for more than its background.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# A shorter question is one thought: its clauses say nothing by themselves.
LONG = 24
# Each clause is encoded by itself, which takes time.
MOST_CLAUSES = 6
_SHORT = 4

_MARKS = re.compile(r"([,，。;；!！?？~…\s]+)")
_GREETING = re.compile(
    r"(?:你们?好|您好|大家好|各位|在吗|谢谢|多谢|感谢|麻烦|拜托|求助|求解答|救命|急+|在线等|hi|hello)"
    r"[\w]{0,4}"
)
_INTRODUCES = re.compile(r"想问|请问|问下|问一下|想知道|想了解|咨询|请教|求问")
_QUESTION_WORD = re.compile(
    r"怎么|怎样|咋|如何|为什么|为啥|什么|啥|哪|几[个天年月次张家期]|多少|多久|多长|谁"
    r"|(\w)[不没]\1|能否|是否|可否|有没有|有木有"
)
_QUESTION_END = re.compile(r"(?:吗|么|呢|嘛|不|没|没有)$")


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a question.

    Attributes:
        text: without the marks around it.
        weight: its share in the question; the weights of all clauses add up to 1.
    """

    text: str
    weight: float


def clauses(text: str) -> tuple[Clause, ...]:
    """The clauses of a long canonical question in order; none of a short one.

    A clause counts by its length, and more the more it asks. Greetings and thanks are left
    out; of very many clauses the last ones of those that count least.
    """
    if len(text) < LONG:
        return ()
    parts = _parts(text)
    if len(parts) < 2:
        return ()
    weighed = [
        (part, len(part) * (1 + asking(part, marked)), place)
        for place, (part, marked) in enumerate(parts)
    ]
    kept = sorted(weighed, key=lambda each: -each[1])[:MOST_CLAUSES]
    total = sum(weight for _, weight, _ in kept)
    return tuple(
        Clause(part, weight / total) for part, weight, _ in sorted(kept, key=lambda each: each[2])
    )


def asking(clause: str, marked: bool = False) -> float:
    """How far a clause asks, in 0…1: a third for each sign of it.

    Args:
        clause: without the marks around it.
        marked: a question mark stands behind it.
    """
    signs = (
        bool(_INTRODUCES.search(clause)),
        bool(_QUESTION_WORD.search(clause)),
        marked or bool(_QUESTION_END.search(clause)),
    )
    return sum(signs) / len(signs)


def _parts(text: str) -> list[tuple[str, bool]]:
    """Clauses, each with whether a question mark follows; very short ones with the next."""
    pieces = _MARKS.split(text)
    parts: list[tuple[str, bool]] = []
    held = ""
    for clause, marks in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        if not clause or _GREETING.fullmatch(clause):
            continue
        held = f"{held}，{clause}" if held else clause
        if len(held) >= _SHORT:
            parts.append((held, "?" in marks or "？" in marks))
            held = ""
    if held and parts:
        last, marked = parts.pop()
        parts.append((f"{last}，{held}", marked))
    return parts
