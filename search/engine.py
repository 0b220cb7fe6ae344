"""The search engine over one build of an index.

Everything that reads an index goes through `SearchEngine`.
"""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from indexer.article import Article
from indexer.aspects import NOTHING, AspectReader
from indexer.encoders.protocol import Encoder
from indexer.encoders.reopen import reopen_encoder
from indexer.errors import ArticleNotFoundError, IndexDamagedError, QueryError
from indexer.lexicon import Lexicon
from indexer.reasons import RelatedReason
from indexer.store.articles import ArticleCard, ArticleStore
from indexer.store.aspects import AspectStore
from indexer.store.builds import HeldBuild, hold_current
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
from indexer.store.vectors import GRAPH_FROM_ROWS, VectorIndex
from indexer.store.wordings import WordingIndex
from indexer.store.words import ASKED_FIELDS, WordIndex
from indexer.text.normalise import fold as fold_text
from indexer.text.segment import Segmenter
from search.agreement import AgreementReader
from search.answer import Answerer, ArticleAnswer
from search.confidence import check_features, judge
from search.damage import names_damage, naming_damage
from search.explanation import Explainer, explain_question
from search.folding import fold
from search.nearby import nearest_categories
from search.notices import RiskNotices
from search.passage.features import Feature, features
from search.query import MAX_CHARACTERS, Query
from search.ranking import RankedArticle, Ranker, Ranking, RankingParts
from search.reading import Question, QuestionReader
from search.response import (
    Answer,
    Duplicate,
    Hit,
    RelatedArticle,
    SearchResponse,
    Status,
    WaysOn,
)
from search.retrieval.dense import DenseRetriever
from search.retrieval.depth import dense_depth
from search.retrieval.words import WordRetriever
from search.spelling.answering import Answered, answer_corrected
from search.spelling.corrector import Correction, Corrector
from search.stages import StageClock
from search.suggest import DEFAULT_SUGGESTIONS, Suggester, Suggestion
from search.understanding import Understanding

_POPULAR_WHERE_NOTHING_ANSWERS = 5


