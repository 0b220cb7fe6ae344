"""Documents in, a published index out.

    read → clean → split → segment → embed → publish

`build_index` is the way in; each stage is a module of its own.
"""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.article import Article, Passage
from indexer.calibration import inherited_calibration
from indexer.clean import Boilerplate, Cleaner
from indexer.deduplicate import Deduplicated, deduplicate
from indexer.embed import Embedded, VectorCache, embed
from indexer.errors import LoanfaqError, SourceError, SourcesRejectedError
from indexer.lexicon import Lexicon
from indexer.progress import Progress, progress_bar
from indexer.readers import ReadResult, SourceRead, read_sources
from indexer.reading import DEFAULTS, ReadOptions
from indexer.relate import article_vectors, relate
from indexer.split import PassageText, passage_text, split
from indexer.store.articles import write_articles
from indexer.store.builds import IndexFolder, file_entries, read_current
from indexer.store.manifest import (
    ARTICLES,
    LEXICON,
    SEGMENTATION,
    SUGGESTIONS,
    VECTORS,
    WORDS,
    Counts,
    EncoderEntry,
    Manifest,
    SourceEntry,
)
from indexer.store.segmentation import open_segmenter
from indexer.store.suggestions import write_suggestions
from indexer.store.vectors import write_vectors
from indexer.store.words import WordEntry, write_words
from indexer.text.segment import write_segmentation_table

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
class _Collection:
    """Articles ready to be written, their passages, and what retrieval sees of these."""

    articles: list[Article]
    passages: list[Passage]
    texts: list[PassageText]
    boilerplate: Counter[str]


def build_index(
    sources: Sequence[str],
    folder: Path,
    encoder: Encoder,
    encoder_entry: EncoderEntry,
    lexicon: Lexicon,
    *,
    reading: ReadOptions = DEFAULTS,
    skip_bad: bool = False,
    keep_builds: int = 2,
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
        keep_builds: how many builds to keep, the new one counted.
        progress: shows each stage.

    Raises:
        SourcesRejectedError: something could not be read; no index was touched.
        IndexBusyError: another build is running.
        IndexFolderError: the folder cannot be written.
    """
    lexicon.check()
    boilerplate = Boilerplate.of(lexicon)
    read, kept = _read(sources, reading, skip_bad, progress)
    collection = _prepare(kept.articles, boilerplate, progress)
    index = IndexFolder(folder)
    with index.lock():
        build = index.new_build()
        try:
            _write_words(collection.texts, lexicon, build, folder, progress)
            embedded = _embed(collection.texts, encoder, folder, progress)
            write_vectors(embedded.vectors, build / VECTORS)
            _write_articles(collection, embedded.vectors, build)
            _write_suggestions(collection.articles, lexicon, build)
            manifest = _manifest(
                read, reading, kept, collection, embedded, encoder_entry, lexicon, folder
            )
            manifest = replace(manifest, files=file_entries(build))
            manifest.write(build)
            index.publish(build, manifest.build_id)
        except BaseException:
            shutil.rmtree(build, ignore_errors=True)
            raise
        index.prune(keep_builds)
    return BuildReport(
        manifest,
        read.sources,
        read.rejected,
        kept.excerpts_replaced,
        kept.repeats,
        encoder.truncated,
    )


def _read(
    sources: Sequence[str], reading: ReadOptions, skip_bad: bool, progress: Progress
) -> tuple[ReadResult, Deduplicated]:
    with progress("read", len(sources)) as advance:
        read = read_sources(sources, reading, advance)
    kept = deduplicate(read.articles)
    read.rejected.extend(kept.conflicts)
    if read.rejected and not skip_bad:
        raise SourcesRejectedError(read.rejected)
    if not kept.articles:
        raise SourceError(", ".join(sources), "no article found")
    return read, kept


def _prepare(
    articles: Sequence[Article], boilerplate: Boilerplate, progress: Progress
) -> _Collection:
    cleaner = Cleaner(boilerplate)
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
    return _Collection(cleaned, passages, texts, cleaner.removed)


def _write_words(
    texts: Sequence[PassageText], lexicon: Lexicon, build: Path, folder: Path, progress: Progress
) -> None:
    lexicon.copy_to(build / LEXICON)
    if not _take_segmentation(lexicon, build, folder):
        write_segmentation_table(lexicon.whole_words(), build / SEGMENTATION)
    segmenter = open_segmenter(build)
    entries = []
    with progress("segment", len(texts)) as advance:
        for text in texts:
            context, own = map(segmenter.content_words, (text.context, text.own))
            entries.append(WordEntry(context, own))
            advance(1)
    write_words(entries, build / WORDS)


def _take_segmentation(lexicon: Lexicon, build: Path, folder: Path) -> bool:
    """Take the segmentation table of the build before if nothing that cuts has changed."""
    try:
        before, manifest = read_current(folder)
        manifest.check_sizes(before)
        if Lexicon(before / LEXICON).cutting_fingerprints() != lexicon.cutting_fingerprints():
            return False
        shutil.copyfile(before / SEGMENTATION, build / SEGMENTATION)
    except (LoanfaqError, OSError):
        return False
    return True


def _embed(
    texts: Sequence[PassageText], encoder: Encoder, folder: Path, progress: Progress
) -> Embedded:
    cache = VectorCache.open(folder, encoder.fingerprint)
    with progress("embed", len(texts)) as advance:
        return embed(texts, encoder, cache, advance)


def _write_articles(collection: _Collection, vectors: NDArray[np.float32], build: Path) -> None:
    articles = collection.articles
    related = relate(article_vectors(vectors, collection.passages, len(articles)))
    digests = [text.digest for text in collection.texts]
    write_articles(articles, collection.passages, digests, related, build / ARTICLES)


def _write_suggestions(articles: Sequence[Article], lexicon: Lexicon, build: Path) -> None:
    # Late, for pypinyin: opening an index has no use for it.
    from indexer.suggest import suggestion_entries

    entries = suggestion_entries(articles, lexicon, open_segmenter(build))
    write_suggestions(entries, build / SUGGESTIONS)


def _manifest(
    read: ReadResult,
    reading: ReadOptions,
    kept: Deduplicated,
    collection: _Collection,
    embedded: Embedded,
    encoder_entry: EncoderEntry,
    lexicon: Lexicon,
    folder: Path,
) -> Manifest:
    return Manifest(
        build_id=new_build_id(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        loanfaq_version=version("loanfaq"),
        sources=tuple(SourceEntry(s.name, s.fingerprint, s.articles) for s in read.sources),
        reading=reading,
        encoder=encoder_entry,
        lexicon=lexicon.fingerprints(),
        counts=Counts(
            articles=len(collection.articles),
            excerpts=sum(article.excerpt_only for article in collection.articles),
            passages=len(collection.passages),
            duplicates=kept.excerpts_replaced + kept.repeats,
            rejected=len(read.rejected),
            embedded=embedded.embedded,
            reused=embedded.reused,
        ),
        boilerplate=dict(collection.boilerplate),
        calibration=inherited_calibration(encoder_entry, folder),
    )


def new_build_id() -> str:
    """An id that sorts by time and that no other build has."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S%fZ}-{secrets.token_hex(2)}"
