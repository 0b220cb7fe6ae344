"""Judged passages: which passages of the article that answers give the answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from indexer.errors import JudgmentsError

Part = Literal["train", "dev"]
# The kind of a question that asks for one thing in an article, and not what its title asks.
DETAIL = "detail"


@dataclass(frozen=True, slots=True)
class PassageJudgment:
    """A question, an article that answers it, and the passages that do.

    Attributes:
        article: id of the article.
        passages: grade by anchor (2 the best to show, 1 acceptable); all others are wrong.
        kind: how it is asked, such as ``story``, or `DETAIL`; may be empty.
        part: ``train`` to fit on, ``dev`` to report, which is what a line without it is for.
    """

    query: str
    article: str
    passages: Mapping[str, int]
    kind: str
    part: Part


def read_passage_judgments(path: Path) -> list[PassageJudgment]:
    """Read judged passages, a JSON object a line.

    Raises:
        JudgmentsError: a line is not of that form, or there is none.
    """
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise JudgmentsError(path, f"cannot be read as UTF-8 text: {error}") from error
    judgments = [
        _parse(line, path, number) for number, line in enumerate(lines, start=1) if line.strip()
    ]
    if not judgments:
        raise JudgmentsError(path, "no judged passage in the file")
    return judgments


def _parse(line: str, path: Path, number: int) -> PassageJudgment:
    try:
        values = json.loads(line)
    except ValueError as error:
        raise JudgmentsError(path, f"not JSON: {error}", number) from None
    if not isinstance(values, dict):
        raise JudgmentsError(path, "each line must be a JSON object", number)
    problem = _problem(values)
    if problem:
        raise JudgmentsError(path, problem, number)
    return PassageJudgment(
        values["query"].strip(),
        values["article"].strip(),
        values["passages"],
        values.get("kind", ""),
        values.get("part", "dev"),
    )


def _problem(values: dict[str, Any]) -> str:
    """What is wrong with a line; empty if nothing is."""
    for name in ("query", "article"):
        if not isinstance(values.get(name), str) or not values[name].strip():
            return f'missing "{name}"'
    passages = values.get("passages")
    if not isinstance(passages, dict) or not all(
        isinstance(grade, int) and grade in (1, 2) for grade in passages.values()
    ):
        return '"passages" must give the grade 1 or 2 by anchor, such as {"s1-2": 2}'
    if 2 not in passages.values():
        return '"passages" must name the best passage, with the grade 2'
    if not isinstance(values.get("kind", ""), str):
        return '"kind" must be text'
    if values.get("part", "dev") not in get_args(Part):
        return f'"part" must be {" or ".join(get_args(Part))}'
    return ""
