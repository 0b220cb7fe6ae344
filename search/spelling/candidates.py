"""What a reader may have meant by a stretch of a question."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from indexer.store.spelling import LONGEST_WORD, SoundedWord, SpellingStore, sound_key
from indexer.text.syllables import LONGEST_SYLLABLE, near_sound
from search.spelling.costs import (
    INITIALS,
    NEAR_PINYIN,
    NEAR_SOUND,
    NO_WORD,
    ONE_OFF,
    PINYIN,
    RARE_READING,
    SAME_SOUND,
)
from search.spelling.text import OpenText, is_chinese

EditKind = Literal["same_sound", "near_sound", "pinyin", "initials", "one_off", "name"]

# Pinyin of single characters is read in runs that are no shorter, but for a question that
# is all letters: "ma" beside characters is no 吗.
_SHORTEST_OF_CHARACTERS = 4
_SPANS_OF_ONE_OFF = range(2, LONGEST_WORD)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may stand where something else is written.

    Attributes:
        start, end: range of the normalised question.
        word: what may be meant.
        cost: of the edit, in nats.
    """

    start: int
    end: int
    word: str
    kind: EditKind
    cost: float


@dataclass(frozen=True, slots=True)
class _Heard:
    """One syllable of the question: typed as pinyin, or what a character may sound like.

    Attributes:
        key: of its near sound.
        rare: a further reading of a character that is mostly read otherwise.
    """

    start: int
    end: int
    syllable: str
    key: str
    rare: bool = False


class Candidates:
    """Finds words of a build that sound or look like what is written."""

    def __init__(self, store: SpellingStore) -> None:
        """Take the spelling of a build."""
        self._store = store

    def of(self, question: OpenText) -> Iterator[Candidate]:
        """Every candidate, from the first character on."""
        heard = [self._heard(question, at) for at in range(len(question.text))]
        for start in range(len(question.text)):
            # What is known may be a part of what is changed, as 经营 of 经营袋 is.
            if start not in question.inside and any(question.open[start : start + LONGEST_WORD]):
                yield from self._sounding(question, heard, start)
                yield from self._one_off(question, start)
        for start, end in question.runs.items():
            for word in self._store.product(question.text[start:end]):
                yield Candidate(start, end, word, "initials", INITIALS)

    def _heard(self, question: OpenText, at: int) -> list[_Heard]:
        """The syllables that may stand at a place."""
        text = question.text
        if is_chinese(text[at]):
            readings = enumerate(self._store.readings(text[at]))
            return [
                _Heard(at, at + 1, sound, sound_key([near_sound(sound)]), rare=place > 0)
                for place, sound in readings
            ]
        if not (question.open[at] and _is_latin(text, at)):
            return []
        end = at + 1
        while end < min(len(text), at + LONGEST_SYLLABLE) and _is_latin(text, end):
            end += 1
        typed = (text[at:stop] for stop in range(at + 1, end + 1))
        return [
            _Heard(at, at + len(each), each, key)
            for each in typed
            if self._store.sounds_begin(key := sound_key([near_sound(each)]))
        ]

    def _sounding(
        self, question: OpenText, heard: Sequence[Sequence[_Heard]], start: int
    ) -> Iterator[Candidate]:
        heads: list[tuple[tuple[_Heard, ...], str]] = [((each,), each.key) for each in heard[start]]
        while heads:
            before, key = heads.pop()
            end = before[-1].end
            if end not in question.inside and any(question.open[start:end]):
                yield from self._words(question, before, key)
            if len(before) == LONGEST_WORD:
                continue
            for each in _next(question, heard, end):
                if self._store.sounds_begin(key + each.key):
                    heads.append(((*before, each), key + each.key))

    def _words(
        self, question: OpenText, heard: tuple[_Heard, ...], key: str
    ) -> Iterator[Candidate]:
        start, end = heard[0].start, heard[-1].end
        for sounded in self._store.sounding(key):
            edit = _edit(question, heard, sounded)
            if edit is not None:
                kind, cost = edit
                if len(heard) == 1 and not self._store.knows(sounded.word):
                    cost += NO_WORD
                yield Candidate(start, end, sounded.word, kind, cost)

    def _one_off(self, question: OpenText, start: int) -> Iterator[Candidate]:
        text = question.text
        for length in _SPANS_OF_ONE_OFF:
            end = start + length
            if end > len(text) or not is_chinese(text[end - 1]):
                return
            opened = question.open[start:end]
            # A word of three is found in two characters only if neither is known.
            if end in question.inside or not (all(opened) if length == 2 else any(opened)):
                continue
            written = text[start:end]
            forms = [written, *(written[:at] + written[at + 1 :] for at in range(length))]
            for word in dict.fromkeys(w for form in forms for w in self._store.neighbours(form)):
                if _is_one_off(written, word, opened):
                    yield Candidate(start, end, word, "one_off", ONE_OFF)


def _next(question: OpenText, heard: Sequence[Sequence[_Heard]], at: int) -> Sequence[_Heard]:
    """The syllables behind a syllable, across the space that may part two typed ones."""
    text = question.text
    if at < len(text) and text[at] == " " and _is_latin(text, at - 1):
        at += 1
        return heard[at] if at < len(text) and _is_latin(text, at) else ()
    return heard[at] if at < len(text) else ()


def _is_latin(text: str, at: int) -> bool:
    return "a" <= text[at] <= "z"


def _edit(
    question: OpenText, heard: tuple[_Heard, ...], sounded: SoundedWord
) -> tuple[EditKind, float] | None:
    """What it takes to read syllables as a word; None where that may not be."""
    kind: EditKind = "same_sound"
    cost, changed, typed = 0.0, 0, 0
    for each, char, syllable in zip(heard, sounded.word, sounded.syllables, strict=True):
        exact = each.syllable == syllable
        if _is_latin(question.text, each.start):
            typed += 1
            cost += PINYIN if exact else NEAR_PINYIN
        elif question.text[each.start] != char:
            if not question.open[each.start]:
                return None
            changed += 1
            cost += (SAME_SOUND if exact else NEAR_SOUND) + (RARE_READING if each.rare else 0.0)
            kind = kind if exact else "near_sound"
    if not changed and not typed:
        return None
    if len(heard) == 1 and not (typed and _may_be_characters(question, heard[0].start)):
        return None
    return ("pinyin" if typed else kind), cost


def _may_be_characters(question: OpenText, at: int) -> bool:
    """Whether a run of letters may be pinyin of single characters, not of whole words."""
    length = next(end - start for start, end in question.runs.items() if start <= at < end)
    return length >= _SHORTEST_OF_CHARACTERS or question.in_letters


def _is_one_off(written: str, word: str, opened: tuple[bool, ...]) -> bool:
    """Whether a word differs in one character that may be changed."""
    if len(word) == len(written):
        differ = [at for at, char in enumerate(word) if char != written[at]]
        return len(differ) == 1 and opened[differ[0]]
    # One too many or too few: then all of it must be open to doubt.
    shorter, longer = sorted((word, written), key=len)
    return all(opened) and any(
        longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer))
    )