class SearchEngine:
    """Answers questions from one build; its parts are finished when it is made."""

    def __init__(
        self,
        build: HeldBuild,
        articles: ArticleStore,
        segmenter: Segmenter,
        lexicon: Lexicon,
        words: WordIndex,
        asked_words: WordIndex,
        vectors: VectorIndex,
        encoder: Encoder,
        suggestions: SuggestionStore,
        aspects: AspectStore,
        spelling: SpellingStore,
        ranking: RankingParts,
        near_duplicates: NearDuplicateStore,
    ) -> None:
        """Take the open parts of one build."""
        self.build = build
        self.manifest: Manifest = build.manifest
        self._articles = articles
        self._near_duplicates = near_duplicates
        self._suggester = Suggester(suggestions, segmenter)
        self._corrector = Corrector(spelling, segmenter)
        self._reader = QuestionReader(segmenter, lexicon.synonyms())
        self._agreements = AgreementReader(AspectReader(segmenter, lexicon), aspects)
        self._risks = RiskNotices(lexicon.risks(), segmenter)
        self._questions = ranking.questions
        self._dense = DenseRetriever(encoder, vectors, dense_depth(build.manifest.counts))
        self._ranker = Ranker(
            self._dense,
            WordRetriever(words, asked_words),
            articles,
            self._agreements,
            ranking,
            build.manifest.calibration,
        )
        self._answerer = Answerer(articles, self._dense)
        self._articles_checked = False

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
        try:
            with naming_damage(held):
                return cls._over(held)
        except BaseException:
            held.hold.release()
            raise

    @classmethod
    def _over(cls, held: HeldBuild) -> SearchEngine:
        build, manifest = held.path, held.manifest
        manifest.check_sizes(build)
        check_features(manifest.calibration)
        # What is read by native code that trusts it: altered, it could end the process.
        manifest.check_hashes_under(build, *_trusted(manifest))
        vectors = VectorIndex.open(build / VECTORS)
        if vectors.rows != manifest.counts.passages:
            raise IndexDamagedError(f"{build / VECTORS}: not the vectors of this index; {REBUILD}")
        return cls(
            held,
            ArticleStore.open(build / ARTICLES),
            open_segmenter(build),
            Lexicon(build / LEXICON),
            WordIndex.open(build / WORDS),
            WordIndex.open(build / ASKED_WORDS, ASKED_FIELDS),
            vectors,
            reopen_encoder(manifest.encoder),
            SuggestionStore.open(build / SUGGESTIONS),
            AspectStore.open(build / ARTICLES),
            SpellingStore.open(build / SPELLING),
            RankingParts(
                vectors,
                PlaceIndex.open(build / PLACES),
                WordingIndex.open(build / WORDINGS, manifest.counts.articles),
                QuestionStore.open(build / ARTICLES),
            ),
            NearDuplicateStore.open(build / ARTICLES),
        )

    @property
    def index_version(self) -> str:
        """Id of the build that answers."""
        return self.manifest.build_id

    @names_damage
    def search(self, query: Query) -> SearchResponse:
        """Ranked answers to a question, or to what it was probably meant to say."""
        return answer_corrected(query, self._answer, self._corrector)

    @names_damage
    def correct(self, text: str) -> Correction | None:
        """What a question was probably meant to say; None where it is fine as it stands."""
        return self._corrector.correct(text)

    def _answer(self, query: Query) -> Answered:
        started, clock = time.perf_counter(), StageClock()
        question = self._reader.read(query.text)
        clock.end("reading")
        vectors = self._dense.embed(question)
        clock.end("embedding")
        ranking = self._ranker.rank(question, vectors, query.mode, clock)
        wanted = [
            each
            for each in ranking.articles
            if query.category in (None, each.card.category) and each.score >= query.min_score
        ]
        folded = fold(wanted, self._near_duplicates.kept(each.card.row for each in wanted))
        kept = folded.hits
        page = kept[query.offset : query.offset + query.limit]
        answers = self._answerer.answers(
            question.wanted, vectors[0], [each.card.row for each in page]
        )
        calibration = self.manifest.calibration
        asked = self._agreements.asked(query.text) if query.explain else NOTHING
        explainer = None
        if query.explain:
            compared = self._agreements.compared(asked, answers)
            explainer = Explainer(ranking, query.mode, calibration, compared)
        hits = tuple(
            _hit(each, answers[each.card.row], folded.duplicates(each), explainer) for each in page
        )
        status = self._status(question, kept[0] if kept else None)
        clock.end("answers")
        response = SearchResponse(
            query=query.text,
            status=status,
            total=len(kept),
            limit=query.limit,
            offset=query.offset,
            took_ms=(time.perf_counter() - started) * 1000,
            index_version=self.index_version,
            query_id=uuid.uuid4().hex,
            hits=hits,
            facets={"category": _count_categories(kept)},
            notices=self._risks.on(question),
            suggestions=self._ways_on(ranking.articles) if status == "none" else None,
            stages=clock.milliseconds,
            explanation=explain_question(
                self._reader.words(query.text),
                question,
                Understanding.of(asked),
                status,
                explainer.confidence(kept[0] if kept else None),
                calibration,
            )
            if explainer
            else None,
        )
        return Answered(response, _surety(kept[0] if kept else None))

    @names_damage
    def rank(self, query: Query) -> Sequence[RankedArticle]:
        """All candidates in order, before filters, of the question as it is written."""
        return self.ranking(query).articles

    @names_damage
    def ranking(self, query: Query) -> Ranking:
        """All candidates in order with what their places rest on: what is fitted."""
        question = self._reader.read(query.text)
        return self._ranker.rank(question, self._dense.embed(question), query.mode)

    @names_damage
    def answer(self, query: Query, article_id: str) -> Answer:
        """What one article answers to a question, wherever it is ranked.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        question, row = self._reader.read(query.text), self._row(article_id)
        vector = self._dense.embed(question)[0]
        return self._answerer.answers(question.wanted, vector, [row])[row].answer

    @names_damage
    def passage_features(self, query: Query, article_id: str) -> dict[str, Mapping[Feature, float]]:
        """What speaks for each passage of one article, by anchor: what the choice is fitted on.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        question, row = self._reader.read(query.text), self._row(article_id)
        evidence = self._answerer.evidence(self._dense.embed(question)[0], [row])[row]
        described = features(question.wanted, evidence.title, list(evidence.body.values()))
        return {
            each.passage.anchor: values
            for each, values in zip(evidence.body.values(), described, strict=True)
        }

    @names_damage
    def status(self, query: Query, best: RankedArticle | None) -> Status:
        """What may be claimed of the best article for a question."""
        return self._status(self._reader.read(query.text), best)

    @names_damage
    def has(self, article_id: str) -> bool:
        """Whether an article has that id."""
        return self._articles.row_of(article_id) is not None

    @names_damage
    def families(self) -> dict[str, str]:
        """Family by article id, of the articles that have one."""
        return self._articles.families()

    @names_damage
    def article(self, article_id: str) -> Article:
        """The article with that id.

        Raises:
            ArticleNotFoundError: there is none.
        """
        return self._articles.article(self._row(article_id))

    @names_damage
    def related(self, article_id: str, limit: int = 10) -> tuple[RelatedArticle, ...]:
        """Articles to read besides: near ones that differ from one another, in order.

        Raises:
            ArticleNotFoundError: no article has that id.
        """
        rows = self._articles.related(self._row(article_id), limit)
        cards = self._articles.cards(each.row for each in rows)
        return tuple(_related(cards[each.row], each.score, each.reason) for each in rows)

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
        return self._articles.categories()

    @names_damage
    def articles_in(
        self, category: str, *, limit: int, offset: int = 0
    ) -> tuple[RelatedArticle, ...]:
        """Articles of a category: whole ones before excerpts, then the newest first."""
        return tuple(_related(card) for card in self._articles.cards_in(category, limit, offset))

    @names_damage
    def popular(self, limit: int) -> tuple[RelatedArticle, ...]:
        """Questions to begin with: the newest of each category, then the newest of all."""
        firsts = (
            card for name in self.categories() for card in self._articles.cards_in(name, 1, 0)
        )
        cards = {card.id: card for card in firsts if not card.excerpt_only}
        cards |= {card.id: card for card in self._articles.newest(limit) if card.id not in cards}
        return tuple(_related(card) for card in cards.values())[:limit]

    def _ways_on(self, ranked: Sequence[RankedArticle]) -> WaysOn:
        near = nearest_categories(ranked, self.manifest.calibration)
        return WaysOn(near, self.popular(_POPULAR_WHERE_NOTHING_ANSWERS))

    def close(self) -> None:
        """Close the files of the build, and let pruning have it."""
        self._articles.close()
        self._suggester.close()
        self._questions.close()
        self._agreements.close()
        self._near_duplicates.close()
        self.build.hold.release()

    def warm_up(self) -> None:
        """Answer one question, so that the first reader waits for no page of a file."""
        for article in self.popular(1):
            with suppress(QueryError):  # a title without a word
                self.search(Query.parse(article.title[:MAX_CHARACTERS]))

    def _status(self, question: Question, best: RankedArticle | None) -> Status:
        if best is None:
            return "none"
        status = judge(best.likelihood, self.manifest.calibration)
        if status == "none" and _only_names(question, best.card.title):
            return "suggested"
        return status

    def _row(self, article_id: str) -> int:
        row = self._articles.row_of(article_id)
        if row is None:
            self._check_articles()
            raise ArticleNotFoundError(f'no article has the id "{article_id}"')
        return row

    def _check_articles(self) -> None:
        """Look once whether the articles are as they were written.

        An altered index of ids hides an article that is there: that is damage, no wrong id.
        """
        if not self._articles_checked:
            self.manifest.check_hash(self.build.path, ARTICLES)
            self._articles_checked = True


