"""Documents in, a published index out.

    read → clean → split → segment → embed → publish

`build_index` is the way in, `add_to_index` and `remove_from_index` change what is there;
each stage is a module of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.article import Article, Passage
from indexer.boilerplate import Boilerplate, Cleaner, learn
from indexer.collection import Changes, Collection, compare
from indexer.deduplicate import Deduplicated, deduplicate
from indexer.encoders.reopen import reopen_encoder
from indexer.errors import SourceError, SourcesRejectedError
from indexer.lexicon import Lexicon
from indexer.progress import Progress, progress_bar
from indexer.publish import DEFAULT_KEEP, Approve, publish_build
from indexer.readers import ReadResult, SourceRead, read_sources
from indexer.readers.sources import describe_left_out
from indexer.reading import DEFAULTS, ReadOptions
from indexer.split import PassageText, passage_text, split
from indexer.store.builds import read_current
from indexer.store.entries import EncoderEntry
from indexer.store.manifest import ARTICLES, LEXICON, Manifest
from indexer.store.originals import read_originals
from indexer.write import Origin, Prepared, Tools, write_build

if TYPE_CHECKING:
    from indexer.encoders.protocol import Encoder


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    Attributes:
        rejected: what was skipped, each naming its place.
        truncated: texts that the encoder could not read whole.
    """

    manifest: Manifest
    sources: Sequence[SourceRead]
    rejected: Sequence[SourceError]
    excerpts_replaced: int
    repeats: int
    truncated: int


@dataclass(frozen=True, slots=True)
class ChangeReport:
    """What adding or removing did; no build where nothing changed."""

    changes: Changes
    rejected: Sequence[SourceError]
    build: BuildReport | None


def build_index(
    sources: Sequence[str],
    folder: Path,
    encoder: Encoder,
    encoder_entry: EncoderEntry,
    lexicon: Lexicon,
    *,
    reading: ReadOptions = DEFAULTS,
    skip_bad: bool = False,
    keep_builds: int = DEFAULT_KEEP,
    approve: Approve | None = None,
    progress: Progress = progress_bar,
) -> BuildReport:
    """Build an index of exactly the sources named, and publish it.

    Args:
        sources: files, folders, or ``-`` for standard input.
        folder: the index folder; the build that it serves stays until the new one is whole.
        encoder: makes the vectors.
        encoder_entry: how to open it again, for the manifest.
        lexicon: words and forms to build with.
        reading: how to read the sources.
        skip_bad: leave out what cannot be read instead of refusing.
        keep_builds: how many builds to keep, the new one counted; open ones stay too.
        approve: looks at the build before it is published; what it raises is raised.
        progress: shows each stage.

    Raises:
        SourcesRejectedError: something could not be read; no index was touched.
        IndexBusyError: another build is running.
        IndexFolderError: the folder cannot be written.
    """
    lexicon.check()
    seed = Boilerplate.of(lexicon)
    tools = Tools(encoder, encoder_entry, lexicon, progress)
    read = _read(sources, reading, progress)
    collection = Collection.of(read)
    collection, kept = _fold(collection, read, skip_bad)
    prepared = _prepare(kept.articles, seed, progress)
    origin = Origin(collection, reading, kept, len(read.rejected))
    manifest = publish_build(
        folder,
        keep_builds,
        lambda build: write_build(prepared, origin, tools, build, folder),
        approve,
    )
    assert manifest
    return _report(manifest, read, kept, encoder)


def add_to_index(
    sources: Sequence[str],
    folder: Path,
    *,
    reading: ReadOptions = DEFAULTS,
    skip_bad: bool = False,
    keep_builds: int = DEFAULT_KEEP,
    progress: Progress = progress_bar,
) -> ChangeReport:
    """Read sources into the published index, anew where it has them already.

    They are read as the others were, with what `reading` says besides, and the index is
    built with the encoder and the lexicon that it was built with: it becomes what
    `build_index` would make of all its sources. Arguments and errors are those of
    `build_index`, and:

    Raises:
        IndexMissingError, IndexMismatchError, IndexDamagedError, EncoderError: there is no
            index that can be changed.
    """
    _, manifest = read_current(folder)
    read = _read(sources, manifest.reading.extended(reading), progress)
    return _change(
        folder, lambda before: before.add(read), read, reading, skip_bad, keep_builds, progress
    )


