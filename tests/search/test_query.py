"""Questions that can be answered, and a clear word for those that cannot."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryError
from search.engine import SearchEngine
from search.query import MAX_CHARACTERS, Query


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "query_empty"),
        (" \n\t　", "query_empty"),
        ("\x00\x07\u200b", "query_empty"),
        ("😭😭😭", "query_without_words"),
        ("？？！……", "query_without_words"),
        ("贷" * 251, "query_too_long"),
    ],
)
def test_a_question_without_an_answerable_text_is_refused(text: str, code: str) -> None:
    with pytest.raises(QueryError, match=r"\S") as refused:
        Query.parse(text)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"limit": 0}, "limit_out_of_range"),
        ({"limit": 51}, "limit_out_of_range"),
        ({"offset": -1}, "offset_out_of_range"),
        ({"mode": "magic"}, "mode_unknown"),
        ({"min_score": 1.1}, "min_score_out_of_range"),
        ({"min_score": float("nan")}, "min_score_out_of_range"),
    ],
)
def test_a_setting_out_of_its_bounds_is_refused(settings: dict[str, object], code: str) -> None:
    with pytest.raises(QueryError, match=r"\S") as refused:
        Query.parse("能提前还款吗", **settings)  # type: ignore[arg-type]
    assert refused.value.code == code


def test_the_longest_question_is_answered(engine: SearchEngine) -> None:
    assert engine.search(Query.parse("房贷" * (MAX_CHARACTERS // 2))).hits


@given(st.text(max_size=300))
def test_any_text_is_answered_or_refused_with_a_code(engine: SearchEngine, text: str) -> None:
    try:
        query = Query.parse(text)
    except QueryError as error:
        refused = error
    else:
        assert engine.search(query).query == query.text
        return
    assert refused.code in {"query_empty", "query_too_long", "query_without_words"}
