"""Takes away what a site pastes around every article: the greeting and the closing line.

Only the opening and the closing paragraph are touched, and only whole sentences of
known forms (`data/lexicon/boilerplate.txt`), with the article's title masked.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path

from indexer.article import Article, Block, Section
from indexer.errors import SourceError

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
    def read(cls, path: Path) -> Boilerplate:
        """Read forms, a line each: ``opening: REGEX`` or ``closing: REGEX``.

        Raises:
            SourceError: a line is of neither form, or no regular expression.
        """
        forms: dict[str, list[re.Pattern[str]]] = {"opening": [], "closing": []}
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
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
        masked = text.replace(title, _TITLE_MARK).replace(title.rstrip("？?"), _TITLE_MARK)
        sentences = [found[0] for found in _SENTENCE.finditer(masked) if found[0].strip()]
        edge = -1 if from_end else 0
        removed = False
        while sentences and _matches(sentences[edge], forms):
            self.removed[sentences[edge].strip().replace(_TITLE_MARK, "…")] += 1
            del sentences[edge]
            removed = True
        return "".join(sentences).replace(_TITLE_MARK, title).strip() if removed else text


def _matches(sentence: str, forms: tuple[re.Pattern[str], ...]) -> bool:
    bare = sentence.strip().translate(_QUOTES)
    return any(form.fullmatch(bare) for form in forms)
