"""A file that is not what its name says, and one that is too large: one line, what to do."""

from __future__ import annotations

import gzip
import io
import tracemalloc

import pytest

from indexer.errors import SourceError
from indexer.readers.formats import SUFFIXES, reader_of
from indexer.readers.reading_context import ReadingContext
from indexer.readers.source_file import SourceFile
from tests.indexer.readers.making import workbook
from tests.indexer.readers.reading import read

ROW = '{"title": "花呗怎么还", "body": "在账单页还。"}\n'
TABLE = "标题,答案\n花呗怎么还,在账单页还。\n"
WORKBOOK = workbook({"问答": [["title", "body"], ["花呗怎么还", "在账单页还。"]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_WHAT = "not what its name says: "


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG picture"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "a JPEG picture"),
        (b"%PDF-1.7\n", "a PDF document"),
        (gzip.compress(ROW.encode(), mtime=0), "a gzip archive; unpack it first"),
        (TABLE.encode("utf-16"), "UTF-16 text; save the file as UTF-8"),
        ("title,body\nhuabei,huan\n".encode("utf-16-le"), "UTF-16 text; save the file as UTF-8"),
        (TABLE.encode("utf-32"), "UTF-32 text; save the file as UTF-8"),
        (b"title,body\n\x01\x00\x02", "binary data, no text"),
        (b"", "the file is empty"),
    ],
)
def test_no_format_takes_what_is_something_else(suffix: str, content: bytes, problem: str) -> None:
    found = read(f"faq{suffix}", content)
    assert found.articles == []
    assert len(found.rejected) == 1
    assert found.rejected[0].startswith(f"faq{suffix}: ")
    assert problem in found.rejected[0]


@pytest.mark.parametrize(
    ("name", "content", "problem"),
    [
        ("faq.csv", WORKBOOK, NOT_WHAT + "an Excel workbook or another Office file"),
        ("faq.csv", "<!DOCTYPE html><html></html>", NOT_WHAT + "a web page; its name must end in"),
        ("faq.jsonl", "\n<html><body></body></html>", NOT_WHAT + "a web page; its name must end"),
        ("faq.txt", '<?xml version="1.0"?><rss/>', NOT_WHAT + "an XML file"),
        ("faq.csv", OLE + bytes(600), NOT_WHAT + "an old Excel or Word file"),
        ("faq.xlsx", OLE + bytes(600), "an old Excel file (.xls); save it as .xlsx"),
        (
            "faq.xlsx",
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
            "the workbook is protected by a password; save it without one",
        ),
        ("faq.xlsx", TABLE, "no Excel workbook but text; a table as text must end in .csv"),
        ("faq.xlsx", WORKBOOK[:-100], "the workbook is damaged or cut short"),
        ("faq.xlsx", WORKBOOK[:1000] + WORKBOOK[1100:], "the workbook is damaged"),
        ("faq.jsonl", "[\n" + ROW + "]\n", "1: not JSON lines: write one object a line"),
        ("faq.jsonl", TABLE, "1: not JSON"),
        ("faq.csv", ROW, "1: no row of headers that names title and body"),
        ("faq.md", "---\na: " + "x" * 70_000 + "\n---\n", "1: the front matter is longer than"),
        ("faq.md", "---\na: " + "[" * 60_000 + "\n---\n", "2: front matter: nested too deeply"),
        ("faq.md", "---\na:\n" + "- " * 200 + "x\n---\n", "3: front matter: nested too deeply"),
        ("faq.md", "x" * 11_000_000, "the file is larger than 10 MB; split it"),
        ("faq.txt", "x" * 11_000_000, "the file is larger than 10 MB; split it"),
    ],
)
def test_the_line_says_what_it_is_and_what_to_do(
    name: str, content: bytes | str, problem: str
) -> None:
    found = read(name, content)
    assert found.articles == []
    assert found.rejected[0].replace(f"{name}:", "").lstrip().startswith(problem)


class Endless(io.RawIOBase):
    """A stream of one byte, as long as is said, behind a beginning."""

    def __init__(self, beginning: bytes, size: int) -> None:
        """Take the beginning and the size of the whole."""
        self._beginning = beginning
        self._size = size
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        self._at = offset
        return offset

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        count = max(0, min(len(buffer), self._size - self._at))
        filled = self._beginning[self._at : self._at + count].ljust(count, b"x")
        buffer[:count] = filled
        self._at += count
        return count


@pytest.mark.parametrize(
    ("name", "beginning", "problem"),
    [
        ("a.jsonl", b'{"title": "', "a.jsonl:1: the line is longer than 4 MB"),
        ("a.csv", "标题,答案\n问,".encode(), "a.csv:2: the line is longer than 4 MB"),
        ("a.csv", '标题,答案\n问,"'.encode(), "a.csv:2: "),
        ("a.html", b"<p>", "a.html: the file is larger than 10 MB"),
        ("a.md", b"# ", "a.md: the file is larger than 10 MB"),
        ("a.txt", b"a", "a.txt: the file is larger than 10 MB"),
        ("a.xml", b"<rss ", "a.xml:1: a tag is longer than 1 MB"),
        ("a.xlsx", b"PK\x03\x04", "a.xlsx: the workbook is damaged or cut short"),
    ],
)
def test_memory_stays_bounded_whatever_the_size(name: str, beginning: bytes, problem: str) -> None:
    rejected: list[SourceError] = []
    stream = io.BufferedReader(Endless(beginning, 100 * 2**20))
    file = SourceFile(name, name[1:], stream)
    tracemalloc.start()
    try:
        context = ReadingContext(rejected.append)
        assert list(reader_of(file)(file, context)) == []
    except SourceError as error:
        rejected.append(error)
    finally:
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert [str(error)[: len(problem)] for error in rejected] == [problem]
    assert peak < 48 * 2**20
