"""Takes boilerplate away from an article, sentence by sentence from its two edges."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from indexer.article import Article, Block, Section
from indexer.boilerplate.forms import (
    Boilerplate,
    Evidence,
    Place,
    is_cut_off_form,
    leading_run,
)
from indexer.boilerplate.masking import PART_MARK, TITLE_MARK, TitleMask
from indexer.boilerplate.sentences import sentences
from indexer.store.entries import BoilerplateEntry, BoilerplateForm

# What a site pastes stands in the first or last paragraphs; further in is the answer.
EDGE_BLOCKS = 3
_MOST_FORMS_REPORTED = 500
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class RemovedForm:
    """A sentence that was taken away, with 「…」 for the title and ``#`` for a number.

    Attributes:
        evidence: ``known`` from the lexicon or ``learned`` from the collection.
    """

    form: str
    place: Place
    evidence: Evidence


@dataclass(slots=True)
class Cleaner:
    """Cleans articles and counts what was taken away.

    Attributes:
        removed: each form found, and how often.
        articles: how many articles lost something.
    """

    boilerplate: Boilerplate
    removed: Counter[RemovedForm] = field(default_factory=Counter)
    articles: int = 0

    def report(self) -> BoilerplateEntry:
        """What was taken away so far; equal for equal collections in any order."""
        forms = [
            BoilerplateForm(each.form, each.place, each.evidence, count)
            for each, count in self.removed.items()
        ]
        forms.sort(key=lambda form: (-form.count, form.place, form.form, form.evidence))
        return BoilerplateEntry(
            self.removed.total(), self.articles, tuple(forms[:_MOST_FORMS_REPORTED])
        )

    def clean(self, article: Article) -> Article:
        """The article without its boilerplate; blocks and sections left empty are gone.

        An article that is nothing but boilerplate stays whole.
        """
        edges = _Edges(article, self.boilerplate)
        edges.peel("opening")
        edges.peel("closing")
        if not edges.removed or not edges.blocks:
            return article
        self.removed.update(edges.removed)
        self.articles += 1
        kept: list[list[Block]] = [[] for _ in article.sections]
        for section, block in edges.blocks:
            kept[section].append(block)
        return replace(
            article,
            sections=tuple(
                Section(section.heading, tuple(blocks))
                for section, blocks in zip(article.sections, kept, strict=True)
                if blocks or (section.heading and not section.blocks)
            ),
        )


class _Edges:
    """The blocks of one article while they are peeled."""

    def __init__(self, article: Article, boilerplate: Boilerplate) -> None:
        self.blocks = [
            (at, block) for at, section in enumerate(article.sections) for block in section.blocks
        ]
        self.removed: list[RemovedForm] = []
        self._boilerplate = boilerplate
        self._excerpt = article.excerpt_only
        self._title = TitleMask(article.title)

    def peel(self, place: Place) -> None:
        """Take sentences away from one edge until one stays."""
        edge = 0 if place == "opening" else -1
        for _ in range(min(EDGE_BLOCKS, len(self.blocks))):
            section, block = self.blocks[edge]
            if place == "opening":
                text = block.text[self._opening_end(block.text) :].strip()
            else:
                text = block.text[: self._closing_start(block.text)].strip()
            if text:
                if text != block.text.strip():
                    self.blocks[edge] = section, replace(block, text=text)
                return
            del self.blocks[edge]

    def _opening_end(self, text: str) -> int:
        """Where the boilerplate ends that a block begins with."""
        forms = self._boilerplate.opening
        for sentence in sentences(text, self._title):
            if evidence := forms.evidence(sentence):
                self._note(sentence.masked, "opening", evidence)
                continue
            run = leading_run(sentence, forms)
            if run is None:
                return sentence.start
            self._note(sentence.masked[: run.length], "opening", "learned")
            return run.end
        return len(text)

    def _closing_start(self, text: str) -> int:
        """Where the boilerplate begins that a block ends with."""
        end = len(text)
        for sentence in sentences(text, self._title, backwards=True):
            evidence = self._boilerplate.closing.evidence(sentence)
            last = self._excerpt and end == len(text)
            if evidence is None and last and is_cut_off_form(sentence, self._boilerplate):
                evidence = "learned"
            if evidence is None:
                break
            self._note(sentence.masked, "closing", evidence)
            end = sentence.start
        return end

    def _note(self, masked: str, place: Place, evidence: Evidence) -> None:
        self.removed.append(RemovedForm(_shown(masked), place, evidence))


def _shown(masked: str) -> str:
    shown = masked.strip().replace(TITLE_MARK, "…").replace(PART_MARK, "…")
    return _DIGITS.sub("#", shown)
