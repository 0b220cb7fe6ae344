"""Judged questions: what was asked, and which articles answer it how well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import JudgmentsError


@dataclass(frozen=True, slots=True)
class Judgment:
    """One judged question.

    Attributes:
        relevant: grade by article id (2 answers, 1 partly); empty if nothing answers.
        kind: how it is asked, such as ``story``; may be empty.
    """

    query: str
    relevant: Mapping[str, int]
    kind: str = ""

    @property
    def answerable(self) -> bool:
        """Whether any article answers."""
        return bool(self.best)

    @property
    def best(self) -> frozenset[str]:
        """Ids of the articles with the highest grade: what counts as right."""
        top = max(self.relevant.values(), default=0)
        return frozenset(key for key, grade in self.relevant.items() if grade == top > 0)


def read_judgments(path: Path) -> list[Judgment]:
    """Read judged questions, a JSON object a line.

    Raises:
        JudgmentsError: a line is not of that form, or there is none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(path, f"cannot be read as UTF-8 text: {error}") from error
    judgments = [
        parse_judgment(line, path, number)
        for number, line in enumerate(lines, start=1)
        if line.strip()
    ]
    if not judgments:
        raise JudgmentsError(path, "no judged question in the file")
    return judgments


def parse_judgment(line: str, path: Path, number: int) -> Judgment:
    """Read one judged question.

    Raises:
        JudgmentsError: the line is not of that form.
    """
    try:
        values = json.loads(line)
    except ValueError as error:
        raise JudgmentsError(path, f"not JSON: {error}", number) from None
    if not isinstance(values, dict):
        raise JudgmentsError(path, "each line must be a JSON object", number)
    query, relevant, kind = values.get("query"), values.get("relevant"), values.get("kind", "")
    if not isinstance(query, str) or not query.strip():
        raise JudgmentsError(path, 'missing "query"', number)
    if not isinstance(relevant, dict) or not all(
        isinstance(grade, int) and 0 <= grade <= 2 for grade in relevant.values()
    ):
        problem = '"relevant" must give a grade from 0 to 2 by article id ({} if none answers)'
        raise JudgmentsError(path, problem, number)
    if not isinstance(kind, str):
        raise JudgmentsError(path, '"kind" must be text', number)
    return Judgment(query.strip(), relevant, kind)
