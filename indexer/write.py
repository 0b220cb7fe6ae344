"""A collection that is ready, written into the folder of a build."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from indexer.article import Article, Passage
from indexer.aspects import AspectReader
from indexer.calibration import inherited_calibration
from indexer.collection import Collection
from indexer.deduplicate import Deduplicated
from indexer.embed import Embedded, VectorCache, embed
from indexer.errors import LoanfaqError
from indexer.lexicon import Lexicon
from indexer.near_duplicates import find_clusters
from indexer.progress import Progress
from indexer.publish import new_build_id
from indexer.reading import ReadOptions
from indexer.reasons import Reasons
from indexer.relate import article_vectors, relate
from indexer.split import PassageText
from indexer.store.article_tables import write_articles
from indexer.store.aspects import write_aspects
from indexer.store.builds import read_current
from indexer.store.entries import BoilerplateEntry, Counts, EncoderEntry
from indexer.store.manifest import (
    ARTICLES,
    ASKED_WORDS,
    LEXICON,
    PLACES,
    SEGMENTATION,
    SPELLING,
    SUGGESTIONS,
    VECTORS,
    WORDINGS,
    WORDS,
    Manifest,
)
from indexer.store.near_duplicates import write_near_duplicates
from indexer.store.originals import write_originals
from indexer.store.passage_words import cut_passages, write_passage_words
from indexer.store.places import write_places
from indexer.store.questions import write_questions
from indexer.store.segmentation import open_segmenter
from indexer.store.spelling import write_spelling
from indexer.store.suggestions import write_suggestions
from indexer.store.vectors import write_vectors
from indexer.store.wordings import write_wordings
from indexer.store.words import ASKED_FIELDS, PASSAGE_FIELDS, write_words
from indexer.store.writing import writing
from indexer.text.segment import write_segmentation_table
from indexer.word_entries import asked_entries, passage_entries

if TYPE_CHECKING:
    from indexer.encoders.protocol import Encoder


@dataclass(frozen=True, slots=True)
class Tools:
    """What a build is made with.

    Attributes:
        entry: how to open the encoder again, for the manifest.
        lexicon: words and forms to build with.
        progress: shows each stage.
    """

    encoder: Encoder
    entry: EncoderEntry
    lexicon: Lexicon
    progress: Progress


@dataclass(frozen=True, slots=True)
class Prepared:
    """Articles ready to be written, their passages, and what retrieval sees of these."""

    articles: list[Article]
    passages: list[Passage]
    texts: list[PassageText]
    boilerplate: BoilerplateEntry


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the articles of a build came from.

    Attributes:
        reading: how the sources were read.
        folded: what was folded into what.
        rejected: how many parts of the sources were left out as bad.
        loanfaq_version: what read the sources.
    """

    collection: Collection
    reading: ReadOptions
    folded: Deduplicated
    rejected: int
    loanfaq_version: str = version("loanfaq")


def write_build(
    prepared: Prepared, origin: Origin, tools: Tools, build: Path, folder: Path
) -> Manifest:
    """Write all files of a build but its manifest, and give that.

    Args:
        prepared: what to write.
        origin: where it came from.
        tools: what it is made with.
        build: the folder to write into.
        folder: the index folder, whose published build gives what has not changed.

    Raises:
        IndexFolderError: a file cannot be written.
    """
    contents = _write_words(prepared, tools, build, folder)
    embedded = _embed(prepared.texts, tools, folder)
    with writing(build / VECTORS, RuntimeError):
        write_vectors(embedded.vectors, build / VECTORS)
    wordings = _wordings(prepared.articles, build)
    with writing(build / ARTICLES, sqlite3.Error):
        _write_articles(prepared, embedded.vectors, tools.lexicon, build)
        write_questions(wordings, build / ARTICLES)
        write_originals(origin.collection.articles, prepared.articles, build / ARTICLES)
        _write_passage_words(prepared.passages, tools, build)
    with writing(build / PLACES):
        write_places(prepared.passages, build / PLACES)
    with writing(build / WORDINGS, RuntimeError):
        write_wordings(wordings, build / WORDINGS)
    with writing(build / SUGGESTIONS, sqlite3.Error):
        _write_suggestions(prepared.articles, tools.lexicon, build)
    with writing(build / SPELLING, RuntimeError):
        _write_spelling(prepared, contents, tools.lexicon, build)
    return _manifest(prepared, origin, embedded, tools, folder)


