"""Why a passage is shown, for who asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from search.passage.choice import Choice
from search.passage.features import Feature
from search.passage.question_type import QuestionType

Reason = Literal["lead", "fits", "near", "tells_more", "only_title"]

# The features by what they come to; those of the lead itself speak for it alone.
_REASONS: Mapping[Reason, frozenset[Feature]] = {
    "fits": frozenset(
        {"list", "list_why", "item", "fitting", "fitting_list", "first_fitting", "number"}
    ),
    "near": frozenset({"near"}),
    "tells_more": frozenset({"told"}),
}


@dataclass(frozen=True, slots=True)
class PassageTerm:
    """A summand of a passage's score, beside the same of the lead."""

    name: Feature
    value: float
    lead_value: float


@dataclass(frozen=True, slots=True)
class Shown:
    """Why this passage is shown.

    Attributes:
        reason: ``lead``: the article's first lines answer; else what speaks most for this
            passage against them. ``fits``: it is of the form that such a question asks for;
            ``near``: its vector is nearer to the question; ``tells_more``: it has more of what
            the title leaves open. ``only_title``: the article has nothing else.
        type: the kind of answer that the question asks for; None for ``only_title``.
        score: what speaks for it, as a sum.
        lead_score: what speaks for the lead.
        terms: the summands of both.
        asked: words of the question, and their synonyms, where the title has none of them.
        told: of each such word what the passage has, itself or a synonym.
        lead_told: of each such word what the lead has.
    """

    reason: Reason
    type: QuestionType | None = None
    score: float = 0.0
    lead_score: float = 0.0
    terms: tuple[PassageTerm, ...] = ()
    asked: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    lead_told: tuple[str, ...] = ()

    def to_json(self) -> dict[str, object]:
        """The object inside a hit's explanation."""
        return {
            "reason": self.reason,
            "type": self.type,
            "score": self.score,
            "lead_score": self.lead_score,
            "terms": [asdict(term) for term in self.terms],
            "asked": list(self.asked),
            "told": list(self.told),
            "lead_told": list(self.lead_told),
        }


def explain_choice(choice: Choice | None) -> Shown:
    """Why a passage was chosen; None stands for an article of nothing but a title."""
    if choice is None:
        return Shown("only_title")
    chosen, lead = choice.chosen, choice.lead
    terms = tuple(
        PassageTerm(name, chosen.terms.get(name, 0.0), lead.terms.get(name, 0.0))
        for name in dict.fromkeys((*chosen.terms, *lead.terms))
    )
    asked, told, lead_told = (
        tuple(sorted(words)) for words in (choice.asked, choice.told, choice.lead_told)
    )
    return Shown(
        _reason(choice, terms),
        choice.type,
        chosen.score,
        lead.score,
        terms,
        asked,
        told,
        lead_told,
    )


def _reason(choice: Choice, terms: tuple[PassageTerm, ...]) -> Reason:
    if choice.chosen.row == choice.lead.row:
        return "lead"

    def gain(reason: Reason) -> float:
        return sum(term.value - term.lead_value for term in terms if term.name in _REASONS[reason])

    return max(_REASONS, key=gain)
