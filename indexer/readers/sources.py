"""Sources named on the command line, read into articles."""

from __future__ import annotations

import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.jsonl import read_jsonl
from indexer.readers.markdown import read_markdown
from indexer.readers.page_dump import read_page_dump
from indexer.reading import DEFAULTS, ReadOptions

STANDARD_INPUT = "-"
SUFFIXES = (".jsonl", ".md", ".txt")

Reject = Callable[[SourceError], None]


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One source as it was read.

    Attributes:
        name: the path as it can be found again (absolute), or ``-``.
        fingerprint: SHA-256 over the names and contents of its files.
        articles: how many articles it gave.
        ignored: files of a folder that are of no known kind.
    """

    name: str
    fingerprint: str
    articles: int
    ignored: tuple[str, ...] = ()


@dataclass(slots=True)
class ReadResult:
    """What the sources gave.

    Attributes:
        articles: in the order of the sources.
        sources: one for each source named.
        rejected: what could not be read, each naming its place.
    """

    articles: list[Article] = field(default_factory=list)
    sources: list[SourceRead] = field(default_factory=list)
    rejected: list[SourceError] = field(default_factory=list)


def read_sources(
    names: Iterable[str],
    options: ReadOptions = DEFAULTS,
    progress: Callable[[int], None] = lambda _: None,
) -> ReadResult:
    """Read files, folders and standard input (``-``).

    A folder gives its ``.md``, ``.jsonl`` and ``.txt`` files in the order of their
    paths, sub-folders too; hidden files are passed over.

    Args:
        names: paths, or ``-``.
        options: how to read them.
        progress: called with 1 after each source.

    Raises:
        SourceError: a source does not exist, or is a file of an unknown kind. What is
            wrong inside a source is collected in ``rejected`` instead.
    """
    result = ReadResult()
    for name in names:
        before = len(result.articles)
        files, ignored = list_files(name)
        digest = hashlib.sha256()
        for file in files:
            try:
                content = _read_bytes(file)
                _update(digest, name, file, content)
                text = _decode(content, file)
            except SourceError as error:
                result.rejected.append(error)
                continue
            result.articles.extend(
                replace(article, origin=absolute_name(name))
                for article in _read_file(file, text, result.rejected.append)
            )
        found = len(result.articles) - before
        result.sources.append(
            SourceRead(absolute_name(name), digest.hexdigest(), found, tuple(ignored))
        )
        progress(1)
    return result


def fingerprint(name: str) -> str:
    """The fingerprint that `read_sources` would give a source, without parsing it.

    Raises:
        SourceError: the source does not exist.
    """
    digest = hashlib.sha256()
    for file in list_files(name)[0]:
        _update(digest, name, file, _read_bytes(file))
    return digest.hexdigest()


def absolute_name(name: str) -> str:
    """A source's name as the manifest keeps it."""
    return name if name == STANDARD_INPUT else str(Path(name).absolute())


def list_files(name: str) -> tuple[list[str], list[str]]:
    """Files of a source in order, and files of a folder that are of no known kind."""
    if name == STANDARD_INPUT:
        return [STANDARD_INPUT], []
    path = Path(name)
    if path.is_dir():
        return _list_folder(path)
    if not path.exists():
        raise SourceError(name, "no such file or folder")
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise SourceError(name, f"unknown kind of file; loanfaq reads {kinds}")
    return [name], []


def _list_folder(folder: Path) -> tuple[list[str], list[str]]:
    files: list[str] = []
    ignored: list[str] = []
    for path in sorted(folder.rglob("*")):
        if any(part.startswith(".") for part in path.relative_to(folder).parts):
            continue
        if path.is_file():
            known = path.suffix.lower() in SUFFIXES
            (files if known else ignored).append(str(path))
    if not files:
        kinds = ", ".join(SUFFIXES)
        raise SourceError(str(folder), f"the folder holds no {kinds} file")
    return files, ignored


def _read_bytes(file: str) -> bytes:
    try:
        if file == STANDARD_INPUT:
            return sys.stdin.buffer.read()
        return Path(file).read_bytes()
    except OSError as error:
        raise SourceError(_label(file), f"cannot be read: {error.strerror}") from error


def _decode(content: bytes, file: str) -> str:
    """Text of a file, its line ends made one kind."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = "not UTF-8 text; save the file as UTF-8"
        raise SourceError(_label(file), problem, line) from None
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _update(digest: hashlib._Hash, source: str, file: str, content: bytes) -> None:
    # A folder that moves stays the same source of the same files.
    relative = "" if file == source else str(Path(file).relative_to(source))
    digest.update(os.fsencode(f"{relative}\0{len(content)}\0"))
    digest.update(content)


def _label(file: str) -> str:
    """A file's name for messages; what is no text in it is escaped."""
    name = "<stdin>" if file == STANDARD_INPUT else file
    return name.encode("utf-8", "backslashreplace").decode()


def _read_file(file: str, text: str, reject: Reject) -> Iterator[Article]:
    suffix = ".jsonl" if file == STANDARD_INPUT else Path(file).suffix.lower()
    if suffix == ".jsonl":
        yield from read_jsonl(text, _label(file), reject)
    elif suffix == ".txt":
        yield from read_page_dump(text, _label(file), reject)
    else:
        try:
            yield read_markdown(text, _label(file))
        except SourceError as error:
            reject(error)


def ignored_suffixes(sources: Sequence[SourceRead]) -> Counter[str]:
    """How many files of folders were passed over, by suffix."""
    return Counter(Path(name).suffix or name for source in sources for name in source.ignored)
