"""Where on a page the article stands, and what beside it is furniture.

trafilatura finds the text; the element that holds it is walked by our own reader, which
keeps the structure that a plain text loses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from configparser import ConfigParser
from copy import deepcopy
from itertools import islice

from lxml.html import HtmlElement

from indexer.readers.html_blocks import BLOCKS
from indexer.readers.limits import MAX_SEARCHED_ELEMENTS

# trafilatura falls back on all text of the page below some 250 characters; an answer in
# Chinese is often shorter.
_MIN_EXTRACTED_CHARACTERS = "20"
# The share of the text found that a container must hold to be gone into; one that is
# named as an article's needs less.
_SHARE = 0.97
_NAMED_SHARE = 0.6
_MIN_MATCHED_CHARACTERS = 4
_MAX_LINK_SHARE = 0.7
_MIN_LINKS = 3

_CONTAINER_NAMES = "html body main article section div center form td tr tbody table"
_CONTAINERS = frozenset(_CONTAINER_NAMES.split())
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:article|post|entry|news|content|main|detail|text|body|answer|faq)"
    r"(?:$|[\s_-]?(?:content|body|text|detail|main|con|box|article|list)?(?:$|\s))",
    re.IGNORECASE,
)
_FURNITURE_TAGS = frozenset({"nav", "aside", "footer"})
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|sidebar|side|breadcrumbs?|crumbs?|share|sharing|social|"
    r"related|relate|recommend|recommended|comments?|respond|pagination|pager|pagenav|prevnext|"
    r"footer|copyright|toolbar|ads?|advert|banner|hot|rank|toc|login|search|subscribe|cookie|"
    r"popup|modal|qrcode|post-navigation|tagcloud)(?:$|[\s_-])",
    re.IGNORECASE,
)
_FURNITURE_ROLES = frozenset(
    {"navigation", "banner", "contentinfo", "complementary", "search", "dialog", "menu"}
)


class MainContent:
    """The element of a page that holds its article."""

    def __init__(self, tree: HtmlElement) -> None:
        """Find it."""
        self._found = _squeezed(_extracted(tree))
        self.element = self._locate(tree)

    def is_furniture(self, element: HtmlElement) -> bool:
        """Whether an element inside belongs to the page and not to the article."""
        tag = element.tag
        if tag in _FURNITURE_TAGS or (element.get("role") or "").lower() in _FURNITURE_ROLES:
            return True
        if tag not in BLOCKS:
            return False
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        if _FURNITURE.search(names) and not self._is_found(element):
            return True
        return tag in {"ul", "ol", "div", "dl", "p", "section"} and self._is_list_of_links(element)

    def _is_list_of_links(self, element: HtmlElement) -> bool:
        links = [*element.iterdescendants("a")]
        if len(links) < _MIN_LINKS or self._is_found(element):
            return False
        linked = sum(len(_squeezed("".join(link.itertext()))) for link in links)
        return linked >= _MAX_LINK_SHARE * len(_squeezed("".join(element.itertext())))

    def _is_found(self, element: HtmlElement) -> bool:
        """Whether trafilatura took the beginning of an element for the article's."""
        text = _squeezed("".join(element.itertext()))
        return bool(text) and text[:60] in self._found

    def _locate(self, tree: HtmlElement) -> HtmlElement:
        body = next(tree.iter("body"), tree)
        weights = self._weights(body)
        total = weights.get(body, 0)
        element = body
        while total:
            child = self._heaviest(element, weights)
            if child is None or child.tag not in _CONTAINERS:
                break
            share = weights[child] / total
            if share < (_NAMED_SHARE if _is_named(child) else _SHARE):
                break
            element = child
        return element

    @staticmethod
    def _heaviest(element: HtmlElement, weights: dict[HtmlElement, int]) -> HtmlElement | None:
        children = [child for child in element if child in weights]
        return max(children, key=lambda child: weights[child], default=None)

    def _weights(self, body: HtmlElement) -> dict[HtmlElement, int]:
        """For each element, how many characters of the text found stand in it."""
        weights: dict[HtmlElement, int] = {}
        for element in _innermost_blocks(body):
            text = _squeezed("".join(element.itertext()))
            if len(text) < _MIN_MATCHED_CHARACTERS or text not in self._found:
                continue
            above: HtmlElement | None = element
            while above is not None:
                weights[above] = weights.get(above, 0) + len(text)
                above = above.getparent() if above is not body else None
        return weights


def _innermost_blocks(body: HtmlElement) -> Iterator[HtmlElement]:
    holders: set[HtmlElement] = set()
    blocks = [element for element in body.iterdescendants() if element.tag in BLOCKS]
    for element in blocks:
        above = element.getparent()
        while above is not None and above not in holders:
            holders.add(above)
            above = above.getparent()
    return (element for element in blocks if element not in holders)


def _is_named(element: HtmlElement) -> bool:
    if element.tag in {"article", "main"} or "articleBody" in (element.get("itemprop") or ""):
        return True
    names = (element.get("class") or "", element.get("id") or "")
    return any(_NAMED.search(name) for name in names)


def _extracted(tree: HtmlElement) -> str:
    """The text that trafilatura takes for the article's; empty where it finds none."""
    import logging

    from trafilatura import bare_extraction
    from trafilatura.settings import DEFAULT_CONFIG

    page = deepcopy(tree)
    if sum(1 for _ in islice(page.iter(), MAX_SEARCHED_ELEMENTS + 1)) > MAX_SEARCHED_ELEMENTS:
        return ""
    for cell in page.iter("td", "th"):
        # It writes a cell out for each place that it spans.
        for name in ("rowspan", "colspan"):
            cell.attrib.pop(name, None)
    config: ConfigParser = deepcopy(DEFAULT_CONFIG)
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _MIN_EXTRACTED_CHARACTERS)
    # It logs what it discards; what that means for the page is said by its reader.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        document = bare_extraction(
            page, fast=True, include_comments=False, favor_recall=True, config=config
        )
    except Exception:  # it raises whatever its parts do; the page is then read whole
        return ""
    body = getattr(document, "body", None)
    return "".join(body.itertext()) if body is not None else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())
