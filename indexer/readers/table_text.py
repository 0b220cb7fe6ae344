"""A table in HTML as text: a row a line, each cell with the header of its column."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

# Spans beyond are a mistake, or meant to hurt.
_MAX_SPAN = 50
_MAX_COLUMNS = 50
# What a table that only lays a page out holds in its cells.
_LAYOUT = ("table", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "article", "section")
_MAX_PARAGRAPHS_IN_A_CELL = 3


def row_texts(table: HtmlElement) -> list[str] | None:
    """Rows as 「header：value，header：value」; None where the table only lays out a page."""
    rows = _own_rows(table)
    if not rows or any(_lays_out(cell) for row in rows for cell in row):
        return None
    grid = _grid(rows)
    headers: list[str] = []
    if len(grid) > 1 and _is_header(rows[0]) and len(rows[0]) > 1:
        headers, *grid = grid
    caption = " ".join("".join(text.itertext()).strip() for text in table.iterchildren("caption"))
    texts = [caption] if caption else []
    for cells, elements in zip(grid, rows[-len(grid) :], strict=True):
        texts.append(_row_text(cells, headers, heads=bool(elements) and elements[0].tag == "th"))
    return [text for text in texts if text]


def _own_rows(table: HtmlElement) -> list[list[HtmlElement]]:
    rows = [*table.iterchildren("tr")]
    for part in table.iterchildren("thead", "tbody", "tfoot"):
        rows += part.iterchildren("tr")
    return [list(row.iterchildren("td", "th"))[:_MAX_COLUMNS] for row in rows]


def _lays_out(cell: HtmlElement) -> bool:
    if next(cell.iterdescendants(*_LAYOUT), None) is not None:
        return True
    return sum(1 for _ in cell.iterdescendants("p", "div")) > _MAX_PARAGRAPHS_IN_A_CELL


def _is_header(row: list[HtmlElement]) -> bool:
    in_head = bool(row) and row[0].getparent().getparent().tag == "thead"
    return in_head or all(cell.tag == "th" for cell in row)


def _grid(rows: list[list[HtmlElement]]) -> list[list[str]]:
    """Texts of the cells, those that span several places repeated there."""
    grid: list[list[str]] = []
    spanning: dict[int, tuple[int, str]] = {}  # column: rows still to come, text
    for row in rows:
        cells: list[str] = []
        for element in row:
            _fill(cells, spanning)
            text = _cell_text(element)
            rows_below = _span(element, "rowspan") - 1
            for copy in range(_span(element, "colspan")):
                if rows_below:
                    spanning[len(cells)] = (rows_below, text)
                cells.append("" if copy else text)
        _fill(cells, spanning)
        grid.append(cells[:_MAX_COLUMNS])
    return grid


def _fill(cells: list[str], spanning: dict[int, tuple[int, str]]) -> None:
    """Put in what spans down from rows above, as far as it stands next."""
    while len(cells) in spanning:
        column = len(cells)
        rows, text = spanning.pop(column)
        if rows > 1:
            spanning[column] = (rows - 1, text)
            cells.append(text)
            # The same place is not looked at again in this row.
            if len(cells) > _MAX_COLUMNS:
                return
        else:
            cells.append(text)


def _span(cell: HtmlElement, name: str) -> int:
    value = (cell.get(name) or "").strip()
    return max(1, min(int(value), _MAX_SPAN)) if re.fullmatch(r"\d{1,4}", value) else 1


def _cell_text(cell: HtmlElement) -> str:
    pieces = [text for text in cell.itertext() if text.strip()]
    return " ".join("".join(pieces).replace("\u200b", "").split())


def _row_text(cells: list[str], headers: list[str], *, heads: bool) -> str:
    if headers:
        named = zip(cells, [*headers, *[""] * len(cells)], strict=False)
        return "，".join(f"{head}：{cell}" if head else cell for cell, head in named if cell)
    filled = [cell for cell in cells if cell]
    if heads and len(filled) > 1:
        return f"{filled[0]}：{'，'.join(filled[1:])}"
    return "，".join(filled)
