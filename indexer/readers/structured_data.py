"""What a page says of itself by schema.org: questions with answers, its article's fields."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from indexer.errors import SourceError
from indexer.readers.body import body_lines, plain_text
from indexer.readers.html_blocks import element_lines, element_text
from indexer.readers.limits import MAX_ANSWERS_CHARACTERS
from indexer.readers.reading_context import ReadingContext
from indexer.readers.structure import Line

_ARTICLES = {
    "Article",
    "NewsArticle",
    "BlogPosting",
    "TechArticle",
    "AdvertiserContentArticle",
    "Report",
}
_WRAPPER = re.compile(r"^(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*;?$")
# A page has some dozens of nodes.
_MAX_NODES = 20_000

Node = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer as a page gives them.

    Attributes:
        question: plain text, as it stands.
        answer: lines of the answer.
        at: line of the file.
        category: the heading of its group; may be empty.
    """

    question: str
    answer: Sequence[Line]
    at: int
    category: str = ""


def json_ld(tree: HtmlElement, context: ReadingContext) -> list[tuple[int, Node]]:
    """All nodes of a page's JSON-LD with their lines; blocks that are no JSON are counted."""
    nodes: list[tuple[int, Node]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        text = _WRAPPER.sub("", (script.text or "").strip())
        if not text.strip():
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            context.left_out["block of JSON-LD that is no JSON"] += 1
            continue
        nodes += [(script.sourceline or 0, node) for node in _nodes(value, _MAX_NODES)]
    return nodes


def _nodes(value: object, limit: int) -> list[Node]:
    """Objects in the order they are written, each before those inside it."""
    found: list[Node] = []
    pending = [value]
    while pending and len(found) < limit:
        value = pending.pop()
        if isinstance(value, dict):
            found.append(value)
            pending.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            pending.extend(reversed(value))
    return found


def has_type(node: Node, names: Iterable[str]) -> bool:
    """Whether a node is of one of some types, however its vocabulary is written."""
    types = node.get("@type")
    listed = types if isinstance(types, list) else [types]
    return any(re.split(r"[/#:]", str(each))[-1] in names for each in listed)


def article_node(nodes: Sequence[tuple[int, Node]]) -> Node:
    """The page's article; empty where it names none."""
    return next((node for _, node in nodes if has_type(node, _ARTICLES)), {})


def json_pairs(nodes: Sequence[tuple[int, Node]]) -> list[Pair]:
    """Questions with answers of ``FAQPage`` and ``QAPage``, those referred to by id too.

    Raises:
        SourceError: an answer's HTML holds more than the limits; its place is empty.
    """
    if not any(has_type(node, ("FAQPage", "QAPage")) for _, node in nodes):
        return []
    # A reference has nothing but an id.
    by_id = {str(node["@id"]): node for _, node in nodes if "@id" in node and len(node) > 1}
    pairs = []
    size = 0
    for at, node in nodes:
        if has_type(node, ("Question",)):
            question = plain_text(_text(node.get("name")) or _text(node.get("text")))
            answers = _answers(node, by_id)
            size += sum(map(len, answers))
            if size > MAX_ANSWERS_CHARACTERS:
                raise SourceError("", "its JSON-LD gives one long answer to many questions")
            lines = [line for answer in answers for line in body_lines(answer)]
            pairs.append(Pair(question, lines, at))
    return pairs


def _answers(question: Node, by_id: Mapping[str, Node]) -> list[str]:
    """The texts that answer a question: those accepted, else those suggested."""
    for name in ("acceptedAnswer", "suggestedAnswer"):
        given = question.get(name)
        texts: list[str] = []
        for answer in given if isinstance(given, list) else [given]:
            if isinstance(answer, dict):
                answer = by_id.get(str(answer.get("@id")), answer) if len(answer) == 1 else answer
                answer = answer.get("text") or answer.get("name") or answer.get("description")
            texts.append(_text(answer))
        if any(text.strip() for text in texts):
            return texts
    return []


def microdata_pairs(tree: HtmlElement) -> list[Pair]:
    """Questions with answers that are marked by ``itemtype`` in the page's own HTML."""
    pairs = []
    for question in _outermost(tree, lambda each: _item_type(each) == "Question"):
        name = next(_properties(question, "name"), None)
        answers = [*_properties(question, "acceptedAnswer")]
        answers = answers or [*_properties(question, "suggestedAnswer")]
        lines = []
        for answer in answers:
            texts = [*_properties(answer, "text")] or [answer]
            lines += [line for text in texts for line in element_lines(text)]
        if name is not None:
            text = name.get("content") or element_text(name)
            pairs.append(Pair(" ".join(text.split()), lines, question.sourceline or 0))
    return pairs


def _item_type(element: HtmlElement) -> str:
    return str(element.get("itemtype") or "").rstrip("/").rpartition("/")[2]


def _properties(item: HtmlElement, name: str) -> Iterator[HtmlElement]:
    return _outermost(item, lambda each: name in (each.get("itemprop") or "").split())


def _outermost(
    element: HtmlElement, wanted: Callable[[HtmlElement], bool]
) -> Iterator[HtmlElement]:
    """Elements under one that are wanted; what stands inside such is a part of it."""
    end: HtmlElement | None = None
    for event, each in iterwalk(element, events=("start", "end")):
        if event == "start" and end is None and each is not element and wanted(each):
            end = each
            yield each
        elif event == "end" and each is end:
            end = None


def _text(value: object) -> str:
    """Text of a value: itself, or of an object with ``@value``; joined where it is a list."""
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, list):
        return "\n".join(filter(None, map(_text, value[:100])))
    return value if isinstance(value, str) else ""


def node_text(node: Node, *names: str) -> str:
    """The first of some properties that a node has as text."""
    for name in names:
        value = node.get(name)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url") or value.get("name")
        if text := _text(value).strip():
            return plain_text(text.partition("\n")[0])
    return ""


def node_words(node: Node, name: str) -> list[str]:
    """A property as a list of words."""
    value = node.get(name)
    listed = value if isinstance(value, list) else re.split(r"[,，、;；|]", _text(value))
    return [plain_text(each) for each in listed if isinstance(each, str) and each.strip()]
