"""``loanfaq feedback``: what visitors left, for who runs the site."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from indexer.encoders import open_encoder
from indexer.errors import InputError
from indexer.judgments import read_judgments
from tests.conftest import FAQ
from tests.indexer.training.test_train_command import SMALL
from web.cli import cli
from web.state.clicks import Click
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


def leave(folder: Path, query: str, **said: bool | None) -> None:
    """A search; what was said of articles, None for one that was opened."""
    database = StateDatabase(folder)
    with database.read() as connection:
        asked = (
            connection.execute("SELECT COUNT(*) FROM queries").fetchone()[0] if connection else 0
        )
    query_id = f"{asked:032x}"
    search = LoggedQuery(query_id, datetime.now(UTC), query, "answered", [], 1.0)
    opened = [Click(query_id, key) for key, helpful in said.items() if helpful is None]
    QueryLog(database, 90).write([search], opened)
    for key, helpful in said.items():
        if helpful is not None:
            FeedbackStore(database).give(Feedback(query_id, key, helpful=helpful))


def judged(state: Path, path: Path, *more: str) -> dict[str, dict[str, int]]:
    run("--state", str(state), "--judged", str(path), *more)
    return {each.query: dict(each.relevant) for each in read_judgments(path)}


def test_votes_become_judged_questions(tmp_path: Path) -> None:
    leave(tmp_path, "花呗逾期", good=True, bad=False, split=True)
    leave(tmp_path, "花呗 逾期？", good=True, split=False)
    leave(tmp_path, "借呗", bad=False)

    assert judged(tmp_path, tmp_path / "judged.jsonl") == {
        "花呗逾期": {"bad": 0, "good": 2},
        "借呗": {"bad": 0},
    }


def test_clicks_count_where_searches_of_a_question_agree(tmp_path: Path) -> None:
    leave(tmp_path, "ＨＵＡＢＥＩ逾期", often=None, once=None, bad=None)
    leave(tmp_path, "huabei逾期", often=None)
    leave(tmp_path, "huabei逾期", bad=False)
    leave(tmp_path, "huabei逾期", bad=None)
    path = tmp_path / "judged.jsonl"

    assert judged(tmp_path, path) == {"ＨＵＡＢＥＩ逾期": {"bad": 0, "often": 1}}
    assert judged(tmp_path, path, "--clicks", "1") == {
        "ＨＵＡＢＥＩ逾期": {"bad": 0, "often": 1, "once": 1}
    }


def test_an_encoder_learns_from_what_readers_left(tmp_path: Path) -> None:
    leave(tmp_path, "最低还款怎么还", **{"card-min": True})
    leave(tmp_path, "房贷晚还几天", **{"mortgage-late": None})
    leave(tmp_path, "房贷晚还几天", **{"mortgage-late": None})
    readers, out = tmp_path / "readers.jsonl", tmp_path / "model"
    run("--state", str(tmp_path), "--judged", str(readers))
    arguments = ["train", readers, "--articles", FAQ, "--out", out, "--json", *SMALL]

    trained = CliRunner().invoke(cli, [*map(str, arguments)], catch_exceptions=False)

    assert [found["name"] for found in json.loads(trained.stdout)["trained_on"]] == ["readers"]
    assert open_encoder(out).dimension == 16


def test_it_says_how_much_was_found(state: Path, tmp_path: Path) -> None:
    FeedbackStore(StateDatabase(state)).give(Feedback("f" * 32, "card-min", helpful=True))
    path = tmp_path / "judged.jsonl"
    result = CliRunner().invoke(cli, ["feedback", "--state", str(state), "--judged", str(path)])

    assert result.stdout == (
        f"wrote 1 judged questions to {path}: 1 articles graded by votes, 0 by clicks\n"
    )
    assert result.stderr == "1 votes on searches that the query log does not hold\n"
    found = json.loads(run("--state", str(state), "--judged", str(path), "--json"))
    assert found == {"file": str(path), "questions": 1, "votes": 1, "clicks": 0, "unknown_votes": 1}


def test_a_file_that_cannot_be_written_is_named(state: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"judged\.jsonl cannot be written"):
        run("--state", str(state), "--judged", str(tmp_path / "none" / "judged.jsonl"))