def _without_calibration(held: HeldBuild) -> HeldBuild:
    return replace(held, manifest=replace(held.manifest, calibration=None))


def _trusted(manifest: Manifest) -> tuple[str, ...]:
    """Files and folders of a build to hash on opening: small but for the graph of vectors."""
    graph = (VECTORS,) if manifest.counts.passages >= GRAPH_FROM_ROWS else ()
    return (LEXICON, PLACES, SEGMENTATION, SPELLING, WORDINGS, WORDS, ASKED_WORDS, *graph)


def _hit(
    ranked: RankedArticle,
    answered: ArticleAnswer,
    duplicates: tuple[Duplicate, ...],
    explainer: Explainer | None,
) -> Hit:
    card = ranked.card
    return Hit(
        id=card.id,
        title=card.title,
        category=card.category,
        published=card.published,
        excerpt_only=card.excerpt_only,
        score=ranked.score,
        scores=ranked.scores,
        answer=answered.answer,
        duplicates=duplicates,
        explanation=explainer.hit(ranked, answered) if explainer else None,
        as_of=card.as_of,
    )


def _only_names(question: Question, title: str) -> bool:
    """Whether a question is nothing but words of a title, such as a product alone.

    What is asked cannot be told then, but what it is about is there.
    """
    folded = fold_text(title)
    return bool(question.expansions) and all(word in folded for word in question.expansions)


def _surety(best: RankedArticle | None) -> float:
    """How sure the best article is, in 0…1, to compare one wording of a question with another.

    Without a calibration its vector score says which wording the collection is nearer to.
    """
    if best is None:
        return 0.0
    return best.candidate.scores.get("vector", 0.0) if best.likelihood is None else best.likelihood


def _count_categories(ranked: Iterable[RankedArticle]) -> dict[str, int]:
    counts = Counter(each.card.category for each in ranked if each.card.category)
    return dict(counts.most_common())


def _related(
    card: ArticleCard, score: float = 0.0, reason: RelatedReason = "related"
) -> RelatedArticle:
    return RelatedArticle(
        id=card.id,
        title=card.title,
        category=card.category,
        published=card.published,
        excerpt_only=card.excerpt_only,
        excerpt=card.excerpt,
        score=score,
        reason=reason,
    )
