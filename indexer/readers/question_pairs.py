"""A page of many questions with answers, told from an article with sections.

Boxes that open (``details``), definition lists, a run of headings that ask, and typed
「问：… 答：…」 make pairs where they make up most of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from indexer.readers.structure import Line
from indexer.readers.structured_data import Pair

_ASKS = re.compile(
    r"[?？]\s*$|(?:吗|呢|么|怎么办|怎么样|什么意思|多久|多少|哪些|哪里|哪儿|为什么|如何)[?？]?\s*$"
    r"|^(?:如何|怎么|怎样|为什么|为何|什么|哪些|哪里|是否|能否|可否|请问|能不能|可以)"
)
_TYPED_QUESTION = re.compile(
    r"^(?:\d{1,3}\s*[、.．)）]\s*)?(?:问题?\s*\d{0,3}|Q\s*\d{0,3}|【问】|\[问\])\s*[:：、.．]\s*(?P<text>\S.*)$",
    re.IGNORECASE,
)
_TYPED_ANSWER = re.compile(
    r"^(?:答案?\s*\d{0,3}|A\s*\d{0,3}|【答】|\[答\])\s*[:：、.．]\s*(?P<text>.*)$", re.IGNORECASE
)
_NUMBERING = re.compile(
    r"^(?:[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）、.．:：]\s*|(?:Q|问题?)\s*\d{0,3}\s*[:：、.．]\s*)+",
    re.IGNORECASE,
)
_FAQ_TITLE = re.compile(
    r"常见问题|问题解答|问答|FAQ|Q\s*&\s*A|帮助中心|帮助|答疑|百问", re.IGNORECASE
)

# The box level: `summary` and `dt` say that they open or head something.
_BOX_LEVEL = 7
# How many questions make a page of questions: of boxes or under a title such as
# 常见问题, and of headings under another title.
_FEW, _MANY = 2, 3
_MIN_SHARE_ASKING = 0.8
_MIN_SHARE_ASKING_IN_BOXES = 0.5
# How much of the text must stand under the questions.
_MIN_SHARE_OF_TEXT = 0.6


def asks(text: str) -> bool:
    """Whether a title or a heading is a question."""
    return bool(_ASKS.search(text))


def question_pairs(lines: Sequence[Line], title: str) -> list[Pair]:
    """The pairs of a page; empty where the page is one article."""
    found = _typed_pairs(lines)
    if len(found) >= _FEW and _covers(found, lines):
        return found
    for level in sorted({line.level for line in lines if line.role == "heading"}, reverse=True):
        found = _pairs_under(lines, level)
        if _is_page_of_questions(found, title, level) and _covers(found, lines):
            return found
    return []


def bare_question(text: str) -> str:
    """A question without its number and its 「问：」."""
    return _NUMBERING.sub("", text).strip() or text


def _is_page_of_questions(found: Sequence[Pair], title: str, level: int) -> bool:
    asking = sum(asks(pair.question) for pair in found)
    if not all(pair.answer for pair in found):
        return False
    if level == _BOX_LEVEL:
        return len(found) >= _FEW and asking >= _MIN_SHARE_ASKING_IN_BOXES * len(found)
    if asking < _MIN_SHARE_ASKING * len(found):
        return False
    if _FAQ_TITLE.search(title):
        return len(found) >= _FEW
    # Sections of an article that answers one question may ask, too.
    return len(found) >= _MANY and not asks(title)


def _covers(found: Sequence[Pair], lines: Sequence[Line]) -> bool:
    inside = sum(len(line.text) for pair in found for line in pair.answer)
    inside += sum(len(pair.question) for pair in found)
    return inside >= _MIN_SHARE_OF_TEXT * sum(len(line.text) for line in lines)


def _pairs_under(lines: Sequence[Line], level: int) -> list[Pair]:
    """Headings of a level with what stands under each."""
    pairs: list[Pair] = []
    group = ""
    opened: tuple[Line, list[Line]] | None = None
    for line in lines:
        if line.role == "heading" and line.level <= level:
            pairs += _closed(opened, group)
            opened = (line, []) if line.level == level else None
            group = group if opened else line.text
        elif opened:
            opened[1].append(line)
    return pairs + _closed(opened, group)


def _closed(opened: tuple[Line, list[Line]] | None, group: str) -> list[Pair]:
    if opened is None:
        return []
    heading, answer = opened
    return [Pair(bare_question(heading.text), _without_mark(answer), heading.at, group)]


def _without_mark(answer: Sequence[Line]) -> Sequence[Line]:
    """An answer without the 「答：」 before it."""
    if answer and (found := _TYPED_ANSWER.match(answer[0].text)):
        rest = [Line(found["text"], at=answer[0].at)] if found["text"] else []
        return [*rest, *answer[1:]]
    return answer


def _typed_pairs(lines: Sequence[Line]) -> list[Pair]:
    """Pairs typed as 「问：…」 and 「答：…」."""
    pairs: list[Pair] = []
    opened: tuple[str, int, list[Line], bool] | None = None
    for line in lines:
        if question := _TYPED_QUESTION.match(line.text):
            pairs += _typed(opened)
            opened = (question["text"], line.at, [], False)
        elif opened:
            text, at, answer, answered = opened
            opened = (text, at, [*answer, line], answered or bool(_TYPED_ANSWER.match(line.text)))
    return [*pairs, *_typed(opened)]


def _typed(opened: tuple[str, int, list[Line], bool] | None) -> Iterator[Pair]:
    if opened and opened[3]:
        question, at, answer, _ = opened
        yield Pair(bare_question(question), _without_mark(answer), at)
