"""What a page says of its article: title, date, address, category, tags."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from indexer.readers.furniture import is_meta_line
from indexer.readers.html_blocks import element_lines, element_text
from indexer.readers.structured_data import Node, article_node, has_type, node_text, node_words

_SITE_SEPARATOR = re.compile(r"\s+[-–—|_·]\s+|\s*[|_]\s*|(?<=[^\x00-\xff])-(?=[^\x00-\xff])")
_SAVED_FROM = re.compile(
    r"<!--\s*saved from url=\(\d+\)(?P<url>https?://\S+?)\s*-->", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}(?!\d)")
_PAGES = ("FAQPage", "QAPage", "WebPage")
_DATES = ("datePublished", "dateCreated", "dateModified")
_DATE_METAS = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "publishdate",
    "pubdate",
    "publish_time",
    "date",
    "article:modified_time",
)
_HEAD_CHARACTERS = 4096
_LINES_UNDER_TITLE = 5


class PageFacts:
    """Facts of one page, the surest place first."""

    def __init__(
        self,
        tree: HtmlElement,
        text: str,
        nodes: Sequence[tuple[int, Node]],
        content: HtmlElement,
    ) -> None:
        """Take the page and where its article stands on it."""
        self._tree = tree
        self._head = text[:_HEAD_CHARACTERS]
        self._nodes = nodes
        self._node = article_node(nodes)
        self._page = next((node for _, node in nodes if has_type(node, _PAGES)), {})
        self._content = content
        self._metas: dict[str, list[str]] = {}
        for meta in tree.iter("meta"):
            name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
            if value := " ".join((meta.get("content") or "").split()):
                self._metas.setdefault(name.lower(), []).append(value)

    @cached_property
    def title(self) -> str:
        """The article's heading, without the site's name."""
        whole = next((element_line(each) for each in self._tree.iter("title")), "")
        headings = [text for each in self._tree.iter("h1") if (text := element_text(each))]
        inside = [text for each in self._content.iter("h1") if (text := element_text(each))]
        for candidates in (inside, [each for each in headings if whole.startswith(each)]):
            if candidates:
                return candidates[0]
        named = node_text(self._node, "headline", "name") or self._meta("og:title")
        return named or _without_site(whole) or next(iter(headings), "")

    @cached_property
    def published(self) -> str:
        """``2023-04-22``, or empty."""
        times = [
            element.get("datetime") or element.get("content") or element_text(element)
            for element in self._content.iter("time")
        ]
        marked = [
            element.get("datetime") or element.get("content") or element_text(element)
            for element in self._tree.iterdescendants()
            if "datePublished" in (element.get("itemprop") or "")
        ]
        candidates = [
            node_text(self._node, *_DATES),
            node_text(self._page, *_DATES),
            *(self._meta(name) for name in _DATE_METAS),
            *marked,
            *times,
            *self._meta_lines(),
        ]
        found = (_DATE.search(each) for each in candidates if each)
        return next((each[0] for each in found if each), "")

    @cached_property
    def url(self) -> str:
        """The page's own address, or empty."""
        links = [
            link.get("href") or ""
            for link in self._tree.iter("link")
            if "canonical" in (link.get("rel") or "").lower().split()
        ]
        saved = _SAVED_FROM.search(self._head)
        candidates = (
            *links,
            self._meta("og:url"),
            node_text(self._node, "url", "mainEntityOfPage"),
            node_text(self._page, "url"),
            saved["url"] if saved else "",
        )
        return next((each.strip() for each in candidates if _is_address(each.strip())), "")

    @cached_property
    def category(self) -> str:
        """Its section on the site, or empty."""
        said = node_text(self._node, "articleSection") or self._meta("article:section")
        return said or self._last_crumb()

    @cached_property
    def tags(self) -> list[str]:
        """Its keywords as structured data and ``article:tag`` have them."""
        return [*node_words(self._node, "keywords"), *self._metas.get("article:tag", [])]

    def _meta(self, name: str) -> str:
        return next(iter(self._metas.get(name, [])), "")

    def _meta_lines(self) -> list[str]:
        """Lines under the title that say when the article appeared."""
        lines = [line.text for line in element_lines(self._tree)]
        return [
            below
            for at, text in enumerate(lines)
            if text == self.title
            for below in lines[at + 1 : at + 1 + _LINES_UNDER_TITLE]
            if is_meta_line(below)
        ]

    def _last_crumb(self) -> str:
        """The name before the last of a breadcrumb list: the last is the page itself."""
        for _, node in self._nodes:
            items = node.get("itemListElement")
            if has_type(node, ("BreadcrumbList",)) and isinstance(items, list) and len(items) > 2:
                before = items[-2]
                return node_text(before, "name", "item") if isinstance(before, dict) else ""
        return ""


def element_line(element: HtmlElement) -> str:
    """All text of an element on one line, whatever the element is."""
    return " ".join("".join(element.itertext()).split())


def _without_site(title: str) -> str:
    parts = [part for part in _SITE_SEPARATOR.split(title) if part.strip()]
    return parts[0].strip() if parts else ""


def _is_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme in {"http", "https"} and " " not in text
    except ValueError:
        return False
