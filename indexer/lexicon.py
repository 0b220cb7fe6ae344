"""The lexicon that an index is built with: dictionary, stop words, boilerplate forms."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import data
from indexer.errors import SourceError
from indexer.text.segment import dictionary_fingerprint


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The files of a lexicon folder."""

    folder: Path

    @property
    def dictionary(self) -> Path:
        """Words that jieba keeps whole, see `indexer.text.segment.read_dictionary`."""
        return self.folder / "dictionary.txt"

    @property
    def stopwords(self) -> Path:
        """Words that say nothing of what a question is about."""
        return self.folder / "stopwords.txt"

    @property
    def boilerplate(self) -> Path:
        """Forms of pasted sentences, see `indexer.clean.Boilerplate`."""
        return self.folder / "boilerplate.txt"

    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each file, the dictionary's together with jieba's version.

        Raises:
            SourceError: a file is missing.
        """
        try:
            return {
                "dictionary": dictionary_fingerprint(self.dictionary),
                "stopwords": hashlib.sha256(self.stopwords.read_bytes()).hexdigest(),
                "boilerplate": hashlib.sha256(self.boilerplate.read_bytes()).hexdigest(),
            }
        except OSError as error:
            raise SourceError(str(error.filename), "the lexicon file cannot be read") from error


def bundled_lexicon() -> Lexicon:
    """The lexicon that loanfaq ships."""
    return Lexicon(data.LEXICON)
