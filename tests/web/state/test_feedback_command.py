"""``loanfaq feedback``: what visitors left, for who runs the site."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from web.cli import cli
from web.state.database import StateDatabase
from web.state.faults import StateError
from web.state.feedback import Feedback, FeedbackStore
from web.state.likes import LikeStore
from web.state.queries import LoggedQuery, QueryLog


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """Two questions asked, one twice; likes and feedback."""
    database = StateDatabase(tmp_path)
    likes, feedback = LikeStore(database), FeedbackStore(database)
    for visitor in "abc":
        likes.like("card-min", visitor)
    likes.like("mortgage-late", "a")
    ids = [f"{number:032x}" for number in range(4)]
    feedback.give(Feedback(ids[0], "card-min", helpful=True))
    feedback.give(Feedback(ids[1], "card-min", helpful=False))
    feedback.give(Feedback(ids[1], "mortgage-late", helpful=False))
    asked = [
        ("信用卡最低还款", "answered"),
        ("信用卡最低还款", "answered"),
        ("西红柿炒蛋", "none"),
        ("房贷", "answered"),
    ]
    now = datetime.now(UTC)
    QueryLog(database, 90).write(
        LoggedQuery(ids[number], now, query, status, [], 1.0)
        for number, (query, status) in enumerate(asked)
    )
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(cli, ["feedback", *arguments], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def test_articles_and_questions(state: Path) -> None:
    assert run("--state", str(state)) == (
        " likes  helpful  unhelpful  article\n"
        "     3        1          1  card-min\n"
        "     1        0          1  mortgage-late\n"
        "\n"
        " asked  unanswered  unhelpful  question\n"
        "     2           0          2  信用卡最低还款\n"
        "     1           1          0  西红柿炒蛋\n"
    )


def test_as_json(state: Path) -> None:
    found = json.loads(run("--state", str(state), "--json", "-n", "1"))

    assert found == {
        "articles": [{"article_id": "card-min", "likes": 3, "helpful": 1, "unhelpful": 1}],
        "questions": [{"query": "信用卡最低还款", "asked": 2, "unanswered": 0, "unhelpful": 2}],
    }


def test_nothing_was_left_yet(tmp_path: Path) -> None:
    StateDatabase(tmp_path).prepare()

    assert run("--state", str(tmp_path)) == "nothing was left yet\n"


def test_no_state_is_an_error_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(StateError, match=r"state\.sqlite3: no such file"):
        run("--state", str(tmp_path / "none"))


def test_broken_state_is_an_error_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "state.sqlite3").write_bytes(b"no database at all" * 500)

    with pytest.raises(StateError, match="not a database"):
        run("--state", str(tmp_path))
