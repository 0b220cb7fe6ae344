"""The clause of a long question that asks, apart from the story around it."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A question shorter than this is its own asking clause.
LONG = 24
_END = re.compile(r"[,，。;；!！?？\n~…]+|\s{1,}")
_ASKS = (
    (3.0, re.compile(r"想问|请问|想知道|问一下|问下|咨询|求问|请教|帮忙看|想了解")),
    (2.0, re.compile(r"怎么|怎样|咋|如何|为什么|为啥|什么|啥|哪|几|多少|多久|谁|能不能|会不会|要不要|是不是|可不可以|有没有|算不算|行不行|该不该|用不用|好不好|合不合|犯不犯|能否|是否|可否|还能|还会|还要|还得")),
    (2.0, re.compile(r"(?:吗|么|呢|嘛|不|没|没有|吧)$")),
)
_GREETING = re.compile(r"^(?:你好|您好|在吗|大家好|各位|谢谢|多谢|麻烦了|求助|急+|救命|在线等|拜托|哈喽|hi|hello)[^,，]{0,6}$")


@dataclass(frozen=True, slots=True)
class Clauses:
    """A question in its clauses.

    Attributes:
        focus: what asks, the surest first; empty for a question that is all asking.
    """

    focus: tuple[str, ...]


def split_question(text: str) -> Clauses:
    """Cut."""
    parts: list[tuple[str, bool]] = []
    at = 0
    for m in _END.finditer(text):
        parts.append((text[at : m.start()], "?" in m[0] or "？" in m[0]))
        at = m.end()
    parts.append((text[at:], False))
    parts = [p for p in parts if p[0].strip() and not _GREETING.match(p[0].strip())]
    if len(text) < LONG or len(parts) < 2:
        return Clauses(())
    scores = []
    for i, (part, q) in enumerate(parts):
        s = sum(w for w, rx in _ASKS if rx.search(part)) + (2.0 if q else 0.0)
        scores.append(s + (i + 1) / len(parts))
    best = max(range(len(parts)), key=lambda i: scores[i])
    picked = parts[best][0]
    # A short one leans on what stands before it.
    i = best
    while len(picked) < 12 and i > 0:
        i -= 1
        picked = parts[i][0] + "，" + picked
    return Clauses((picked,))
