"""Rows of a table to articles: shared by CSV files and workbooks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.body import body_sections, plain_text
from indexer.readers.columns import Columns
from indexer.readers.fields import Fields, shown
from indexer.readers.limits import MAX_COLUMNS, MAX_ROWS_BEFORE_HEADER
from indexer.readers.reading_context import ReadingContext

Cell = object
_FORMULA_ERRORS = {"#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"}


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number as its program counts, and its cells."""

    number: int
    cells: Sequence[Cell]

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell_text(cell) for cell in self.cells)


class Table:
    """Reads rows in turn: those before the header, the header, articles."""

    def __init__(self, where: str, context: ReadingContext) -> None:
        """Start before the header.

        Args:
            where: the file, or the sheet, for messages.
            context: options, and where to tell what is left out.
        """
        self._where = where
        self._context = context
        self._headers: tuple[str, ...] = ()
        self._columns: Columns | None = None
        self._first: Row | None = None
        self._before = 0

    @property
    def has_header(self) -> bool:
        """Whether the header row was found."""
        return self._columns is not None

    @property
    def gives_up(self) -> bool:
        """Whether the header row is not among the rows where it is looked for."""
        return self._columns is None and self._before >= MAX_ROWS_BEFORE_HEADER

    def take(self, row: Row) -> Article | None:
        """The article of a row; None for a row that is empty, the header, or before it.

        Raises:
            SourceError: the row is no article.
        """
        if row.is_empty:
            return None
        if self._columns is None:
            self._look_for_header(row)
            return None
        if tuple(map(cell_text, row.cells[: len(self._headers)])) == self._headers:
            self._context.left_out["repeated header row"] += 1
            return None
        return self._article(row, self._columns)

    def no_header(self) -> SourceError | None:
        """What to say where the table ended without a header row; None where it was empty."""
        if self._first is None:
            return None
        names = ", ".join(shown(cell_text(cell)) for cell in self._first.cells[:8])
        columns = self._columns_of(tuple(map(cell_text, self._first.cells)))
        missing = [each for each in ("title", "body") if each not in columns.by_field]
        problem = (
            f"no row of headers that names {' and '.join(missing) or 'title and body'} (it starts "
            f"with {names}); name them with --column {missing[0] if missing else 'title'}=HEADER"
        )
        return SourceError(self._where, problem, self._first.number)

    def _columns_of(self, headers: tuple[str, ...]) -> Columns:
        return Columns(headers, self._context.options.columns)

    def _look_for_header(self, row: Row) -> None:
        headers = tuple(map(cell_text, row.cells[:MAX_COLUMNS]))
        columns = self._columns_of(headers)
        if columns.has_article:
            self._headers, self._columns = headers, columns
            columns.note(headers, self._context)
            if self._before:
                self._context.left_out["row before the headers"] += self._before
        else:
            self._first = self._first or row
            self._before += 1

    def _article(self, row: Row, columns: Columns) -> Article:
        extra = [cell for cell in row.cells[len(self._headers) :] if cell_text(cell)]
        if extra:
            problem = (
                f"the row has {len(row.cells)} cells and the headers are {len(self._headers)}; "
                "put a text that holds the separator in quotes"
            )
            raise SourceError(self._where, problem, row.number)
        # The first of several columns of one name counts.
        cells = dict(reversed(list(zip(self._headers, row.cells, strict=False))))
        return article_of(columns.values(cells), self._where, row.number)


def article_of(values: dict[str, object], where: str, line: int) -> Article:
    """The article of fields as a table or a JSON object gave them.

    Raises:
        SourceError: a field is missing or not what it should be.
    """
    for name, value in values.items():
        if isinstance(value, float):
            values[name] = cell_text(value)
        elif isinstance(value, str) and value.strip() in _FORMULA_ERRORS:
            raise SourceError(where, f'"{name}" is the formula error {value.strip()}', line)
        elif isinstance(value, date | time) and name != "published":
            values[name] = cell_text(value)
    fields = Fields(values, where, line)
    title = plain_text(fields.text("title", required=True))
    body = fields.text("body", required=True)
    return fields.article(body_sections(body, where, line), title=title or None)


def cell_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a fraction, dates as 2023-04-22."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
