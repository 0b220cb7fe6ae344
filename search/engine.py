"""The search engine over one build of an index.

Everything that reads an index goes through `SearchEngine`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from indexer.article import Article
from indexer.errors import QueryError
from indexer.store.builds import HeldBuild, hold_current
from search.catalogue import Catalogue
from search.damage import names_damage
from search.opening import BuildParts, open_parts
from search.passage.features import Feature, features
from search.query import MAX_CHARACTERS, Query
from search.ranking import RankedArticle, Ranking
from search.responder import Responder
from search.response import Answer, RelatedArticle, SearchResponse, Status
from search.spelling.answering import answer_corrected
from search.spelling.corrector import Correction, Corrector
from search.suggest import DEFAULT_SUGGESTIONS, Suggester, Suggestion


class SearchEngine:
    """Answers questions from one build; its parts are finished when it is made.

    Attributes:
        parts: the open parts of the build.
        build: the build itself, held until `close`.
        responder: what answers a question as it is written.
    """

    def __init__(self, parts: BuildParts) -> None:
        """Take the open parts of one build."""
        self.parts = parts
        self.build = parts.build
        self.manifest = parts.manifest
        self._catalogue = Catalogue(parts.build, parts.articles)
        self._suggester = Suggester(parts.suggestions, parts.segmenter)
        self._corrector = Corrector(parts.spelling, parts.segmenter)
        self.responder = Responder(parts, self._catalogue)

    @classmethod
    def open(cls, index_folder: Path, *, calibrated: bool = True) -> SearchEngine:
        """Open the published build of an index folder.

        Args:
            index_folder: where it was published.
            calibrated: weigh by its calibration; without it, as if it had none.

        Raises:
            IndexMissingError: nothing was built there.
            IndexMismatchError: built by another version or with another encoder.
            IndexDamagedError: a file is gone, cut short or not readable.
            EncoderError: the encoder that it was built with cannot be loaded.
        """
        held = hold_current(index_folder)
        return cls.over(held if calibrated else _without_calibration(held))

    @classmethod
    def over(cls, held: HeldBuild) -> SearchEngine:
        """Open a build that is held; the engine's `close` lets it go, and so does a failure.

        Raises:
            IndexMismatchError, IndexDamagedError, EncoderError: as `open` does.
        """
        return cls(open_parts(held))

    @property
    def index_version(self) -> str:
        """Id of the build that answers."""
        return self.manifest.build_id

    @names_damage
    def search(self, query: Query) -> SearchResponse:
        """Ranked answers to a question, or to what it was probably meant to say."""
        return answer_corrected(query, self.responder.respond, self._corrector)

    @names_damage
    def correct(self, text: str) -> Correction | None:
        """What a question was probably meant to say; None where it is fine as it stands."""
        return self._corrector.correct(text)

    @names_damage
    def rank(self, query: Query) -> Sequence[RankedArticle]:
        """All candidates in order, before filters, of the question as it is written."""
        return self.ranking(query).articles

    @names_damage
    def ranking(self, query: Query) -> Ranking:
        """All candidates in order with what their places rest on: what is fitted."""
        return self.responder.rank(query)

    @names_damage
    def status(self, query: Query, best: RankedArticle | None) -> Status:
        """What may be claimed of the best article for a question."""
        return self.responder.status(self.responder.reader.read(query.text), best)

    @names_damage
    def answer(self, query: Query, article_id: str) -> Answer:
        """What one article answers to a question, wherever it is ranked.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        question, row = self.responder.reader.read(query.text), self._catalogue.row(article_id)
        vector = self.responder.dense.embed(question)[0]
        return self.responder.answerer.answers(question.wanted, vector, [row])[row].answer

    @names_damage
    def passage_features(self, query: Query, article_id: str) -> dict[str, Mapping[Feature, float]]:
        """What speaks for each passage of one article, by anchor: what the choice is fitted on.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        question, row = self.responder.reader.read(query.text), self._catalogue.row(article_id)
        vector = self.responder.dense.embed(question)[0]
        evidence = self.responder.answerer.evidence(vector, [row])[row]
        described = features(question.wanted, evidence.title, list(evidence.body.values()))
        return {
            each.passage.anchor: values
            for each, values in zip(evidence.body.values(), described, strict=True)
        }

    @names_damage
    def has(self, article_id: str) -> bool:
        """Whether an article has that id."""
        return self._catalogue.has(article_id)

    @names_damage
    def families(self) -> dict[str, str]:
        """Family by article id, of the articles that have one."""
        return self._catalogue.families()

    @names_damage
    def article(self, article_id: str) -> Article:
        """The article with that id.

        Raises:
            ArticleNotFoundError: there is none.
        """
        return self._catalogue.article(article_id)

    @names_damage
    def related(self, article_id: str, limit: int = 10) -> tuple[RelatedArticle, ...]:
        """Articles to read besides: near ones that differ from one another, in order.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        return self._catalogue.related(article_id, limit)

    @names_damage
    def suggest(self, typed: str, limit: int = DEFAULT_SUGGESTIONS) -> tuple[Suggestion, ...]:
        """Completions of a question that is being typed, the best first.

        Raises:
            QueryError: what is typed is no question yet, or the limit is out of bounds.
        """
        return self._suggester.suggest(typed, limit)

    @names_damage
    def categories(self) -> dict[str, int]:
        """Number of articles of each category, the largest first."""
        return self._catalogue.categories()

    @names_damage
    def articles_in(
        self, category: str, *, limit: int, offset: int = 0
    ) -> tuple[RelatedArticle, ...]:
        """Articles of a category: whole ones before excerpts, then the newest first."""
        return self._catalogue.articles_in(category, limit, offset)

    @names_damage
    def popular(self, limit: int) -> tuple[RelatedArticle, ...]:
        """Questions to begin with: the newest of each category, then the newest of all."""
        return self._catalogue.popular(limit)

    def warm_up(self) -> None:
        """Answer one question, so that the first reader waits for no page of a file."""
        for article in self.popular(1):
            with suppress(QueryError):  # a title without a word
                self.search(Query.parse(article.title[:MAX_CHARACTERS]))

    def close(self) -> None:
        """Close the files of the build, and let pruning have it."""
        self.parts.close()


def _without_calibration(held: HeldBuild) -> HeldBuild:
    return replace(held, manifest=replace(held.manifest, calibration=None))
