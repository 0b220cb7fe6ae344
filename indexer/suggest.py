"""What readers may be typing, made of the collection: titles, categories, product names.

Everything that a completion can be found by is worked out here, so that answering is one
look-up: the title from its start and from each of its words on, without its stop words,
in pinyin, by pinyin initials, and begun in characters and ended in pinyin.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from indexer.article import Article
from indexer.lexicon import Lexicon
from indexer.store.suggestions import Place, StoredSuggestion, SuggestionEntry, SuggestionKind
from indexer.text.normalise import letters, normalise
from indexer.text.pinyin import full, initials
from indexer.text.segment import Segmenter

# Nobody types on once so much has found nothing; a title from its start is kept whole.
_KEY_CHARACTERS = 32
_TITLE_CHARACTERS = 250
_TITLE_WORDS = 40


def suggestion_entries(
    articles: Sequence[Article], lexicon: Lexicon, segmenter: Segmenter
) -> Iterator[SuggestionEntry]:
    """Completions in the order in which they are shown.

    Names come first, those that most titles hold before the others; then articles: whole
    ones before excerpts, shorter titles before longer ones, the newest, then by id.
    """
    yield from _names(articles, lexicon, segmenter)
    for article in sorted(articles, key=_order):
        yield SuggestionEntry(
            StoredSuggestion("article", article.title, article.id),
            _title_keys(article.title[:_TITLE_CHARACTERS], segmenter),
        )


def _order(article: Article) -> tuple[bool, int, int, str]:
    day = article.published.toordinal() if article.published else 0
    return article.excerpt_only, len(article.title), -day, article.id


def _names(
    articles: Sequence[Article], lexicon: Lexicon, segmenter: Segmenter
) -> Iterator[SuggestionEntry]:
    kinds = _kinds(articles, lexicon, segmenter)
    spellings: dict[str, list[str]] = {}
    for alias, name in lexicon.aliases().items():
        spellings.setdefault(name, []).append(alias)
    for name, kind in kinds.items():
        known = normalise(name).text
        yield SuggestionEntry(
            StoredSuggestion(kind, name, name), _name_keys(known, spellings.get(known, ()))
        )


def _kinds(
    articles: Sequence[Article], lexicon: Lexicon, segmenter: Segmenter
) -> Mapping[str, SuggestionKind]:
    """Categories, and the products that articles are about, those of most titles first."""
    products = lexicon.products()
    told: Counter[str] = Counter()
    for article in articles:
        texts = (article.title, article.category, *article.tags)
        told.update({word.name for text in texts for word in segmenter.words(text)})
    named = {article.category for article in articles if article.category}
    categories: dict[str, SuggestionKind] = dict.fromkeys(named, "category")
    known = {normalise(name).text for name in categories}
    kinds = categories | {name: "product" for name in products if told[name] and name not in known}
    counts = {name: told[normalise(name).text] for name in kinds}
    return {name: kinds[name] for name in sorted(kinds, key=lambda n: (-counts[n], len(n), n))}


def _name_keys(name: str, aliases: Iterable[str]) -> set[tuple[Place, str]]:
    spellings = {name, *aliases, full([name]), initials([name])}
    return {("name", letters(each)[:_KEY_CHARACTERS]) for each in spellings}


def _title_keys(title: str, segmenter: Segmenter) -> set[tuple[Place, str]]:
    words = [word for word in segmenter.words(title) if letters(word.name)]
    words = words[:_TITLE_WORDS]
    names = [letters(word.name) for word in words]
    telling = [letters(word.name) for word in words if not word.stop] or names
    starts = chain(
        [initials(names), full(names), "".join(telling)],
        _ended_in_pinyin(telling),
    )
    insides = chain(
        ("".join(names[at:]) for at in range(1, len(names))),
        *(_from_here(telling[at:]) for at in range(1, len(telling))),
    )
    keys: set[tuple[Place, str]] = {("start", letters(title)), ("start", "".join(names))}
    keys |= {("start", key[:_KEY_CHARACTERS]) for key in starts}
    return keys | {("inside", key[:_KEY_CHARACTERS]) for key in insides}


def _from_here(words: Sequence[str]) -> Iterator[str]:
    yield from ("".join(words), initials(words), full(words))


def _ended_in_pinyin(words: Sequence[str]) -> Iterator[str]:
    """The first words as they are written, none to all but one, and the rest in pinyin."""
    for at in range(len(words)):
        written, rest = "".join(words[:at]), words[at:]
        yield written + initials(rest)
        yield written + full(rest)