def remove_from_index(
    names: Sequence[str],
    folder: Path,
    *,
    keep_builds: int = DEFAULT_KEEP,
    progress: Progress = progress_bar,
) -> ChangeReport:
    """Take articles, by id, and whole sources out of the published index.

    Raises:
        InputError: a name is neither, or nothing would be left; the index stays as it is.
        IndexMissingError, IndexMismatchError, IndexDamagedError, EncoderError: there is no
            index that can be changed.
        IndexBusyError: another build is running.
        IndexFolderError: the folder cannot be written.
    """
    read_current(folder)
    return _change(
        folder,
        lambda before: before.remove(names),
        ReadResult(),
        DEFAULTS,
        True,
        keep_builds,
        progress,
    )


def _change(
    folder: Path,
    change: Callable[[Collection], Collection],
    read: ReadResult,
    reading: ReadOptions,
    skip_bad: bool,
    keep_builds: int,
    progress: Progress,
) -> ChangeReport:
    """Publish what a change makes of the collection of the published index."""
    report = ChangeReport(Changes((), (), ()), read.rejected, None)

    def write(build: Path) -> Manifest | None:
        nonlocal report
        current, manifest = read_current(folder)
        before = _published_collection(current, manifest)
        after, kept = _fold(change(before), read, skip_bad)
        report = ChangeReport(compare(before, after), read.rejected, None)
        if not after.differs(before):
            return None
        lexicon = Lexicon(current / LEXICON)
        tools = Tools(reopen_encoder(manifest.encoder), manifest.encoder, lexicon, progress)
        prepared = _prepare(kept.articles, Boilerplate.of(lexicon), progress)
        origin = Origin(
            after,
            manifest.reading.extended(reading),
            kept,
            len(read.rejected),
            manifest.loanfaq_version,
        )
        written = write_build(prepared, origin, tools, build, folder)
        done = _report(written, read, kept, tools.encoder)
        report = replace(report, build=done)
        return written

    published = publish_build(folder, keep_builds, write)
    if published and report.build:
        return replace(report, build=replace(report.build, manifest=published))
    return report


def _published_collection(build: Path, manifest: Manifest) -> Collection:
    manifest.check_sizes(build)
    manifest.check_hashes_under(build, ARTICLES, LEXICON)
    return Collection.of_build(read_originals(build / ARTICLES), manifest)


def _read(sources: Sequence[str], reading: ReadOptions, progress: Progress) -> ReadResult:
    with progress("read", len(sources)) as advance:
        return read_sources(sources, reading, advance)


def _fold(
    collection: Collection, read: ReadResult, skip_bad: bool
) -> tuple[Collection, Deduplicated]:
    """Fold what repeats; what is bad, in the sources just read or by its id, is refused."""
    kept = deduplicate(collection.articles)
    read.rejected.extend(kept.conflicts)
    if read.rejected and not skip_bad:
        raise SourcesRejectedError(
            read.rejected,
            "no index was touched; mend them, or leave them out with --skip-bad",
        )
    if not kept.articles:
        names = ", ".join(each.name for each in read.sources)
        passed = describe_left_out(read.sources)
        problem = f"no article found; left out: {passed}" if passed else "no article found"
        raise SourceError(names, problem)
    return collection.without(kept.refused), kept


def _prepare(articles: Sequence[Article], seed: Boilerplate, progress: Progress) -> Prepared:
    cleaner = Cleaner(learn(articles, seed))
    cleaned: list[Article] = []
    passages: list[Passage] = []
    texts: list[PassageText] = []
    with progress("clean and split", len(articles)) as advance:
        for row, article in enumerate(articles):
            cleaned.append(cleaner.clean(article))
            of_article = list(split(cleaned[-1], row))
            passages.extend(of_article)
            texts.extend(passage_text(cleaned[-1], passage) for passage in of_article)
            advance(1)
    return Prepared(cleaned, passages, texts, cleaner.report())


def _report(
    manifest: Manifest, read: ReadResult, kept: Deduplicated, encoder: Encoder
) -> BuildReport:
    return BuildReport(
        manifest,
        read.sources,
        read.rejected,
        kept.excerpts_replaced,
        kept.repeats,
        encoder.truncated,
    )
