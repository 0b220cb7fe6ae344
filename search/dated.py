"""Dated content: what was checked long ago is shown with the month of that check.

Rates and rules change; an article says in ``as_of`` until when its dated claims were
checked. One without it makes no such claims, and nothing is said of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from search.response import Notice, SearchResponse

DEFAULT_MONTHS = 12
MOST_MONTHS = 600
_MONTHS_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class Ageing:
    """When content counts as old.

    Attributes:
        months: content checked longer ago than so many months is old.
        today: tells the day it is; asked anew each time, for a process lives for weeks.
    """

    months: int = DEFAULT_MONTHS
    today: Callable[[], date] = date.today

    def is_old(self, as_of: str) -> bool:
        """Whether ``YYYY-MM`` is more than `months` months ago; an empty one never is."""
        if not as_of:
            return False
        year, month = map(int, as_of.split("-"))
        today = self.today()
        return (today.year - year) * _MONTHS_A_YEAR + today.month - month > self.months

    def mark(self, response: SearchResponse) -> SearchResponse:
        """The response with its old hits marked.

        If the first hit of all is old and is claimed to answer or perhaps to, a notice of
        the kind ``dated`` says so.
        """
        hits = tuple(
            dataclasses.replace(hit, dated=True) if self.is_old(hit.as_of) else hit
            for hit in response.hits
        )
        first = hits[0] if hits and response.offset == 0 and response.status != "none" else None
        notices = (Notice("dated", dated_text(first.as_of)),) if first and first.dated else ()
        return dataclasses.replace(response, hits=hits, notices=(*response.notices, *notices))


def chinese_month(month: str) -> str:
    """``2026-09`` as 2026年9月."""
    year, number = month.split("-")
    return f"{year}年{int(number)}月"


def dated_text(as_of: str) -> str:
    """What readers are told of content that was last checked in that month."""
    return (
        f"内容截至{chinese_month(as_of)}，利率和规定可能有变，以贷款机构和主管部门的最新公布为准。"
    )
