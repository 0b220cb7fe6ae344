"""WordPress exports (WXR): the posts, as a stream, with nothing of XML's dangers.

Drafts and pages come when asked for; what is left out is counted by kind.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.utils import parsedate_to_datetime
from urllib.parse import unquote
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser, create_parser

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.body import plain_text
from indexer.readers.fields import Fields, is_legal_id, shown
from indexer.readers.html_blocks import html_lines
from indexer.readers.limits import MAX_POST_CHARACTERS, MAX_XML_TAG_BYTES
from indexer.readers.reading_context import ReadingContext
from indexer.readers.shortcodes import without_shortcodes
from indexer.readers.source_file import SourceFile
from indexer.readers.structure import build_sections
from indexer.reading import ReadOptions

_CHUNK_BYTES = 2**16
_WANTED_NAMES = (
    "title link pubDate content:encoded category wp:post_name wp:status wp:post_type "
    "wp:post_date wp:post_password"
)
_WANTED = frozenset(_WANTED_NAMES.split())
# Exports of old sites hold control characters that XML forbids.
_FORBIDDEN = bytes(set(range(32)) - {9, 10, 13})
# Types of FAQ plugins; all others beside posts and pages are WordPress's own machinery.
_FAQ_TYPE = re.compile(r"faq|question|knowledge|\bkb\b|^docs?$|help", re.IGNORECASE)
_UNPUBLISHED = frozenset({"draft", "pending", "future", "private"})
_NO_CATEGORY = frozenset({"未分类", "uncategorized", "uncategorised"})


@dataclass(slots=True)
class _Item:
    """One item of an export as far as it was read.

    Attributes:
        line: where it begins.
        texts: by element.
        categories: names in order.
        tags: names in order.
        size: characters so far.
    """

    line: int
    texts: dict[str, list[str]] = field(default_factory=dict)
    categories: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    size: int = 0

    def text(self, name: str) -> str:
        return "".join(self.texts.get(name, ())).strip()

    @property
    def too_long(self) -> bool:
        return self.size > MAX_POST_CHARACTERS


def read_wordpress(file: SourceFile, context: ReadingContext) -> Iterator[Article]:
    """Articles of a WordPress export.

    Raises:
        SourceError: it is no WordPress export, or no XML from some line on.
    """
    for item in _items(file):
        if kind := _left_out(item, context.options):
            context.left_out[kind] += 1
            continue
        try:
            yield _article(item, file.label)
        except SourceError as error:
            context.reject(error)


def _items(file: SourceFile) -> Iterator[_Item]:
    handler = _Export(file.label)
    parser = create_parser(forbid_dtd=True)
    parser.setContentHandler(handler)
    handler.parser = parser
    file.stream.seek(0)
    silent = 0
    try:
        while chunk := file.stream.read(_CHUNK_BYTES):
            before = handler.events
            parser.feed(chunk.translate(None, _FORBIDDEN))
            silent = silent + len(chunk) if handler.events == before else 0
            if silent > MAX_XML_TAG_BYTES:
                limit = MAX_XML_TAG_BYTES // 2**20
                raise SourceError(file.label, f"a tag is longer than {limit} MB", handler.line)
            while handler.finished:
                yield handler.finished.popleft()
        parser.close()
    except SAXParseException as error:
        # What was read before the fault is whole.
        yield from handler.finished
        is_cut = error.getMessage() in {"no element found", "unclosed token"}
        what = "the file is cut short" if is_cut else f"broken XML ({error.getMessage()})"
        problem = f"{what}: nothing behind this line was read; export again"
        raise SourceError(file.label, problem, error.getLineNumber()) from None
    except DefusedXmlException:
        problem = "defines a document type or entities, as no WordPress export does"
        raise SourceError(file.label, problem, handler.line) from None
    except (LookupError, ValueError) as error:
        raise SourceError(file.label, f"broken XML ({shown(error)})", handler.line) from None
    if not handler.is_export:
        raise SourceError(file.label, "no WordPress export (WXR)")
    yield from handler.finished


class _Export(ContentHandler):
    """Gathers items while XML is fed to its parser."""

    def __init__(self, label: str) -> None:
        super().__init__()
        self.finished: deque[_Item] = deque()
        self.events = 0
        self.is_export = False
        self.parser: DefusedExpatParser | None = None
        self._label = label
        self._depth = 0
        self._item: _Item | None = None
        self._element = ""
        self._names: list[str] | None = None

    @property
    def line(self) -> int:
        """Where the parser stands."""
        return (self.parser and self.parser.getLineNumber()) or 1

    def startElement(self, name: str, attrs: AttributesImpl) -> None:  # noqa: N802
        self.events += 1
        if self._depth == 0 and name != "rss":
            problem = f"no WordPress export (WXR): it begins with <{shown(name)}>"
            raise SourceError(self._label, problem, self.line)
        self._depth += 1
        self._element = name
        self._names = None
        if name == "wp:wxr_version":
            self.is_export = True
        elif name == "item":
            if not self.is_export:
                problem = "a feed, no WordPress export (WXR)"
                raise SourceError(self._label, problem, self.line)
            self._item = _Item(self.line)
        elif name == "category" and self._item:
            domain = attrs.get("domain")
            self._names = {"category": self._item.categories, "post_tag": self._item.tags}.get(
                str(domain)
            )
            self._item.texts.pop("category", None)

    def characters(self, content: str) -> None:
        self.events += 1
        item = self._item
        if item is None or self._element not in _WANTED:
            return
        item.size += len(content)
        if not item.too_long:
            item.texts.setdefault(self._element, []).append(content)

    def endElement(self, name: str) -> None:  # noqa: N802
        self.events += 1
        self._depth -= 1
        if self._names is not None and self._item:
            self._names.append(plain_text(self._item.text("category")))
        if name == "item" and self._item:
            self.finished.append(self._item)
            self._item = None
        self._element = ""
        self._names = None


def _left_out(item: _Item, options: ReadOptions) -> str:
    """Why an item is not wanted, as a kind to count; empty where it is."""
    kind = item.text("wp:post_type") or "post"
    status = item.text("wp:status") or "publish"
    if kind not in {"post", "page"} and not _FAQ_TYPE.search(kind):
        return shown(kind)
    if kind == "page" and not options.pages:
        return "page"
    if status in _UNPUBLISHED and not options.drafts:
        return "private post" if status == "private" else "draft"
    if status not in _UNPUBLISHED and status != "publish":
        return f"post with status {shown(status)}"
    if item.text("wp:post_password") and not options.drafts:
        return "password-protected post"
    return ""


def _article(item: _Item, where: str) -> Article:
    slug = unquote(item.text("wp:post_name"))
    categories = [name for name in item.categories if name.casefold() not in _NO_CATEGORY]
    title = plain_text(item.text("title"))
    values: dict[str, object] = {
        "title": title,
        "id": slug if is_legal_id(slug) else "",
        "category": next(iter(categories), ""),
        "tags": [*categories[1:], *item.tags],
        "published": _published(item),
        "url": item.text("link"),
    }
    fields = Fields(values, where, item.line)
    if item.too_long:
        raise fields.error(f"the post is longer than {MAX_POST_CHARACTERS:,} characters")
    fields.text("title", required=True)
    content = item.text("content:encoded")
    try:
        # Without the marks of its block editor, WordPress breaks lines where the text does.
        lines = html_lines(without_shortcodes(content), keep_line_breaks="<!-- wp:" not in content)
    except SourceError as error:
        raise fields.error(error.problem) from None
    return fields.article(build_sections(lines))


def _published(item: _Item) -> date | None:
    try:
        return date.fromisoformat(item.text("wp:post_date")[:10])
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(item.text("pubDate")).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        # A draft has no date yet, and WordPress writes year 0.
        return None
