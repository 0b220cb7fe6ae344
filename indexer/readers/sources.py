"""Sources named on the command line, read into articles."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.article import Article
from indexer.errors import SourceError
from indexer.readers.formats import SUFFIXES, reader_of
from indexer.readers.limits import MAX_FAULTS
from indexer.readers.reading_context import ReadingContext
from indexer.readers.source_file import STANDARD_INPUT, SourceFile, label_of, open_source
from indexer.reading import DEFAULTS, ReadOptions

_UNREADABLE = b"cannot be read"


@dataclass(frozen=True, slots=True)
class SourceRead:
    """One source as it was read.

    Attributes:
        name: the path as it can be found again (absolute), or ``-``.
        fingerprint: SHA-256 over the names and contents of its files.
        articles: how many articles it gave.
        reading: how it was read.
        ignored: files of a folder that are of no known kind.
        left_out: what was passed over on purpose, by kind: drafts, columns, sheets.
        matched: the pairs of `ReadOptions.columns` that were found in it.
    """

    name: str
    fingerprint: str
    articles: int
    reading: ReadOptions = DEFAULTS
    ignored: tuple[str, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    matched: frozenset[tuple[str, str]] = frozenset()


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

    A folder gives its files of known kinds in the order of their paths, sub-folders too;
    hidden files are passed over.

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
        context = ReadingContext(result.rejected.append, options)
        for file in files:
            articles, content_digest = _read(file, context)
            _update(digest, name, file, content_digest)
            result.articles.extend(
                replace(
                    article,
                    origin=absolute_name(name),
                    asked=() if options.without_asked else article.asked,
                )
                for article in articles
            )
        result.sources.append(
            SourceRead(
                absolute_name(name),
                digest.hexdigest(),
                len(result.articles) - before,
                options,
                tuple(ignored),
                dict(context.left_out),
                frozenset(context.matched),
            )
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
        try:
            with open_source(file) as source:
                content_digest = source.digest()
        except SourceError:
            content_digest = _UNREADABLE
        _update(digest, name, file, content_digest)
    return digest.hexdigest()


def absolute_name(name: str) -> str:
    """A source's name as the manifest keeps it."""
    return name if name == STANDARD_INPUT else str(Path(name).absolute())


def list_files(name: str) -> tuple[list[str], list[str]]:
    """Files of a source in order, and files of a folder that are of no known kind.

    Raises:
        SourceError: it does not exist, is of an unknown kind, or cannot be named in an index.
    """
    if name == STANDARD_INPUT:
        return [STANDARD_INPUT], []
    if any("\ud800" <= char <= "\udfff" for char in absolute_name(name)):
        raise SourceError(label_of(name), "its path is no UTF-8 text; rename it")
    path = Path(name)
    if path.is_dir():
        return _list_folder(path)
    if not path.exists():
        raise SourceError(label_of(name), "no such file or folder")
    if path.suffix.lower() not in SUFFIXES:
        kinds = ", ".join(SUFFIXES)
        raise SourceError(label_of(name), f"unknown kind of file; loanfaq reads {kinds}")
    return [name], []


def _list_folder(folder: Path) -> tuple[list[str], list[str]]:
    files: list[str] = []
    ignored: list[str] = []
    # A folder that cannot be looked into is told as a file that cannot be read.
    closed: list[str] = []
    for path in sorted(_walk(folder, closed)):
        relative = path.relative_to(folder)
        if any(_is_hidden(part) for part in relative.parts):
            continue
        # A link that leads nowhere is told when it is read.
        if path.is_file() or (path.is_symlink() and not path.exists()):
            known = path.suffix.lower() in SUFFIXES and not _belongs_to_page(path, folder)
            (files if known else ignored).append(str(path))
    files += closed
    if not files:
        kinds = ", ".join(SUFFIXES)
        raise SourceError(label_of(str(folder)), f"the folder holds no {kinds} file")
    return files, ignored


def _walk(folder: Path, closed: list[str]) -> Iterator[Path]:
    """Everything below a folder; sub-folders that cannot be listed go to `closed`."""
    walk = os.walk(folder, onerror=lambda error: closed.append(str(error.filename)))
    for parent, folders, files in walk:
        yield from (Path(parent, name) for name in (*folders, *files))


def _is_hidden(name: str) -> bool:
    # Excel keeps a file of the second kind beside a workbook that is open.
    return name.startswith((".", "~$"))


def _belongs_to_page(path: Path, folder: Path) -> bool:
    """Whether a file lies in the folder that a browser saved beside a page."""
    for parent in path.parents:
        if parent == folder:
            return False
        stem = parent.name.removesuffix("_files").removesuffix(".files")
        if stem != parent.name and any(
            (parent.parent / f"{stem}{suffix}").is_file() for suffix in (".html", ".htm")
        ):
            return True
    return False


class _TooManyFaultsError(Exception):
    """Raised through a reader to end it."""


def _read(file: str, context: ReadingContext) -> tuple[list[Article], bytes]:
    """Articles of one file and the digest of its content; faults go to the context."""
    digest = _UNREADABLE
    articles: list[Article] = []
    faults = 0

    def reject(error: SourceError) -> None:
        nonlocal faults
        faults += 1
        context.reject(error)
        if faults >= MAX_FAULTS:
            raise _TooManyFaultsError

    within = replace(context, reject=reject)
    left_out = context.left_out.total()
    try:
        with open_source(file) as source:
            digest = source.digest()
            try:
                articles.extend(_articles(source, within))
            except _TooManyFaultsError:
                problem = f"{MAX_FAULTS:,} faults; the rest of the file was not read"
                context.reject(SourceError(source.label, problem))
            if not articles and not faults and context.left_out.total() == left_out:
                context.reject(SourceError(source.label, "the file holds no article"))
    except SourceError as error:
        context.reject(error)
    return articles, digest


def _articles(source: SourceFile, context: ReadingContext) -> Iterator[Article]:
    try:
        yield from reader_of(source)(source, context)
    except SourceError as error:
        context.reject(error)


def _update(digest: hashlib._Hash, source: str, file: str, content_digest: bytes) -> None:
    # A folder that moves stays the same source of the same files.
    relative = "" if file == source else str(Path(file).relative_to(source))
    digest.update(os.fsencode(f"{relative}\0") + content_digest)


def ignored_suffixes(sources: Sequence[SourceRead]) -> Counter[str]:
    """How many files of folders were passed over, by suffix."""
    return Counter(Path(name).suffix or name for source in sources for name in source.ignored)


def left_out(sources: Sequence[SourceRead]) -> Counter[str]:
    """What was passed over on purpose in all sources, by kind."""
    total: Counter[str] = Counter()
    for source in sources:
        total.update(source.left_out)
    return total


def describe_left_out(sources: Sequence[SourceRead]) -> str:
    """What was passed over, each kind with its count, and how to have it; may be empty."""
    kinds = ", ".join(f"{kind} × {count:,}" for kind, count in sorted(left_out(sources).items()))
    return f"{kinds} (see --drafts, --pages, --column)" if kinds else ""


def unmatched_columns(sources: Sequence[SourceRead], options: ReadOptions) -> list[tuple[str, str]]:
    """Pairs of `ReadOptions.columns` that no source has."""
    matched = {pair for source in sources for pair in source.matched}
    return [pair for pair in options.columns if pair not in matched]
