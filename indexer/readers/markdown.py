"""Markdown with front matter: the form of the bundled corpus."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml
from markdown_it import MarkdownIt
from markdown_it.token import Token

from indexer.article import Article, Block, Section
from indexer.errors import SourceError
from indexer.readers.fields import Fields
from indexer.readers.limits import MAX_FRONT_MATTER_CHARACTERS, MAX_FRONT_MATTER_DEPTH
from indexer.readers.tags import without_tags

# LibYAML's, where PyYAML was built with it, reads ten times as fast as Python's.
_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?\n)?---[ \t]*(?:\n|\Z)", re.DOTALL)


def read_markdown(text: str, where: str) -> Article:
    """The article of one Markdown file.

    The title is the front matter's ``title``, or else the first ``#`` heading.

    Raises:
        SourceError: the front matter is broken, or the title or the text is missing.
    """
    values, body = _split_front_matter(text, where)
    title, sections = _read_body(body)
    fields = Fields(values, where, None)
    if not fields.text("title") and title is None:
        raise fields.error('missing "title": write it in the front matter or as a "# " heading')
    return fields.article(sections, title=fields.text("title") or title)


def _split_front_matter(text: str, where: str) -> tuple[dict[str, object], str]:
    found = _FRONT_MATTER.match(text)
    if not found:
        if text.startswith("---\n"):
            raise SourceError(where, 'the front matter is not closed by a line "---"', 1)
        return {}, text
    if len(found[0]) > MAX_FRONT_MATTER_CHARACTERS:
        problem = f"the front matter is longer than {MAX_FRONT_MATTER_CHARACTERS:,} characters"
        raise SourceError(where, problem, 1)
    try:
        _check_depth(found[1] or "", where)
        # Every value as it is written: an id 007 is no number.
        values = yaml.load(found[1] or "", Loader=_LOADER) or {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 2 if mark else 1
        problem = getattr(error, "problem", None) or "cannot be read"
        raise SourceError(where, f"front matter: {problem}", line) from None
    if not isinstance(values, dict):
        raise SourceError(where, 'front matter: write "name: value" lines', 2)
    return values, text[found.end() :]


def _check_depth(front_matter: str, where: str) -> None:
    """Check that lists in lists end somewhere: a loader would run out of stack over them."""
    depth = 0
    for event in yaml.parse(front_matter, Loader=_LOADER):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_FRONT_MATTER_DEPTH:
            mark = event.start_mark
            line = mark.line + 2 if mark else 1
            raise SourceError(where, "front matter: nested too deeply", line)


def _read_body(body: str) -> tuple[str | None, tuple[Section, ...]]:
    """The text of the first level-one heading, and the sections."""
    reader = _BodyReader()
    # HTML is read as text, and its tags are taken out: nothing is lost with them.
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.read(parser.parse(body))
    kept = (
        Section(heading, tuple(blocks)) for heading, blocks in reader.sections if heading or blocks
    )
    return reader.title, tuple(kept)


class _BodyReader:
    """Walks the tokens of a Markdown body and gathers sections as plain text."""

    def __init__(self) -> None:
        self.title: str | None = None
        self.sections: list[tuple[str, list[Block]]] = [("", [])]
        self._list_numbers: list[int | None] = []  # the next number of each open list
        self._item: tuple[int | None] | None = None  # the number of an item not yet read
        self._heading = ""
        self._cells: list[str] | None = None

    def read(self, tokens: Sequence[Token]) -> None:
        """Read all tokens."""
        for token in tokens:
            handler = getattr(self, f"_on_{token.type}", None)
            if handler:
                handler(token)

    def _on_ordered_list_open(self, token: Token) -> None:
        self._list_numbers.append(int(token.attrGet("start") or 1))

    def _on_bullet_list_open(self, _token: Token) -> None:
        self._list_numbers.append(None)

    def _on_ordered_list_close(self, _token: Token) -> None:
        self._list_numbers.pop()

    _on_bullet_list_close = _on_ordered_list_close

    def _on_list_item_open(self, _token: Token) -> None:
        number = self._list_numbers[-1]
        self._item = (number,)
        self._list_numbers[-1] = None if number is None else number + 1

    def _on_list_item_close(self, _token: Token) -> None:
        self._item = None

    def _on_heading_open(self, token: Token) -> None:
        self._heading = token.tag

    def _on_heading_close(self, _token: Token) -> None:
        self._heading = ""

    def _on_tr_open(self, _token: Token) -> None:
        self._cells = []

    def _on_tr_close(self, _token: Token) -> None:
        self._add_block("，".join(self._cells or ()))
        self._cells = None

    def _on_fence(self, token: Token) -> None:
        self._add_block(" ".join(token.content.split()))

    _on_code_block = _on_fence

    def _on_inline(self, token: Token) -> None:
        text = _plain(token)
        if self._cells is not None:
            self._cells.append(text)
        elif not self._heading:
            self._add_block(text)
        elif self._heading == "h1" and self.title is None and self.sections == [("", [])]:
            self.title = text
        else:
            self.sections.append((text, []))

    def _add_block(self, text: str) -> None:
        if not text:
            return
        blocks = self.sections[-1][1]
        if self._item is None:
            blocks.append(Block("paragraph", text))
        else:
            blocks.append(Block("item", text, self._item[0]))
            # What follows inside the same item is a paragraph of its own.
            self._item = None


def _plain(token: Token) -> str:
    """Inline text without its markup; images and HTML tags are left out."""
    parts = []
    for child in token.children or ():
        if child.type in {"text", "code_inline"}:
            parts.append(child.content)
        elif child.type in {"softbreak", "hardbreak"}:
            parts.append("\n")
    # A line break between Chinese characters is no space.
    joined = re.sub(r"(?<=[^\x00-\xff])\n(?=[^\x00-\xff])", "", "".join(parts))
    return " ".join(without_tags(joined, " ").split())
