"""Excel workbooks: each sheet that has a row of headers, one article a row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol, cast

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.fields import shown
from indexer.readers.limits import (
    MAX_SHEET_ROWS,
    MAX_WORKBOOK_BYTES,
    MAX_WORKBOOK_PARTS,
    MAX_WORKBOOK_TAGS,
)
from indexer.readers.reading_context import ReadingContext
from indexer.readers.signatures import HEAD_BYTES, OLE_BYTES, is_zip, office_file_it_is, what_it_is
from indexer.readers.source_file import SourceFile
from indexer.readers.table import Row, Table

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook

_CHUNK_BYTES = 2**20
_ENCRYPTED = 0x1
_EXCEL_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_SAVE_AGAIN = "open it in Excel and save it again"


class _Sheet(Protocol):
    """What is used of a sheet opened to be read only."""

    title: str

    def reset_dimensions(self) -> None: ...

    def iter_rows(self, *, values_only: bool) -> Iterator[tuple[object, ...]]: ...


def read_xlsx(file: SourceFile, context: ReadingContext) -> Iterator[Article]:
    """Articles of a workbook; sheets without a row of headers are counted.

    Raises:
        SourceError: it is no workbook, damaged, beyond the limits, or no sheet has headers.
    """
    _check(file)
    workbook = _open(file)
    without: list[SourceError] = []
    found = False
    for sheet in cast("list[_Sheet]", workbook.worksheets):
        table = Table(f"{file.label}[{shown(sheet.title)}]", context)
        yield from _read_sheet(sheet, table, f"{file.label}[{shown(sheet.title)}]", context)
        found = found or table.has_header
        if not table.has_header and (problem := table.no_header()):
            without.append(problem)
    if not found:
        raise next(iter(without), SourceError(file.label, "the workbook is empty"))
    for problem in without:
        context.left_out[f"sheet without a row of headers, {problem.where}"] += 1


def _read_sheet(
    sheet: _Sheet, table: Table, where: str, context: ReadingContext
) -> Iterator[Article]:
    # The size that a sheet says it has may be wrong.
    sheet.reset_dimensions()
    rows = iter(sheet.iter_rows(values_only=True))
    number = 0
    while not table.gives_up:
        try:
            # openpyxl warns of parts that a table of texts does not need.
            with warnings.catch_warnings(action="ignore"):
                cells = next(rows, None)
        except Exception as error:  # openpyxl raises whatever its parts raise
            problem = f"the sheet is damaged from here on ({_cause(error)}); {_SAVE_AGAIN}"
            context.reject(SourceError(where, problem, number + 1))
            return
        if cells is None:
            return
        number += 1
        if number > MAX_SHEET_ROWS:
            problem = f"the sheet has more than {MAX_SHEET_ROWS:,} rows; split it"
            context.reject(SourceError(where, problem, number))
            return
        try:
            article = table.take(Row(number, cells))
        except SourceError as error:
            context.reject(error)
            continue
        if article:
            yield article


def _open(file: SourceFile) -> Workbook:
    from openpyxl import load_workbook

    file.stream.seek(0)
    try:
        with warnings.catch_warnings(action="ignore"):
            return load_workbook(file.stream, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its parts raise
        problem = f"the workbook is damaged ({_cause(error)}); {_SAVE_AGAIN}"
        raise SourceError(file.label, problem) from error


def _check(file: SourceFile) -> None:
    """Unpack all parts once, keeping none: sizes are counted, checksums are compared."""
    head = file.head(HEAD_BYTES)
    if not is_zip(head):
        problem = office_file_it_is(file.head(OLE_BYTES)) or _no_workbook(head)
        raise SourceError(file.label, problem)
    file.stream.seek(0)
    try:
        with zipfile.ZipFile(file.stream) as archive:
            _check_parts(archive, file.label)
    except SourceError:
        raise
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        problem = f"the workbook is damaged or cut short ({_cause(error)}); {_SAVE_AGAIN}"
        raise SourceError(file.label, problem) from error
    except Exception as error:  # zlib and struct raise errors of their own
        raise SourceError(file.label, f"the workbook is damaged ({_cause(error)})") from error


def _check_parts(archive: zipfile.ZipFile, label: str) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise SourceError(label, "a zip archive, no Excel workbook; save the table as .xlsx")
    if len(parts) > MAX_WORKBOOK_PARTS:
        raise SourceError(label, f"the workbook has more than {MAX_WORKBOOK_PARTS:,} parts")
    size = tags = 0
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise SourceError(label, "the workbook is protected by a password; save it without one")
        if part.compress_type not in _EXCEL_METHODS:
            raise SourceError(label, f"packed in a way that Excel does not know; {_SAVE_AGAIN}")
        with archive.open(part) as content:
            while chunk := content.read(_CHUNK_BYTES):
                size += len(chunk)
                tags += chunk.count(b"<") if part.filename.endswith((".xml", ".rels")) else 0
                if size > MAX_WORKBOOK_BYTES:
                    limit = MAX_WORKBOOK_BYTES // 2**20
                    raise SourceError(
                        label, f"the workbook unpacks to more than {limit} MB; split it"
                    )
                if tags > MAX_WORKBOOK_TAGS:
                    raise SourceError(label, "the workbook has too many cells; split it")


def _no_workbook(head: bytes) -> str:
    it_is = what_it_is(head)
    return (
        f"no Excel workbook: {it_is}"
        if it_is
        else ("no Excel workbook but text; a table as text must end in .csv")
    )


def _cause(error: Exception) -> str:
    return shown(str(error) or type(error).__name__)
