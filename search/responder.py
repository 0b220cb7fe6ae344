"""A question in, a response out: read, embed, rank, fold, answer, judge."""

from __future__ import annotations

import time
import uuid
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from indexer.aspects import AspectReader
from indexer.text.normalise import fold as fold_text
from search.agreement import AgreementReader
from search.answer import Answerer, ArticleAnswer
from search.catalogue import Catalogue
from search.confidence import judge
from search.explanation import Explainer, QueryExplanation, explain_question
from search.folding import Folded, fold
from search.nearby import nearest_categories
from search.notices import RiskNotices
from search.opening import BuildParts
from search.query import Query
from search.ranking import RankedArticle, Ranker, Ranking, RankingParts
from search.reading import Question, QuestionReader
from search.response import Hit, SearchResponse, Status, WaysOn
from search.retrieval.dense import DenseRetriever
from search.retrieval.depth import dense_depth
from search.retrieval.words import WordRetriever
from search.spelling.answering import Answered
from search.stages import StageClock
from search.understanding import Understanding

_POPULAR_WHERE_NOTHING_ANSWERS = 5


class Responder:
    """Answers a question as it is written.

    Attributes:
        reader: reads questions.
        risks: knows which questions call for a warning.
        agreements: compares questions with articles.
        answerer: finds what an article answers.
        dense: embeds questions.
    """

    def __init__(self, parts: BuildParts, catalogue: Catalogue) -> None:
        """Take the open parts of a build, and its articles to offer where nothing answers."""
        segmenter, lexicon = parts.segmenter, parts.lexicon
        self.reader = QuestionReader(segmenter, lexicon.synonyms())
        self.risks = RiskNotices(lexicon.risks())
        self.agreements = AgreementReader(AspectReader(segmenter, lexicon), parts.aspects)
        self.dense = DenseRetriever(
            parts.encoder, parts.vectors, dense_depth(parts.manifest.counts)
        )
        self.answerer = Answerer(parts.articles, self.dense)
        self._manifest = parts.manifest
        self._articles = parts.articles
        self._near_duplicates = parts.near_duplicates
        self._catalogue = catalogue
        self._ranker = Ranker(
            self.dense,
            WordRetriever(parts.words, parts.asked_words),
            parts.articles,
            self.agreements,
            RankingParts(parts.vectors, parts.places, parts.wordings, parts.questions),
            parts.manifest.calibration,
        )

    def respond(self, query: Query) -> Answered:
        """The page of hits that a query asks for, and what may be claimed of the first."""
        started, clock = time.perf_counter(), StageClock()
        question = self.reader.read(query.text)
        clock.end("reading")
        vectors = self.dense.embed(question)
        clock.end("embedding")
        ranking = self._ranker.rank(question, vectors, query.mode, clock)
        folded = self._fold(query, ranking)
        page = folded.hits[query.offset : query.offset + query.limit]
        answers = self.answerer.answers(question.wanted, vectors[0], [e.card.row for e in page])
        told = self._explainer(query, question, ranking, answers) if query.explain else None
        hits = tuple(_hit(each, answers[each.card.row], folded, told) for each in page)
        best = folded.hits[0] if folded.hits else None
        status = self.status(question, best)
        clock.end("answers")
        response = SearchResponse(
            query=query.text,
            status=status,
            total=len(folded.hits),
            limit=query.limit,
            offset=query.offset,
            took_ms=(time.perf_counter() - started) * 1000,
            index_version=self._manifest.build_id,
            query_id=uuid.uuid4().hex,
            hits=hits,
            facets={"category": _count_categories(folded.hits)},
            notices=self.risks.on(question),
            suggestions=self._ways_on(ranking.articles) if status == "none" else None,
            stages=clock.milliseconds,
            explanation=self._explain(question, status, best, told) if told else None,
        )
        return Answered(response, _surety(best))

    def rank(self, query: Query) -> Ranking:
        """All candidates in order, before filters, with what their places rest on."""
        question = self.reader.read(query.text)
        return self._ranker.rank(question, self.dense.embed(question), query.mode)

    def status(self, question: Question, best: RankedArticle | None) -> Status:
        """What may be claimed of the best article for a question."""
        if best is None:
            return "none"
        status = judge(best.likelihood, self._manifest.calibration)
        return "suggested" if status == "none" and _only_names(question, best) else status

    def _fold(self, query: Query, ranking: Ranking) -> Folded:
        """What filters leave, near duplicates folded."""
        wanted = [
            each
            for each in ranking.articles
            if query.category in (None, each.card.category) and each.score >= query.min_score
        ]
        return fold(wanted, self._near_duplicates.kept(each.card.row for each in wanted))

    def _ways_on(self, ranked: Sequence[RankedArticle]) -> WaysOn:
        near = nearest_categories(ranked, self._manifest.calibration)
        return WaysOn(near, self._catalogue.popular(_POPULAR_WHERE_NOTHING_ANSWERS))

    def _explainer(
        self, query: Query, question: Question, ranking: Ranking, rows: Collection[int]
    ) -> Explainer:
        compared = self.agreements.compared(self.agreements.asked(question.words), rows)
        passages = self._articles.passages_of(rows)
        return Explainer(ranking, query.mode, self._manifest.calibration, compared, passages)

    def _explain(
        self,
        question: Question,
        status: Status,
        best: RankedArticle | None,
        explainer: Explainer,
    ) -> QueryExplanation:
        return explain_question(
            question.words,
            question,
            Understanding.of(self.agreements.asked(question.words)),
            status,
            explainer.confidence(best),
            self._manifest.calibration,
        )


def _hit(
    ranked: RankedArticle, answered: ArticleAnswer, folded: Folded, explainer: Explainer | None
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
        duplicates=folded.duplicates(ranked),
        explanation=explainer.hit(ranked, answered) if explainer else None,
        as_of=card.as_of,
    )


def _only_names(question: Question, best: RankedArticle) -> bool:
    """Whether a question is nothing but words of the best title, as a product alone is.

    What is asked cannot be told then, but what it is about is there.
    """
    title = fold_text(best.card.title)
    return bool(question.expansions) and all(word in title for word in question.expansions)


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
