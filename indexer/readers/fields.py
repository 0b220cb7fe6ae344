"""Fields of an article as sources write them, checked once for all formats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

from indexer.article import Article, Section, derive_id, question_key
from indexer.errors import SourceError
from indexer.readers.body import plain_text
from indexer.readers.limits import MAX_CELL_CHARACTERS, MAX_WORDINGS

_ID = re.compile(r"[\w][\w.-]{0,79}")
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")
_MAX_QUESTION_CHARACTERS = 200
_MAX_CATEGORY_CHARACTERS = 100
_MAX_URL_CHARACTERS = 2_000
_MAX_TAGS = 100
_MAX_SHOWN_CHARACTERS = 40


def shown(value: object) -> str:
    """A value as a message shows it: on one line, its beginning."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text if len(text) <= _MAX_SHOWN_CHARACTERS else f"{text[:_MAX_SHOWN_CHARACTERS]}…"


def is_legal_id(text: str) -> bool:
    """Whether a text can be an article's id."""
    return bool(_ID.fullmatch(text))


class Fields:
    """The fields of one article, read with errors that name their place."""

    def __init__(self, values: Mapping[str, object], where: str | Path, line: int | None) -> None:
        """Take the values and the place they come from."""
        self._values = values
        self._where = where
        self._line = line

    def error(self, problem: str) -> SourceError:
        """An error at this article's place."""
        return SourceError(self._where, problem, self._line)

    def text(self, name: str, *, required: bool = False, limit: int = MAX_CELL_CHARACTERS) -> str:
        """A field that must be text; surrounding white space is dropped."""
        value = self._values.get(name)
        if value is None or (isinstance(value, str) and not value.strip()):
            if required:
                raise self.error(f'missing "{name}"')
            return ""
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.error(f'"{name}" must be text')
        text = str(value).strip()
        self._check_characters(name, text)
        if len(text) > limit:
            raise self.error(f'"{name}" is longer than {limit:,} characters')
        return text

    def _check_characters(self, name: str, text: str) -> None:
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise self.error(f'"{name}" holds half a character (a lone surrogate)')

    def date(self, name: str) -> date | None:
        """A date field: ``2023-04-22``, also with a time or with slashes."""
        value = self._values.get(name)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = self.text(name)
        if not text:
            return None
        year_month_day = re.match(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)", text)
        try:
            if not year_month_day:
                raise ValueError(text)
            return date(*(int(part) for part in year_month_day.groups()))
        except ValueError:
            problem = f'"{name}" is no date: {shown(text)!r}; write it as 2023-04-22'
            raise self.error(problem) from None

    def words(self, name: str) -> tuple[str, ...]:
        """A list of words, or words in one text apart by commas, semicolons, bars."""
        value = self._values.get(name)
        if value is None:
            return ()
        parts = re.split(r"[,，、;；|\n]", value) if isinstance(value, str) else value
        if not isinstance(parts, list) or not all(isinstance(part, str | int) for part in parts):
            raise self.error(f'"{name}" must be a list of words')
        words = tuple(dict.fromkeys(" ".join(str(part).split()) for part in parts))
        if len(words) > _MAX_TAGS or any(len(word) > _MAX_CATEGORY_CHARACTERS for word in words):
            raise self.error(
                f'"{name}" has more than {_MAX_TAGS} words, or one of more than '
                f"{_MAX_CATEGORY_CHARACTERS} characters"
            )
        return tuple(word for word in words if word)

    def questions(self, name: str) -> tuple[str, ...]:
        """A list of questions, or questions in one text, apart by line breaks or bars (|, ｜).

        Commas and semicolons stand inside questions, so they part none.
        """
        value = self._values.get(name)
        if value is None:
            return ()
        parts = re.split(r"[\n|｜]", value) if isinstance(value, str) else value
        if not isinstance(parts, list) or any(
            isinstance(part, bool) or not isinstance(part, str | int) for part in parts
        ):
            raise self.error(f'"{name}" must be a list of questions, or text with one a line')
        questions = [question for part in parts if (question := plain_text(str(part)))]
        self._check_characters(name, "".join(questions))
        if len(questions) > MAX_WORDINGS:
            raise self.error(f'"{name}" has more than {MAX_WORDINGS} questions')
        for question in questions:
            if len(question) > _MAX_QUESTION_CHARACTERS:
                raise self.error(
                    f'"{name}" holds a question of more than {_MAX_QUESTION_CHARACTERS} '
                    f"characters ({shown(question)}); write one a line, or a bar (|) between two"
                )
        return tuple(questions)

    def _asked(self, title: str) -> tuple[str, ...]:
        """Other wordings of the title, each once."""
        known = {question_key(title): "", "": ""}
        for question in self.questions("asked"):
            known.setdefault(question_key(question), question)
        return tuple(filter(None, known.values()))

    def article(self, sections: tuple[Section, ...], *, title: str | None = None) -> Article:
        """The article of these fields with the body given.

        Raises:
            SourceError: a field is missing or not what it should be, or the body is empty.
        """
        title = " ".join((title or self.text("title", required=True)).split())
        if len(title) > _MAX_QUESTION_CHARACTERS:
            raise self.error(f'"title" is longer than {_MAX_QUESTION_CHARACTERS} characters')
        if not any(section.blocks for section in sections):
            raise self.error("the article has no text")
        article_id = self.text("id") or derive_id(title)
        if not is_legal_id(article_id):
            name = shown(article_id)
            problem = f'"id" {name!r} may hold letters, digits, "-", "_" and "." (at most 80)'
            raise self.error(problem)
        as_of = self.text("as_of")
        if as_of and not _MONTH.fullmatch(as_of):
            raise self.error(f'"as_of" {shown(as_of)!r} is no month; write it as 2026-09')
        return Article(
            id=article_id,
            title=title,
            sections=sections,
            category=self.text("category", limit=_MAX_CATEGORY_CHARACTERS),
            published=self.date("published"),
            url=self.text("url", limit=_MAX_URL_CHARACTERS),
            tags=self.words("tags"),
            as_of=as_of,
            asked=self._asked(title),
            family=self.text("family"),
            source=str(self._where) if self._line is None else f"{self._where}:{self._line}",
        )
