"""HTML to lines: headings, items numbered as shown, paragraphs, rows of tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring

from indexer.errors import SourceError
from indexer.readers.limits import MAX_PAGE_TAGS
from indexer.readers.structure import Line, Role
from indexer.readers.table_text import row_texts

Skip: TypeAlias = Callable[[HtmlElement], bool]

_BLOCK_NAMES = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav ol "
    "optgroup option p pre search section summary table tbody td tfoot th thead tr ul"
)
BLOCKS = frozenset(_BLOCK_NAMES.split())
_NO_TEXT_NAMES = (
    "script style noscript template svg math head title button input select textarea datalist "
    "iframe object embed video audio canvas map frame frameset noframes img source link meta"
)
_NO_TEXT = frozenset(_NO_TEXT_NAMES.split())
_BOLD = frozenset({"b", "strong"})
_LISTS = frozenset({"ul", "ol", "menu", "dir"})
_NUMBER = re.compile(r"-?\d{1,4}")
_INVISIBLE = str.maketrans("", "", "\u200b\u2060\ufeff\u00ad")
_CJK_LINE_BREAK = re.compile(r"(?<=[^\x00-\xff])[ \t]*\n\s*(?=[^\x00-\xff])")
_BOX_LEVEL = 7


def parse_html(text: str) -> HtmlElement:
    """The tree of a page or of a piece of one, without comments.

    Raises:
        SourceError: it holds nothing, or more than the limits; its place is empty.
    """
    if text.count("<") > MAX_PAGE_TAGS:
        raise SourceError("", f"the HTML has more than {MAX_PAGE_TAGS:,} tags; split the page")
    parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        tree = document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        raise SourceError("", "the HTML holds nothing that can be read") from None
    for entry in parser.error_log:
        # Behind such an error the parser reads no further.
        if entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
            raise SourceError("", "the HTML is nested too deep, or one text in it is too long")
    return tree


def html_lines(text: str, *, keep_line_breaks: bool | None = None) -> list[Line]:
    """Lines of a piece of HTML, such as the answer of an export.

    Args:
        text: the piece; it need not be well formed.
        keep_line_breaks: whether a line break of the text breaks a line, as WordPress's
            classic editor has it; by default where the text has no tags that do.

    Raises:
        SourceError: it holds more than the limits; its place is empty.
    """
    if keep_line_breaks is None:
        keep_line_breaks = not re.search(r"<(?:p|br|div|li|h[1-6]|tr)\b", text, re.IGNORECASE)
    return element_lines(parse_html(f"<div>{text}</div>"), keep_line_breaks=keep_line_breaks)


def element_lines(
    element: HtmlElement, skip: Skip = lambda _: False, *, keep_line_breaks: bool = False
) -> list[Line]:
    """Lines of an element and all under it, but for what is skipped.

    Raises:
        SourceError: it is nested too deep; its place is empty.
    """
    walk = _Walk(skip, keep_line_breaks=keep_line_breaks)
    try:
        walk.children(element)
    except RecursionError:
        # The parser's own limit on depth is near to Python's.
        raise SourceError("", "the HTML is nested too deep") from None
    walk.end_line()
    return walk.lines


def element_text(element: HtmlElement) -> str:
    """All text of an element on one line, scripts and controls left out."""
    return " ".join(line.text for line in element_lines(element))


class _Walk:
    """Walks a tree in order and gathers lines. The parser limits how deep it goes."""

    def __init__(self, skip: Skip, *, keep_line_breaks: bool) -> None:
        self.lines: list[Line] = []
        self._skip = skip
        self._keep_line_breaks = keep_line_breaks
        self._text: list[str] = []
        self._bold_depth = 0
        self._all_bold = True
        self._item: tuple[int | None] | None = None  # the number of an item not yet read
        self._heading = 0
        self._at = 0

    def children(self, element: HtmlElement) -> None:
        self._add(element.text)
        for child in element:
            # Entities and other nodes that are no elements have a tag that is no text.
            if isinstance(child.tag, str) and not self._skip(child):
                self._visit(child, child.tag)
            self._add(child.tail)

    def end_line(self) -> None:
        """What was gathered becomes a line."""
        joined = _CJK_LINE_BREAK.sub("", "".join(self._text)).translate(_INVISIBLE)
        text = " ".join(joined.split())
        all_bold, self._text, self._all_bold = self._all_bold, [], True
        if not text:
            return
        if self._heading:
            self.lines.append(Line(text, "heading", level=self._heading, at=self._at))
        elif self._item:
            self.lines.append(Line(text, "item", self._item[0], at=self._at))
            # What follows inside the same item is a paragraph of its own.
            self._item = None
        else:
            role: Role = "strong" if all_bold else "text"
            self.lines.append(Line(text, role, at=self._at))

    def _add(self, text: str | None) -> None:
        if not text:
            return
        first, *others = text.split("\n") if self._keep_line_breaks else [text]
        self._add_piece(first)
        for piece in others:
            self.end_line()
            self._add_piece(piece)

    def _add_piece(self, text: str) -> None:
        self._text.append(text)
        if text.strip() and not self._bold_depth:
            self._all_bold = False

    def _visit(self, element: HtmlElement, tag: str) -> None:
        if tag in _NO_TEXT:
            return
        if tag == "br":
            self.end_line()
        elif tag not in BLOCKS:
            self._inline(element, tag)
        else:
            self.end_line()
            self._at = element.sourceline or 0
            self._block(element, tag)
            self.end_line()

    def _inline(self, element: HtmlElement, tag: str) -> None:
        bold = tag in _BOLD
        self._bold_depth += bold
        self.children(element)
        self._bold_depth -= bold

    def _block(self, element: HtmlElement, tag: str) -> None:
        if tag in _LISTS:
            self._list(element, tag)
        elif tag == "table" and (rows := row_texts(element)) is not None:
            self.lines += [Line(text, "paragraph", at=self._at) for text in rows]
        elif tag in {"summary", "dt"}:
            self._under_heading(element, _BOX_LEVEL)
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self._under_heading(element, int(tag[1]))
        elif tag == "pre":
            kept, self._keep_line_breaks = self._keep_line_breaks, True
            self.children(element)
            self._keep_line_breaks = kept
        else:
            self.children(element)

    def _under_heading(self, element: HtmlElement, level: int) -> None:
        before, self._heading = self._heading, level
        self._item = None
        self.children(element)
        self.end_line()
        self._heading = before

    def _list(self, element: HtmlElement, tag: str) -> None:
        items = sum(child.tag == "li" for child in element)
        step = -1 if element.get("reversed") is not None else 1
        start = items if step < 0 else 1
        number = _attribute_number(element, "start", start)
        for child in element:
            if child.tag == "li":
                number = _attribute_number(child, "value", number)
                if self._skip(child):
                    continue
                self._item = (number if tag == "ol" else None,)
                self._at = child.sourceline or 0
                self.children(child)
                self.end_line()
                self._item = None
                number += step
            elif isinstance(child.tag, str) and not self._skip(child):
                self._visit(child, child.tag)
            self._add(child.tail)
            self.end_line()


def _attribute_number(element: HtmlElement, name: str, default: int) -> int:
    value = (element.get(name) or "").strip()
    return int(value) if _NUMBER.fullmatch(value) else default
