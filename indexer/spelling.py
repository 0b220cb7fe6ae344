"""What a corrector of questions knows, made of the collection and its lexicon.

Words are corrected to words of titles, tags and the lexicon, and to those that bodies use
often; how often characters stand side by side says which of them fits.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, pairwise

from indexer.article import Article, Passage
from indexer.lexicon import Lexicon
from indexer.store.spelling import LONGEST_WORD, SoundedWord, SpellingTable
from indexer.text.normalise import fold, normalise
from indexer.text.pinyin import initials, readings, syllables
from indexer.text.segment import Segmenter
from indexer.text.syllables import near_sound

_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_LATIN = re.compile(r"[a-z]+")
# A word that bodies alone use must be used as often to be corrected to.
_TIMES_IN_BODIES = 3
# A title says how people ask: it weighs as much as several sentences of bodies.
_WEIGHT_OF_TITLES = 4
# Bounds of the table for a very large collection.
_MOST_WORDS = 50_000
_MOST_PAIRS = 200_000
_MOST_HOMOPHONES = 8


def spelling_table(
    articles: Sequence[Article],
    passages: Iterable[Passage],
    contents: Mapping[str, int],
    lexicon: Lexicon,
    segmenter: Segmenter,
) -> SpellingTable:
    """The spelling of a collection.

    Args:
        articles: all articles.
        passages: all passages.
        contents: how often bodies use each content word.
        lexicon: the words it is built with.
        segmenter: cuts titles.
    """
    titles = [text for each in articles for text in (each.title, *each.tags, each.category)]
    # Other wordings are left out: they are written with the slips that readers make.
    bodies = [each.text for each in passages if not each.is_question]
    characters, pairs, latin = _written(titles, bodies)
    words = _words(titles, contents, lexicon, segmenter)
    known = [word for word in words if _CHINESE.search(word) and len(word) <= LONGEST_WORD]
    known += [char for char in characters if characters[char] >= _TIMES_IN_BODIES]
    known = list(dict.fromkeys(known))
    return SpellingTable(
        characters=characters,
        pairs=dict(pairs.most_common(_MOST_PAIRS)),
        words=words | {word: 1 for word in latin if word not in words},
        readings=dict(readings()),
        sounds=_sounds(known, words, characters),
        neighbours=_neighbours(lexicon.dictionary(), words),
        initials=_initials(lexicon, words),
    )


def _written(
    titles: Iterable[str], bodies: Iterable[str]
) -> tuple[Counter[str], Counter[str], set[str]]:
    """Chinese characters, their pairs, and words in Latin letters."""
    characters: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    latin: set[str] = set()
    weighed = chain(((text, _WEIGHT_OF_TITLES) for text in titles), ((text, 1) for text in bodies))
    for text, weight in weighed:
        folded = fold(text)
        latin.update(_LATIN.findall(folded))
        for run in _CHINESE.findall(folded):
            for char in run:
                characters[char] += weight
            for first, second in pairwise(run):
                pairs[first + second] += weight
    return characters, pairs, latin


def _words(
    titles: Iterable[str], contents: Mapping[str, int], lexicon: Lexicon, segmenter: Segmenter
) -> dict[str, int]:
    """How often each word is written; aliases count as their name."""
    counts: Counter[str] = Counter()
    for title in titles:
        counts.update(word.name for word in segmenter.words(title) if word.name.isalnum())
    listed = [*lexicon.whole_words(), *lexicon.products(), *lexicon.stopwords()]
    aliases = lexicon.aliases()
    for word in {normalise(each).text for each in listed} - set(aliases):
        counts[word] += 1
    for word, count in contents.items():
        if word in counts or count >= _TIMES_IN_BODIES:
            counts[word] += count
    return dict(counts.most_common(_MOST_WORDS))


def _sounds(
    known: Iterable[str], words: Mapping[str, int], characters: Mapping[str, int]
) -> dict[tuple[str, ...], list[SoundedWord]]:
    found: dict[tuple[str, ...], list[SoundedWord]] = {}
    for word in known:
        sounds = syllables(word)
        if len(sounds) == len(word):
            heard = tuple(map(near_sound, sounds))
            found.setdefault(heard, []).append(SoundedWord(word, sounds))

    def rarity(each: SoundedWord) -> tuple[int, str]:
        counts = characters if len(each.word) == 1 else words
        return -counts.get(each.word, 0), each.word

    return {heard: sorted(same, key=rarity)[:_MOST_HOMOPHONES] for heard, same in found.items()}


def _neighbours(known: Iterable[str], words: Mapping[str, int]) -> dict[str, list[str]]:
    found: dict[str, dict[str, None]] = {}
    longer = (word for word in known if len(word) >= 3 and _CHINESE.fullmatch(word))
    for word in sorted(longer, key=lambda each: (-words.get(each, 0), each)):
        for form in (word, *(word[:at] + word[at + 1 :] for at in range(len(word)))):
            found.setdefault(form, {})[word] = None
    return {form: list(near)[:_MOST_HOMOPHONES] for form, near in found.items()}


def _initials(lexicon: Lexicon, words: Mapping[str, int]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name in sorted(lexicon.products(), key=lambda each: (-words.get(each, 0), each)):
        if _CHINESE.fullmatch(name):
            found.setdefault(initials([name]), []).append(name)
    return found
