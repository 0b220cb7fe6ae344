"""The open parts of one build, checked as they are opened."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.encoders.protocol import Encoder
from indexer.encoders.reopen import reopen_encoder
from indexer.errors import IndexDamagedError
from indexer.lexicon import Lexicon
from indexer.store.articles import ArticleStore
from indexer.store.aspects import AspectStore
from indexer.store.builds import HeldBuild
from indexer.store.manifest import (
    ARTICLES,
    ASKED_WORDS,
    LEXICON,
    PLACES,
    REBUILD,
    SEGMENTATION,
    SPELLING,
    SUGGESTIONS,
    VECTORS,
    WORDINGS,
    WORDS,
    Manifest,
)
from indexer.store.near_duplicates import NearDuplicateStore
from indexer.store.places import PlaceIndex
from indexer.store.questions import QuestionStore
from indexer.store.segmentation import open_segmenter
from indexer.store.spelling import SpellingStore
from indexer.store.suggestions import SuggestionStore
from indexer.store.vectors import GRAPH_FROM_ROWS, VectorIndex, one_thread_for_blas
from indexer.store.wordings import WordingIndex
from indexer.store.words import ASKED_FIELDS, WordIndex
from indexer.text.segment import Segmenter
from search.confidence import check_features
from search.damage import naming_damage


@dataclass(frozen=True, slots=True)
class BuildParts:
    """Everything that a build holds, open.

    Attributes:
        build: the build, held until `close`.
        words: of titles and passages.
        asked_words: of other wordings.
        near_duplicates: which articles say the same.
    """

    build: HeldBuild
    articles: ArticleStore
    segmenter: Segmenter
    lexicon: Lexicon
    words: WordIndex
    asked_words: WordIndex
    vectors: VectorIndex
    encoder: Encoder
    suggestions: SuggestionStore
    aspects: AspectStore
    spelling: SpellingStore
    places: PlaceIndex
    wordings: WordingIndex
    questions: QuestionStore
    near_duplicates: NearDuplicateStore

    @property
    def manifest(self) -> Manifest:
        """What the build says of itself."""
        return self.build.manifest

    def close(self) -> None:
        """Close the files, and let pruning have the build."""
        self.articles.close()
        self.suggestions.close()
        self.questions.close()
        self.aspects.close()
        self.near_duplicates.close()
        self.build.hold.release()


def open_parts(held: HeldBuild) -> BuildParts:
    """Open a build that is held; a failure lets it go.

    Raises:
        IndexMismatchError: built by another version or with another encoder.
        IndexDamagedError: a file is gone, cut short or not readable.
        EncoderError: the encoder that it was built with cannot be loaded.
    """
    try:
        with naming_damage(held):
            return _open(held)
    except BaseException:
        held.hold.release()
        raise


def _open(held: HeldBuild) -> BuildParts:
    build, manifest = held.path, held.manifest
    manifest.check_sizes(build)
    check_features(manifest.calibration)
    # What is read by native code that trusts it: altered, it could end the process.
    manifest.check_hashes_under(build, *_trusted(manifest))
    one_thread_for_blas()
    vectors = VectorIndex.open(build / VECTORS)
    if vectors.rows != manifest.counts.passages:
        raise IndexDamagedError(f"{build / VECTORS}: not the vectors of this index; {REBUILD}")
    return BuildParts(
        build=held,
        articles=ArticleStore.open(build / ARTICLES),
        segmenter=open_segmenter(build),
        lexicon=Lexicon(build / LEXICON),
        words=WordIndex.open(build / WORDS),
        asked_words=WordIndex.open(build / ASKED_WORDS, ASKED_FIELDS),
        vectors=vectors,
        encoder=reopen_encoder(manifest.encoder),
        suggestions=SuggestionStore.open(build / SUGGESTIONS),
        aspects=AspectStore.open(build / ARTICLES),
        spelling=SpellingStore.open(build / SPELLING),
        places=PlaceIndex.open(build / PLACES),
        wordings=WordingIndex.open(build / WORDINGS, manifest.counts.articles),
        questions=QuestionStore.open(build / ARTICLES),
        near_duplicates=NearDuplicateStore.open(build / ARTICLES),
    )


def _trusted(manifest: Manifest) -> tuple[str, ...]:
    """Files and folders of a build to hash on opening: small but for the graph of vectors."""
    graph = (VECTORS,) if manifest.counts.passages >= GRAPH_FROM_ROWS else ()
    return (LEXICON, PLACES, SEGMENTATION, SPELLING, WORDINGS, WORDS, ASKED_WORDS, *graph)
