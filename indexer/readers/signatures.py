"""What a file really is, by its first bytes, whatever its name says."""

from __future__ import annotations

import re

_SIGNATURES = (
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ\x00", "an xz archive; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive; unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive; unpack it first"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it first"),
    (b"\x89PNG\r\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"RIFF", "a picture, a sound or a film"),
    (b"%PDF-", "a PDF document; save its text or its page instead"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_ZIP = b"PK\x03\x04"
_EMPTY_ZIP = b"PK\x05\x06"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF_32 = (b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(rb"<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])", re.IGNORECASE)
_XML = re.compile(rb"<\?xml\s|<rss[\s>]|<feed[\s>]", re.IGNORECASE)
_SAVE_AS_UTF_8 = "save the file as UTF-8"

HEAD_BYTES = 2**16
# The directory of an OLE file, which names its streams, stands anywhere in it.
OLE_BYTES = 8 * 2**20


def what_it_is(head: bytes) -> str | None:
    """What a file that should be text is instead, and what to do; None where it may be text."""
    if head.startswith(_OLE):
        return "an old Excel or Word file; save it as .xlsx or as text"
    if head.startswith((_ZIP, _EMPTY_ZIP)):
        if b"xl/" in head or b"[Content_Types].xml" in head:
            return "an Excel workbook or another Office file; a workbook's name must end in .xlsx"
        return "a zip archive; unpack it first"
    for signature, description in _SIGNATURES:
        if head.startswith(signature):
            return description
    if head.startswith(_UTF_32):
        return f"UTF-32 text; {_SAVE_AS_UTF_8}"
    if head.startswith(_UTF_16) or _looks_like_utf_16(head):
        return f"UTF-16 text; {_SAVE_AS_UTF_8}"
    if b"\x00" in head:
        return "binary data, no text"
    return None


def markup_it_is(head: bytes) -> str | None:
    """That a file is a web page or XML, and what to do; None where it is neither."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:512]
    if _HTML.match(start):
        return "a web page; its name must end in .html"
    if _XML.match(start):
        return "an XML file; a WordPress export's name must end in .xml"
    return None


def is_zip(head: bytes) -> bool:
    """Whether a file starts as a zip file does."""
    return head.startswith(_ZIP)


def office_file_it_is(content: bytes) -> str | None:
    """What an Excel file that is no zip archive is; None where it is no Excel file at all."""
    if not content.startswith(_OLE):
        return None
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "the workbook is protected by a password; save it without one"
    return "an old Excel file (.xls); save it as .xlsx"


def _looks_like_utf_16(head: bytes) -> bool:
    sample = head[:512]
    zeros = max(sample[::2].count(0), sample[1::2].count(0))
    others = min(sample[::2].count(0), sample[1::2].count(0))
    return len(sample) > 8 and zeros > len(sample) // 4 and others == 0
