"""Which reader reads a file: by its name, once its first bytes do not contradict it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.decoding import decode_utf_8
from indexer.readers.limits import MAX_PAGE_BYTES
from indexer.readers.reading_context import ReadingContext
from indexer.readers.signatures import HEAD_BYTES, markup_it_is, what_it_is
from indexer.readers.source_file import SourceFile

Reader = Callable[[SourceFile, ReadingContext], Iterator[Article]]

_HTML = (".htm", ".html")
_TABLES = (".csv", ".tsv")
SUFFIXES = (".csv", ".htm", ".html", ".jsonl", ".md", ".tsv", ".txt", ".xlsx", ".xml")


def reader_of(file: SourceFile) -> Reader:
    """The reader of a file.

    Raises:
        SourceError: the file is not what its name says.
    """
    _check_content(file)
    # Late: each format's library is loaded where a file of it is read.
    if file.suffix in _TABLES:
        from indexer.readers.csv_table import read_csv

        return read_csv
    if file.suffix in _HTML:
        from indexer.readers.html_page import read_html

        return read_html
    if file.suffix == ".xlsx":
        from indexer.readers.xlsx import read_xlsx

        return read_xlsx
    if file.suffix == ".xml":
        from indexer.readers.wordpress import read_wordpress

        return read_wordpress
    if file.suffix == ".jsonl":
        from indexer.readers.jsonl import read_jsonl

        return read_jsonl
    return _read_markdown if file.suffix == ".md" else _read_page_dump


def _check_content(file: SourceFile) -> None:
    head = file.head(HEAD_BYTES)
    if not head:
        raise SourceError(file.label, "the file is empty")
    if file.suffix == ".xlsx":
        return
    it_is = what_it_is(head)
    if it_is is None and file.suffix not in {*_HTML, ".xml"}:
        it_is = markup_it_is(head)
    if it_is:
        raise SourceError(file.label, f"not what its name says: {it_is}")


def _read_markdown(file: SourceFile, _: ReadingContext) -> Iterator[Article]:
    from indexer.readers.markdown import read_markdown

    yield read_markdown(_text(file), file.label)


def _read_page_dump(file: SourceFile, context: ReadingContext) -> Iterator[Article]:
    from indexer.readers.page_dump import read_page_dump

    def pass_over(kind: str) -> None:
        context.left_out[kind] += 1

    yield from read_page_dump(_text(file), file.label, context.reject, pass_over)


def _text(file: SourceFile) -> str:
    return decode_utf_8(file.read(MAX_PAGE_BYTES), file.label)
