"""What a question was probably meant to say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from indexer.store.spelling import SpellingStore
from indexer.text.segment import Segmenter
from search.spelling.candidates import Candidate, Candidates, EditKind
from search.spelling.costs import CharacterCosts, margin
from search.spelling.decode import cheapest, cost_as_written
from search.spelling.text import OpenText, read_open

_OF_LETTERS = ("pinyin", "initials")


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that was read as another.

    Attributes:
        kind: ``same_sound`` and ``near_sound`` are of characters; ``pinyin`` and
            ``initials`` were typed in letters; ``one_off`` is one character wrong, missing
            or too many; ``name`` is a product's other name beside such pinyin.
        cost: what the edit costs, in nats; the likelier a slip, the less.
    """

    written: str
    meant: str
    kind: EditKind
    cost: float


@dataclass(frozen=True, slots=True)
class Correction:
    """A question as it was probably meant.

    Attributes:
        text: the question with its edits made; all else stands as it was written.
        gain: how much less the edits and the text cost together than the text as written,
            in nats.
    """

    text: str
    edits: tuple[Edit, ...]
    gain: float

    @property
    def reads_letters(self) -> bool:
        """Whether words were read in letters that say nothing to a search as they stand."""
        return any(each.kind in _OF_LETTERS for each in self.edits)

    def to_json(self) -> dict[str, object]:
        """The object that an explanation holds."""
        return {
            "text": self.text,
            "gain": self.gain,
            "edits": [asdict(each) for each in self.edits],
        }


class Corrector:
    """Corrects questions with the words of one build."""

    def __init__(self, store: SpellingStore, segmenter: Segmenter) -> None:
        """Take the spelling of a build and the segmenter that cut it."""
        self._store = store
        self._segmenter = segmenter
        self._candidates = Candidates(store)
        self._costs = CharacterCosts(store, segmenter)

    def correct(self, text: str) -> Correction | None:
        """The likeliest correction; None where the question is likelier meant as it stands."""
        question = read_open(text, self._segmenter, self._store)
        if not question.doubtful:
            return None
        candidates = list(self._candidates.of(question))
        if not candidates:
            return None
        cost, taken = cheapest(question, candidates, self._costs)
        gain = cost_as_written(question, self._costs) - cost
        if gain < margin(len(question.text)):
            return None
        return _correction(text, question, taken, gain)


def _correction(
    text: str, question: OpenText, taken: Sequence[Candidate], gain: float
) -> Correction:
    edits, parts, at = [], [], 0
    for each in _edits_of(question, taken):
        first, last = question.normalised.span(each.start, each.end)
        edits.append(Edit(text[first:last], each.word, each.kind, each.cost))
        # Words typed in letters are set apart by spaces, in characters they are not.
        between = text[at:first]
        parts += [between if at == 0 or between != " " else "", each.word]
        at = last
    return Correction("".join([*parts, text[at:]]), tuple(edits), gain)


def _edits_of(question: OpenText, taken: Sequence[Candidate]) -> Sequence[Candidate]:
    """What is changed, in order; beside pinyin the names typed in letters as well."""
    if not any(each.kind in _OF_LETTERS for each in taken):
        return taken
    names = (
        Candidate(start, end, name, "name", 0.0)
        for start, (end, name) in question.words.items()
        if question.text[start:end].isascii()
    )
    return sorted([*taken, *names], key=lambda each: each.start)
