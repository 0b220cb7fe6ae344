"""What templates need beyond Jinja: dates as Chinese writes them, marks, safe links."""

from __future__ import annotations

from datetime import date

from flask import Flask

from search.dated import chinese_month, dated_text
from web.markup import marked, safe_link


def add_filters(app: Flask) -> None:
    """Give the filters to the app's templates."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters.update(
        marked=marked, safe_link=safe_link, day=chinese_day, month=chinese_month, dated=dated_text
    )


def chinese_day(day: date) -> str:
    """2023年4月22日."""
    return f"{day.year}年{day.month}月{day.day}日"
