"""A question with its settings, checked before anything is searched."""

from __future__ import annotations

import math
import unicodedata
from dataclasses import dataclass
from typing import get_args

from indexer.errors import QueryError
from indexer.text.normalise import normalise
from search.response import Mode

MAX_CHARACTERS = 250
MAX_LIMIT = 50
# Beyond the candidates of both retrievers there is nothing to page to.
MAX_OFFSET = 10_000


@dataclass(frozen=True, slots=True)
class Query:
    """A question as it was asked.

    Attributes:
        text: as typed, without white space around it.
        limit: hits on a page, 1 to 50.
        offset: hits passed over, from 0.
        category: only articles of this category; None for all.
        mode: which retrievers answer.
        min_score: hits below this score are left out, 0 to 1.
        explain: say how each hit came to its place.
        literal: answer what is written; correct nothing.
    """

    text: str
    limit: int = 10
    offset: int = 0
    category: str | None = None
    mode: Mode = "hybrid"
    min_score: float = 0.0
    explain: bool = False
    literal: bool = False

    @classmethod
    def parse(
        cls,
        text: str,
        *,
        limit: int = 10,
        offset: int = 0,
        category: str | None = None,
        mode: str = "hybrid",
        min_score: float = 0.0,
        explain: bool = False,
        literal: bool = False,
    ) -> Query:
        """A query that can be answered.

        Raises:
            QueryError: a value is out of its bounds, or the text holds no word.
        """
        if not 1 <= limit <= MAX_LIMIT:
            raise QueryError("limit_out_of_range", f"limit 须在 1 到 {MAX_LIMIT} 之间")
        if not 0 <= offset <= MAX_OFFSET:
            raise QueryError("offset_out_of_range", f"offset 须在 0 到 {MAX_OFFSET} 之间")
        if not (math.isfinite(min_score) and 0 <= min_score <= 1):
            raise QueryError("min_score_out_of_range", "min_score 须在 0 到 1 之间")
        if mode not in get_args(Mode):
            raise QueryError("mode_unknown", f"mode 只能是 {'、'.join(get_args(Mode))}")
        checked_mode: Mode = next(known for known in get_args(Mode) if known == mode)
        return cls(
            check_text(text),
            limit,
            offset,
            category or None,
            checked_mode,
            min_score,
            explain,
            literal,
        )


def check_text(text: str) -> str:
    """The text of a question, without white space around it and broken characters.

    Raises:
        QueryError: it is empty, too long or holds no word.
    """
    if len(text) > MAX_CHARACTERS:
        raise QueryError(
            "query_too_long", f"问题太长：最多 {MAX_CHARACTERS} 个字，现在有 {len(text)} 个"
        )
    stripped = "".join(char for char in text if unicodedata.category(char) != "Cs").strip()
    if not normalise(stripped).text:
        raise QueryError("query_empty", "请输入想问的问题")
    if not any(char.isalnum() for char in stripped):
        raise QueryError("query_without_words", "没有看到文字，请用几个字说说想问什么")
    return stripped
