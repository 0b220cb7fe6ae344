"""Pages of a list."""

from __future__ import annotations

import pytest

from web.paging import Page, offset_of, page_number


def test_a_page_in_the_middle_leads_both_ways() -> None:
    page = Page(number=2, size=10, total=21)

    assert (page.previous, page.next, page.last) == (1, 3, 3)


@pytest.mark.parametrize("total", [0, 1, 10])
def test_one_page_leads_nowhere(total: int) -> None:
    page = Page(number=1, size=10, total=total)

    assert (page.previous, page.next, page.last) == (None, None, 1)


def test_a_page_behind_the_end_leads_back_to_the_last() -> None:
    assert Page(number=90, size=10, total=21).previous == 3


@pytest.mark.parametrize(
    ("typed", "number"),
    [(None, 1), ("", 1), ("3", 3), ("0", 1), ("-2", 1), ("x", 1), ("²", 1), ("9" * 50, 1)],
)
def test_an_address_may_ask_for_anything(typed: str | None, number: int) -> None:
    assert page_number(typed) == number


def test_offset() -> None:
    assert offset_of(3, 10) == 2 * 10
