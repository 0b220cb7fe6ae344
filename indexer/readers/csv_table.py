"""CSV and TSV: one article a row, read as a stream.

A quote that was never closed would take the rows behind it into its cell. So a record
that breaks a rule is given up after its first line, and the lines behind it are read anew.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator
from itertools import islice

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.columns import Columns
from indexer.readers.decoding import vote
from indexer.readers.limits import MAX_CELL_CHARACTERS, MAX_RECORD_CHARACTERS
from indexer.readers.lines import TextLine, raw_lines, text_lines
from indexer.readers.reading_context import ReadingContext
from indexer.readers.source_file import SourceFile
from indexer.readers.table import Row, Table

_DELIMITERS = ",;\t"
# The line by which Excel is told the separator.
_NAMED_DELIMITER = re.compile(r"sep=([,;|\t])")
# Lines by which the encoding and the separator are judged.
_SAMPLE_LINES = 1_000
_PROBLEMS = {
    "unexpected end of data": 'a quote (") is opened here and never closed',
    "field larger than field limit": (
        f'a cell is longer than {MAX_CELL_CHARACTERS:,} characters; is a quote (") not closed?'
    ),
    "expected after": 'a quote (") inside a cell is not doubled, or not closed',
}


def read_csv(file: SourceFile, context: ReadingContext) -> Iterator[Article]:
    """Articles of a CSV file; every row is an article or a rejection.

    Raises:
        SourceError: no row of headers is found.
    """
    encoding = vote(line.content for line in islice(raw_lines(file.stream), _SAMPLE_LINES))
    sample = list(islice(text_lines(file.stream, encoding), _SAMPLE_LINES))
    delimiter = _delimiter([line.text for line in sample], context)
    del sample
    table = Table(file.label, context)
    for row in _rows(text_lines(file.stream, encoding), delimiter, file.label, context):
        try:
            article = table.take(row)
        except SourceError as error:
            context.reject(error)
            continue
        if article:
            yield article
        if table.gives_up:
            break
    if not table.has_header and (problem := table.no_header()):
        raise problem


def _delimiter(lines: list[str], context: ReadingContext) -> str:
    """The separator that finds a row of headers; else the one that is met most."""
    if lines and (named := _NAMED_DELIMITER.fullmatch(lines[0].strip())):
        return named[1]
    for line in lines:
        for delimiter in _DELIMITERS:
            cells = _cells(line, delimiter)
            if len(cells) > 1 and Columns(cells, context.options.columns).has_article:
                return delimiter
    return max(_DELIMITERS, key=lambda delimiter: sum(line.count(delimiter) for line in lines))


def _cells(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


class _Lines:
    """Lines for the csv module: remembers those of the record being read."""

    def __init__(self, lines: Iterator[TextLine]) -> None:
        self._lines = lines
        self._again: deque[TextLine] = deque()
        self.record: list[TextLine] = []
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._size > MAX_RECORD_CHARACTERS:
            raise csv.Error("field larger than field limit")
        line = self._again.popleft() if self._again else next(self._lines)
        self.record.append(line)
        self._size += len(line.text)
        return line.text

    def start(self) -> None:
        """A new record begins."""
        self.record = []
        self._size = 0

    def read_again(self) -> None:
        """Give the lines of the record back, all but the first."""
        self._again.extendleft(reversed(self.record[1:]))


def _rows(
    lines: Iterator[TextLine], delimiter: str, where: str, context: ReadingContext
) -> Iterator[Row]:
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    source = _Lines(lines)
    reader = csv.reader(source, delimiter=delimiter, strict=True)
    while True:
        source.start()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number = source.record[0].number
            context.reject(SourceError(where, _problem(str(error)), number))
            source.read_again()
            continue
        record = source.record
        if faulty := next((line for line in record if line.fault), None):
            context.reject(SourceError(where, faulty.fault, faulty.number))
        elif record[0].number == 1 and _NAMED_DELIMITER.fullmatch(record[0].text.strip()):
            continue
        else:
            yield Row(record[0].number, cells)


def _problem(message: str) -> str:
    return next(
        (problem for part, problem in _PROBLEMS.items() if part in message), f"no CSV: {message}"
    )
