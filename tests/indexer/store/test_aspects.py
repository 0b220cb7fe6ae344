"""What articles are about, kept in the database of a build."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import pytest

from indexer.aspects import NOTHING, Aspects, Product, Quantity
from indexer.errors import IndexDamagedError
from indexer.store.aspects import AspectStore, write_aspects

ASPECTS = [
    Aspects(
        (Product("花呗", frozenset({"支付宝"})),),
        (),
        (Quantity("rate", Fraction(69, 2000)), Quantity("duration", Fraction(1), "overdue")),
        {"还清": frozenset({"否"})},
    ),
    NOTHING,
]


@pytest.fixture
def database(tmp_path: Path) -> Path:
    write_aspects(ASPECTS, tmp_path / "articles.sqlite")
    return tmp_path / "articles.sqlite"


def test_aspects_come_back_exactly_by_row(database: Path) -> None:
    with closing(AspectStore.open(database)) as store:
        assert store.of([1, 0]) == {0: ASPECTS[0], 1: NOTHING}
        assert store.of([0]) == {0: ASPECTS[0]}
        assert store.of([]) == {}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("DELETE FROM aspects WHERE article = 0", "no aspects of article row 0"),
        ("UPDATE aspects SET content = '{'", "articles.sqlite: "),
        ("UPDATE aspects SET content = '[]'", "articles.sqlite: "),
        ('UPDATE aspects SET content = \'{"quantities": [["rate", "x", ""]]}\'', "Invalid"),
    ],
)
def test_altered_aspects_are_damage(database: Path, change: str, message: str) -> None:
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(change)
    with (
        closing(AspectStore.open(database)) as store,
        pytest.raises(IndexDamagedError, match=message) as raised,
    ):
        store.of([0, 1])
    assert "build the index again" in str(raised.value)


def test_a_database_without_aspects_is_damage(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "articles.sqlite").close()
    with pytest.raises(IndexDamagedError, match="no aspects of articles; build the index again"):
        AspectStore.open(tmp_path / "articles.sqlite")
