"""The passage of an article to show for a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.store.passage_words import PassageWords
from search.passage.features import Evidence, Feature, features
from search.passage.question_type import QuestionType
from search.passage.wanted import Wanted, WantedWord
from search.passage.weights import LEAD_MARGIN, WEIGHTS


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage of an article with what speaks for it.

    Attributes:
        row: the passage.
        terms: what each feature adds, weighted; those that add nothing are left out.
    """

    row: int
    terms: Mapping[Feature, float]

    @property
    def score(self) -> float:
        """The sum of its terms; higher is better, comparable within the article only."""
        return sum(self.terms.values())


@dataclass(frozen=True, slots=True)
class Choice:
    """The passage to show of an article, and why.

    Attributes:
        chosen: the passage to show.
        lead: the article's first passage, which is shown unless another clearly says more.
        type: the kind of answer that the question asks for.
        asked: words of the question, and their synonyms, where the title has none of them.
        told: of each such word what this passage has, itself or a synonym.
        lead_told: of each such word what the lead has.
    """

    chosen: Scored
    lead: Scored
    type: QuestionType
    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    lead_told: tuple[str, ...] = ()


def choose_passage(wanted: Wanted, title: Evidence, body: Mapping[int, Evidence]) -> Choice:
    """The passage to show of an article; of equals the earlier one.

    A good article answers first and explains then, so the lead has a start and is shown unless
    another clearly beats it. What speaks for another is that it fits the kind of question
    better (the list of causes for 「为什么」, the list of steps for 「怎么办」, a passage with a
    number for 「多少」), is nearer to the question, or tells more of what it asks beyond the title.

    Args:
        wanted: what the question wants.
        title: the article's title.
        body: the passages that can be shown by row, in order; at least one.
    """
    evidence = list(body.values())
    scored = [
        Scored(row, {name: WEIGHTS[name] * value for name, value in values.items() if value})
        for row, values in zip(body, features(wanted, title, evidence), strict=True)
    ]
    lead = scored[0]
    best = max(scored, key=lambda each: each.score)
    chosen = best if best.score > lead.score + LEAD_MARGIN else lead
    beyond = [word for word in wanted.words if not word.told_by(title.words)[1]]
    return Choice(
        chosen,
        lead,
        wanted.type,
        tuple(dict.fromkeys(form for word in beyond for form in word.all_forms)),
        _told(beyond, body[chosen.row].words),
        _told(beyond, body[lead.row].words),
    )


def _told(words: Iterable[WantedWord], passage: PassageWords) -> tuple[str, ...]:
    return tuple(dict.fromkeys(form for word in words if (form := word.told_by(passage)[1])))
