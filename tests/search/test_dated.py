"""What was checked long ago is shown with the month of that check."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.dated import Ageing, dated_text
from search.response import Answer, Hit, SearchResponse, Status
from search.terminal import format_response

NOVEMBER_2026 = date(2026, 11, 24)


def hit(article_id: str, as_of: str) -> Hit:
    answer = Answer("月供能降。", "", "s0-1")
    return Hit(article_id, "房贷利率", "房贷", None, False, 0.9, {}, answer, as_of=as_of)


def response(*hits: Hit, status: Status = "answered", offset: int = 0) -> SearchResponse:
    return SearchResponse("房贷利率", status, len(hits), 10, offset, 1.0, "build", "id", hits)


def ageing(months: int = 12) -> Ageing:
    return Ageing(months, lambda: NOVEMBER_2026)


@pytest.mark.parametrize(
    ("as_of", "old"),
    [
        ("2025-10", True),  # 13 months
        ("2025-11", False),  # 12 months: not longer ago than that
        ("2026-11", False),
        ("2027-01", False),
        ("2024-12", True),
        ("", False),  # nothing dated is claimed
    ],
)
def test_content_is_old_after_more_than_the_months_set(as_of: str, old: bool) -> None:
    assert ageing().is_old(as_of) is old


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.integers(1, 600))
def test_the_day_of_the_month_does_not_matter(day: date, months: int) -> None:
    checked = f"{day.year:04}-{day.month:02}"
    turned = (day.year * 12 + day.month - 1) + months
    last_fresh = date(turned // 12, turned % 12 + 1, 28)
    first_old = date((turned + 1) // 12, (turned + 1) % 12 + 1, 1)
    assert not Ageing(months, lambda: last_fresh).is_old(checked)
    assert Ageing(months, lambda: first_old).is_old(checked)


def test_an_old_first_hit_brings_a_notice_and_every_old_hit_is_marked() -> None:
    marked = ageing().mark(response(hit("a", "2025-04"), hit("b", ""), hit("c", "2025-01")))
    assert [each.dated for each in marked.hits] == [True, False, True]
    assert [(notice.kind, notice.text) for notice in marked.notices] == [
        ("dated", "内容截至2025年4月，利率和规定可能有变，以贷款机构和主管部门的最新公布为准。")
    ]


def test_an_old_hit_below_a_fresh_one_brings_no_notice() -> None:
    marked = ageing().mark(response(hit("a", "2026-09"), hit("b", "2025-04")))
    assert [each.dated for each in marked.hits] == [False, True]
    assert marked.notices == ()


@pytest.mark.parametrize(("status", "offset"), [("none", 0), ("answered", 10)])
def test_no_notice_where_nothing_is_claimed_or_on_later_pages(status: Status, offset: int) -> None:
    old = response(hit("a", "2025-04"), status=status, offset=offset)
    assert ageing().mark(old).notices == ()


def test_without_hits_nothing_is_old() -> None:
    assert ageing().mark(response()) == response()


def test_the_terminal_says_it_at_the_hit_and_only_there() -> None:
    shown = format_response(ageing().mark(response(hit("a", "2025-04"), hit("b", "2026-09"))))
    assert shown.count(dated_text("2025-04")) == 1
    assert shown.index("房贷利率") < shown.index("内容截至2025年4月")
    assert "注意" not in shown
    assert "2026年9月" not in shown
