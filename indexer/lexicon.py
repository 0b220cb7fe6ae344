"""The lexicon: what the words of questions and answers mean, as plain files in a folder.

An index is built with a lexicon and keeps a copy of it, so that questions are read with
the words that the index was built with. `data/lexicon/README.md` describes the files.
"""

from __future__ import annotations

import configparser
import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import data
from indexer.errors import SourceError
from indexer.risks import Risk, read_risks
from indexer.stages import Stage, check_stages
from indexer.subjects import Contrast, Subject, read_contrast, read_subjects
from indexer.text.normalise import normalise

_REQUIRED = ("dictionary.txt", "stopwords.txt", "boilerplate.txt")
_OPTIONAL = (
    "aliases.txt",
    "synonyms.txt",
    "products.txt",
    "risk.ini",
    "subjects.txt",
    "contrasts.ini",
    "stages.ini",
)
# Files that decide where text is cut.
_CUTTING = ("dictionary.txt", "aliases.txt", "synonyms.txt")
# A name or a phrase that is listed is one word; jieba's own common words score as much.
_LISTED_FREQUENCY = 3000


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The files of a lexicon folder; only dictionary, stop words and boilerplate must be there."""

    folder: Path

    def fingerprints(self) -> dict[str, str]:
        """SHA-256 of each file by its name.

        Raises:
            SourceError: a file that must be there is missing.
        """
        found = {}
        for name in (*_REQUIRED, *_OPTIONAL):
            path = self.folder / name
            if path.is_file():
                found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
            elif name in _REQUIRED:
                raise SourceError(path, "the lexicon file is missing")
        return found

    def cutting_fingerprints(self) -> dict[str, str]:
        """Fingerprints of all that decides where text is cut, jieba's version too."""
        return {"jieba": version("jieba")} | {
            name: digest for name, digest in self.fingerprints().items() if name in _CUTTING
        }

    def check(self) -> None:
        """Read every file once, so that nothing broken gets into an index.

        Raises:
            SourceError: a file is missing, or a line of it is not what it should be.
        """
        self.fingerprints()
        self.stopwords()
        self.whole_words()
        self.products()
        self.risks()
        self.subjects()
        self.contrasts()
        self.stages()

    def copy_to(self, folder: Path) -> None:
        """Copy the files into a new folder."""
        folder.mkdir()
        for name in self.fingerprints():
            shutil.copyfile(self.folder / name, folder / name)

    def dictionary(self) -> dict[str, int]:
        """Words that are kept whole, with their frequencies: ``word frequency`` a line.

        Raises:
            SourceError: a line is not of that form.
        """
        words = {}
        for number, line in self.lines("dictionary.txt"):
            word, _, frequency = line.rpartition(" ")
            if not word or not frequency.isdecimal():
                raise self._error("dictionary.txt", number, 'write "word frequency" on each line')
            words[normalise(word).text] = int(frequency)
        return words

    def whole_words(self) -> dict[str, int]:
        """The dictionary, and the names and phrases of aliases and synonyms."""
        listed = [*self.aliases(), *self.aliases().values()]
        for word, others in self.synonyms().items():
            listed += [word, *others]
        return dict.fromkeys(listed, _LISTED_FREQUENCY) | self.dictionary()

    def stopwords(self) -> frozenset[str]:
        """Words that say nothing of what a question is about, one a line."""
        return frozenset(normalise(line).text for _, line in self.lines("stopwords.txt"))

    def aliases(self) -> dict[str, str]:
        """The canonical name of each alias: ``canonical = alias, alias`` a line.

        Raises:
            SourceError: a line is not of that form, or an alias has two canonical names.
        """
        canonical_of: dict[str, str] = {}
        for number, line in self.lines("aliases.txt"):
            canonical, equals, aliases = line.partition("=")
            names = _words(aliases)
            if not equals or not canonical.strip() or not names:
                raise self._error("aliases.txt", number, 'write "canonical = alias, alias"')
            for alias in names:
                if canonical_of.setdefault(alias, _word(canonical)) != _word(canonical):
                    problem = f'"{alias}" already stands for "{canonical_of[alias]}"'
                    raise self._error("aliases.txt", number, problem)
        return canonical_of

    def synonyms(self) -> dict[str, tuple[str, ...]]:
        """What a question's word is also answered by.

        ``a -> b, c``: a question with a is answered by a text with b or c, not the other
        way round. ``a = b = c``: they mean the same both ways.

        Raises:
            SourceError: a line is of neither form.
        """
        found: dict[str, dict[str, None]] = {}
        for number, line in self.lines("synonyms.txt"):
            asked, arrow, answers = line.partition("->")
            same = _words(line.replace("=", ","))
            if arrow and _word(asked) and _words(answers):
                found.setdefault(_word(asked), {}).update(dict.fromkeys(_words(answers)))
            elif not arrow and "=" in line and len(same) > 1:
                for word in same:
                    others = (other for other in same if other != word)
                    found.setdefault(word, {}).update(dict.fromkeys(others))
            else:
                raise self._error("synonyms.txt", number, 'write "a -> b, c" or "a = b"')
        return {word: tuple(others) for word, others in found.items()}

    def products(self) -> tuple[str, ...]:
        """Names of products, platforms and lenders to complete to, one a line."""
        return tuple(dict.fromkeys(_word(line) for _, line in self.lines("products.txt")))

    def risks(self) -> tuple[Risk, ...]:
        """Topics of fraud; none if the file is missing.

        Raises:
            SourceError: the file is not what `read_risks` can read.
        """
        path = self.folder / "risk.ini"
        return read_risks(path) if path.is_file() else ()

    def subjects(self) -> tuple[Subject, ...]:
        """What a text can be about: ``name = other names : what it belongs to`` a line.

        Raises:
            SourceError: a name stands twice, or belongs to what is not listed or to itself.
        """
        lines = self.lines("subjects.txt")
        named = ((number, tuple(map(_words, _halves(line)))) for number, line in lines)
        return read_subjects(named, lambda line, said: self._error("subjects.txt", line, said))

    def contrasts(self) -> tuple[Contrast, ...]:
        """Contrasts: an INI section each, a side a line: ``side = phrase, phrase``.

        Raises:
            SourceError: the file is no INI file, a section has fewer than two sides, or a
                side has no phrase.
        """
        sections = self._sections("contrasts.ini", "its sides with their phrases")
        path = self.folder / "contrasts.ini"
        return tuple(
            read_contrast(
                axis,
                {side: _words(phrases) for side, phrases in section.items()},
                lambda problem: SourceError(path, problem),
            )
            for axis, section in sections.items()
        )

    def stages(self) -> tuple[Stage, ...]:
        """Stages of a loan in order: INI sections with ``terms``, ``next`` and ``alike``.

        Raises:
            SourceError: the file is no INI file, a section has no terms, a term stands in two,
                or what follows is not listed.
        """
        sections = self._sections("stages.ini", "terms, and may have next and alike")
        stages = tuple(
            Stage(
                _word(name),
                _words(section.get("terms", "")),
                frozenset(_words(section.get("next", ""))),
                section.get("alike", ""),
            )
            for name, section in sections.items()
        )
        path = self.folder / "stages.ini"
        check_stages(stages, lambda problem: SourceError(path, problem))
        return stages

    def _sections(self, name: str, needed: str) -> Mapping[str, configparser.SectionProxy]:
        """Sections of an INI file by name; none if it is missing."""
        path = self.folder / name
        if not path.is_file():
            return {}
        parser = configparser.ConfigParser(interpolation=None)
        try:
            parser.read(path, encoding="utf-8")
        except (configparser.Error, UnicodeDecodeError) as error:
            problem = " ".join(str(error).split())
            raise SourceError(path, f"each section needs {needed} ({problem})") from error
        return {section: parser[section] for section in parser.sections()}

    def lines(self, name: str) -> Iterator[tuple[int, str]]:
        """Numbered lines of a file without comments and empty ones; none if it is missing."""
        path = self.folder / name
        if name in _OPTIONAL and not path.is_file():
            return
        try:
            lines = path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise SourceError(path, f"cannot be read as UTF-8 text: {error}") from error
        for number, line in enumerate(lines, start=1):
            if line.strip() and not line.startswith("#"):
                yield number, line.strip()

    def _error(self, name: str, line: int, problem: str) -> SourceError:
        return SourceError(self.folder / name, problem, line)


def _word(text: str) -> str:
    return normalise(text).text


def _halves(line: str) -> tuple[str, str]:
    """Names and what they belong to, of a line of subjects, each with commas between."""
    names, _, wider = line.replace("：", ":").partition(":")
    return names.replace("=", ","), wider


def _words(text: str) -> tuple[str, ...]:
    parts = text.replace("，", ",").split(",")
    return tuple(_word(part) for part in parts if part.strip())


def bundled_lexicon() -> Lexicon:
    """The lexicon that loanfaq ships."""
    return Lexicon(data.LEXICON)
