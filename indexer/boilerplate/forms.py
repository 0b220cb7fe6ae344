"""What is known and what was learned of the sentences around articles."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import takewhile
from typing import Literal

from indexer.boilerplate.masking import MARKS, PART_MARK, TITLE_MARK
from indexer.boilerplate.sentences import Clause, Sentence
from indexer.boilerplate.talk import kind_of
from indexer.errors import SourceError
from indexer.lexicon import Lexicon

Place = Literal["opening", "closing"]
Evidence = Literal["known", "learned"]

_QUOTES = str.maketrans("", "", "“”‘’「」『』《》\"'")
_CUT_OFF_MIN_CHARACTERS = 4


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms of sentences at one edge of articles.

    Attributes:
        known: each matches a whole sentence of the lexicon's forms.
        learned: keys of clauses found in a collection.
        seen: the words of those, and of the clauses of sentences that matched a known form,
            ascending; an excerpt may break off inside one.
    """

    known: tuple[re.Pattern[str], ...] = ()
    learned: frozenset[str] = frozenset()
    seen: tuple[str, ...] = ()

    def is_known(self, sentence: Sentence) -> bool:
        """Whether a sentence is of a known form."""
        bare = sentence.masked.strip().translate(_QUOTES)
        return any(form.fullmatch(bare) for form in self.known)

    def evidence(self, sentence: Sentence) -> Evidence | None:
        """Why a sentence is boilerplate; None where it is not."""
        if self.is_known(sentence):
            return "known"
        keys = [clause.key for clause in sentence.clauses]
        if sentence.is_number or not self.learned.issuperset(keys):
            return None
        return "learned"

    def is_cut_off(self, sentence: Sentence) -> bool:
        """Whether a sentence is the beginning of one of these forms, broken off."""
        if not sentence.cut_off or not sentence.clauses:
            return False
        # The title itself may break off.
        *whole, last = [c.words.replace(PART_MARK, TITLE_MARK) for c in sentence.clauses]
        return len("".join([*whole, last])) >= _CUT_OFF_MIN_CHARACTERS and all(
            [*(self._starts(key) == key for key in whole), self._starts(last) is not None]
        )

    def _starts(self, key: str) -> str | None:
        """The first clause seen that begins so."""
        at = bisect_left(self.seen, key)
        return self.seen[at] if at < len(self.seen) and self.seen[at].startswith(key) else None


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """What to take away from the opening and from the closing paragraphs."""

    opening: Forms
    closing: Forms

    @classmethod
    def of(cls, lexicon: Lexicon) -> Boilerplate:
        """The known forms of a lexicon, a line each: ``opening: REGEX`` or ``closing: REGEX``.

        Raises:
            SourceError: a line is of neither form, or no regular expression.
        """
        forms: dict[str, list[re.Pattern[str]]] = {"opening": [], "closing": []}
        path = lexicon.folder / "boilerplate.txt"
        for number, line in lexicon.lines("boilerplate.txt"):
            place, _, pattern = line.partition(":")
            if place not in forms:
                raise SourceError(path, 'write "opening: REGEX" or "closing: REGEX"', number)
            try:
                compiled = re.compile(pattern.strip().replace("{title}", f"[{MARKS}]"))
            except re.error as error:
                raise SourceError(path, f"no regular expression: {error}", number) from None
            forms[place].append(compiled)
        return cls(Forms(tuple(forms["opening"])), Forms(tuple(forms["closing"])))

    def at(self, place: Place) -> Forms:
        """The forms of one edge."""
        return self.opening if place == "opening" else self.closing


def leading_run(sentence: Sentence, forms: Forms) -> Clause | None:
    """The last clause of a greeting that stands before an answer in one sentence.

    Something of it must talk about the text: else it may be the answer's subject.
    """
    run = [*takewhile(lambda clause: clause.key in forms.learned, sentence.clauses)]
    return run[-1] if any(kind_of(clause.key) == "talk" for clause in run) else None


def is_cut_off_form(sentence: Sentence, boilerplate: Boilerplate) -> bool:
    """Whether an excerpt's last sentence is the beginning of a form of either edge."""
    return boilerplate.opening.is_cut_off(sentence) or boilerplate.closing.is_cut_off(sentence)
