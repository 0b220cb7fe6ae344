"""Takes away what a site pastes around every article: the greeting and the closing line.

Only the opening and the closing paragraph are touched, and only whole sentences of
known forms (`data/lexicon/boilerplate.txt`), with the article's title masked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from indexer.article import Article, Block, Section
from indexer.errors import SourceError
from indexer.lexicon import Lexicon

# Stands for the title inside a sentence, so that a 「？」 in it ends no sentence.
_TITLE_MARK = "\ufffc"
_SENTENCE = re.compile(r"[^。！!？?]*[。！!？?…]*[”」』\"]?")
_QUOTES = str.maketrans("", "", "“”‘’「」『』《》\"'")


@dataclass(frozen=True, slots=True)
class Boilerplate:
    """Known forms of sentences around articles, compiled.

    Attributes:
        opening: matched against sentences of the first paragraph.
        closing: matched against sentences of the last paragraph.
    """

    opening: tuple[re.Pattern[str], ...]
    closing: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, lexicon: Lexicon) -> Boilerplate:
        """The forms of a lexicon, a line each: ``opening: REGEX`` or ``closing: REGEX``.

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
                compiled = re.compile(pattern.strip().replace("{title}", _TITLE_MARK))
            except re.error as error:
                raise SourceError(path, f"no regular expression: {error}", number) from None
            forms[place].append(compiled)
        return cls(tuple(forms["opening"]), tuple(forms["closing"]))


@dataclass(slots=True)
class Cleaner:
    """Cleans articles and counts what was taken away.

    Attributes:
        removed: each form found, with 「…」 for the title, and how often.
    """

    boilerplate: Boilerplate
    removed: Counter[str] = field(default_factory=Counter)

    def clean(self, article: Article) -> Article:
        """The article without its boilerplate; empty blocks and sections are gone."""
        blocks = [[*section.blocks] for section in article.sections]
        filled = [i for i, section in enumerate(blocks) if section]
        if filled:
            self._clean_block(blocks[filled[0]], 0, article.title, self.boilerplate.opening)
            if blocks[filled[-1]]:
                self._clean_block(blocks[filled[-1]], -1, article.title, self.boilerplate.closing)
        sections = (
            Section(section.heading, tuple(kept))
            for section, kept in zip(article.sections, blocks, strict=True)
            if kept or (section.heading and not section.blocks)
        )
        return replace(article, sections=tuple(sections))

    def _clean_block(
        self, blocks: list[Block], at: int, title: str, forms: tuple[re.Pattern[str], ...]
    ) -> None:
        block = blocks[at]
        if block.kind != "paragraph":
            return
        text = self._clean_text(block.text, title, forms, from_end=at == -1)
        if text:
            blocks[at] = replace(block, text=text)
        else:
            del blocks[at]

    def _clean_text(
        self, text: str, title: str, forms: tuple[re.Pattern[str], ...], *, from_end: bool
    ) -> str:
        sentences = _sentences(text, title)
        edge = -1 if from_end else 0
        kept = list(sentences)
        while kept and _matches(kept[edge][1], forms):
            self.removed[kept[edge][1].strip().replace(_TITLE_MARK, "…")] += 1
            del kept[edge]
        if len(kept) == len(sentences):
            return text
        return "".join(original for original, _ in kept).strip()


def _sentences(text: str, title: str) -> list[tuple[str, str]]:
    """Sentences of a text, each as it stands and with the title masked."""
    name = re.compile(rf"{re.escape(title.rstrip('？?'))}[？?]?" if title.strip("？?") else "$^")
    titles = [found[0] for found in name.finditer(text)]
    masked = name.sub(_TITLE_MARK, text)
    sentences = []
    for found in _SENTENCE.finditer(masked):
        original = found[0]
        while _TITLE_MARK in original:
            original = original.replace(_TITLE_MARK, titles.pop(0), 1)
        if found[0].strip():
            sentences.append((original, found[0]))
    return sentences


def _matches(sentence: str, forms: tuple[re.Pattern[str], ...]) -> bool:
    bare = sentence.strip().translate(_QUOTES)
    return any(form.fullmatch(bare) for form in forms)