def _write_words(prepared: Prepared, tools: Tools, build: Path, folder: Path) -> Counter[str]:
    """Write the words of passages, and give how often bodies use each content word."""
    lexicon = tools.lexicon
    with writing(build / LEXICON):
        lexicon.copy_to(build / LEXICON)
    if not _take_segmentation(lexicon, build, folder):
        with writing(build / SEGMENTATION, RuntimeError):
            write_segmentation_table(lexicon.whole_words(), build / SEGMENTATION)
    segmenter = open_segmenter(build)
    with tools.progress("segment", len(prepared.passages)) as advance:
        of_passages = passage_entries(prepared.passages, prepared.texts, segmenter, advance)
        of_wordings = asked_entries(prepared.passages, segmenter, advance)
    with writing(build / WORDS, ValueError):
        write_words(of_passages, PASSAGE_FIELDS, build / WORDS)
    with writing(build / ASKED_WORDS, ValueError):
        write_words(of_wordings, ASKED_FIELDS, build / ASKED_WORDS)
    return Counter(word for entry in of_passages for word in entry.fields["own"])


def _wordings(articles: Sequence[Article], build: Path) -> list[list[str]]:
    """Canonical texts of each article's title and other wordings."""
    canonical = open_segmenter(build).canonical
    return [[canonical(text) for text in (each.title, *each.asked)] for each in articles]


def _write_passage_words(passages: Sequence[Passage], tools: Tools, build: Path) -> None:
    told = [(row, each) for row, each in enumerate(passages) if each.kind != "asked"]
    with tools.progress("cut passages", len(told)) as advance:
        words = []
        for each in cut_passages([passage for _, passage in told], open_segmenter(build)):
            words.append(each)
            advance(1)
    write_passage_words(words, told, build / ARTICLES)


def _take_segmentation(lexicon: Lexicon, build: Path, folder: Path) -> bool:
    """Take the segmentation table of the build before if nothing that cuts has changed."""
    try:
        before, manifest = read_current(folder)
        manifest.check_hashes_under(before, LEXICON, SEGMENTATION)
        if Lexicon(before / LEXICON).cutting_fingerprints() != lexicon.cutting_fingerprints():
            return False
        shutil.copyfile(before / SEGMENTATION, build / SEGMENTATION)
    except (LoanfaqError, OSError):
        return False
    return True


def _embed(texts: Sequence[PassageText], tools: Tools, folder: Path) -> Embedded:
    cache = VectorCache.open(folder, tools.encoder.fingerprint)
    with tools.progress("embed", len(texts)) as advance:
        return embed(texts, tools.encoder, cache, advance)


def _write_suggestions(articles: Sequence[Article], lexicon: Lexicon, build: Path) -> None:
    # Late, for pypinyin: opening an index has no use for it.
    from indexer.suggest import suggestion_entries

    entries = suggestion_entries(articles, lexicon, open_segmenter(build))
    write_suggestions(entries, build / SUGGESTIONS)


def _write_spelling(
    prepared: Prepared, contents: Mapping[str, int], lexicon: Lexicon, build: Path
) -> None:
    # Late, for pypinyin, as for suggestions.
    from indexer.spelling import spelling_table

    segmenter = open_segmenter(build)
    table = spelling_table(prepared.articles, prepared.passages, contents, lexicon, segmenter)
    write_spelling(table, build / SPELLING)


def _write_articles(
    prepared: Prepared, vectors: NDArray[np.float32], lexicon: Lexicon, build: Path
) -> None:
    articles, segmenter = prepared.articles, open_segmenter(build)
    reader = AspectReader(segmenter, lexicon)
    aspects = [reader.read_article(article) for article in articles]
    clusters = find_clusters(articles, aspects, segmenter.content_words)
    reasons = Reasons(articles, aspects, segmenter, lexicon)
    of_articles = article_vectors(vectors, prepared.passages, len(articles))
    related = relate(of_articles, clusters, reasons)
    digests = [text.digest for text in prepared.texts]
    write_articles(articles, prepared.passages, digests, related, build / ARTICLES)
    write_aspects(aspects, build / ARTICLES)
    write_near_duplicates(clusters, build / ARTICLES)


def _manifest(
    prepared: Prepared, origin: Origin, embedded: Embedded, tools: Tools, folder: Path
) -> Manifest:
    folded = origin.folded
    counts = Counts(
        articles=len(prepared.articles),
        excerpts=sum(article.excerpt_only for article in prepared.articles),
        passages=len(prepared.passages),
        asked=sum(len(article.asked) for article in prepared.articles),
        duplicates=folded.excerpts_replaced + folded.repeats,
        rejected=origin.rejected,
        embedded=embedded.embedded,
        reused=embedded.reused,
    )
    return Manifest(
        build_id=new_build_id(),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        loanfaq_version=origin.loanfaq_version,
        sources=origin.collection.sources,
        reading=origin.reading,
        encoder=tools.entry,
        lexicon=tools.lexicon.fingerprints(),
        counts=counts,
        boilerplate=prepared.boilerplate,
        calibration=inherited_calibration(tools.entry, counts, folder),
        left_out=origin.collection.left_out,
    )
