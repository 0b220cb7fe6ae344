"""Completions of a question that is being typed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from indexer.errors import QueryError
from indexer.store.suggestions import (
    MAX_SUGGESTIONS,
    Place,
    StoredSuggestion,
    SuggestionKind,
    SuggestionStore,
)
from indexer.text.normalise import letters
from indexer.text.segment import Segmenter
from search.query import check_text

DEFAULT_SUGGESTIONS = 8
# So many names stand before the first question; what else is typed so comes behind.
_NAMES_FIRST = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A completion.

    Attributes:
        kind: what it leads to: an article, a category's page or a search for a product.
        text: the question or the name.
        url: path on the site.
    """

    kind: SuggestionKind
    text: str
    url: str

    def to_json(self) -> dict[str, object]:
        """The object that the JSON endpoint gives."""
        return {"kind": self.kind, "text": self.text, "url": self.url}


class Suggester:
    """Completes what is typed, from the completions of one build."""

    def __init__(self, store: SuggestionStore, segmenter: Segmenter) -> None:
        """Take the completions and the segmenter of a build."""
        self._store = store
        self._segmenter = segmenter

    def suggest(self, typed: str, limit: int = DEFAULT_SUGGESTIONS) -> tuple[Suggestion, ...]:
        """Completions, the best first: names, titles that begin so, titles that hold it.

        The name that is typed letter for letter comes first of all; among names and among
        titles the index's order holds. Misspelt names (花贝) are read as what they stand for.

        Raises:
            QueryError: what is typed is no question yet, or the limit is out of bounds.
        """
        if not 1 <= limit <= MAX_SUGGESTIONS:
            raise QueryError("limit_out_of_range", f"limit 须在 1 到 {MAX_SUGGESTIONS} 之间")
        text = check_text(typed)
        written = (letters(text), letters(self._segmenter.canonical(text)))
        forms = dict.fromkeys(form for form in written if form)
        names = self._names(list(forms))
        rows = dict.fromkeys(names[:_NAMES_FIRST])
        for place in _TITLES:
            if len(rows) < limit:
                rows |= dict.fromkeys(self._beginning(forms, place))
        rows |= dict.fromkeys(names[_NAMES_FIRST:])
        shown = self._store.suggestions(list(rows)[:limit])
        return tuple(Suggestion(each.kind, each.text, _url(each)) for each in shown)

    def _names(self, forms: Sequence[str]) -> list[int]:
        exact = (row for form in forms for row in self._store.exactly(form))
        return list(dict.fromkeys([*exact, *self._beginning(forms, "name")]))

    def _beginning(self, forms: Iterable[str], place: Place) -> list[int]:
        return sorted({row for form in forms for row in self._store.beginning(form, place)})


_TITLES: tuple[Place, ...] = ("start", "inside")


def _url(suggestion: StoredSuggestion) -> str:
    target = quote(suggestion.target, safe="")
    if suggestion.kind == "article":
        return f"/articles/{target}"
    if suggestion.kind == "category":
        return f"/categories/{quote(suggestion.target)}"
    return f"/search?q={target}"
