"""Sets of pairs and what they weigh."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import InputError
from indexer.training.pairs import Pair
from indexer.training.sets import SetWeights, TrainingSet, read_sets

PAIR = Pair("一", "二", True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pairs").mkdir()
    for name in ("bq.tsv", "atec.tsv"):
        (tmp_path / "pairs" / name).write_text("一\t二\t1\n", encoding="utf-8")
    return tmp_path / "pairs"


def weights(folder: Path, text: str) -> Path:
    path = folder.parent / "sets.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_is_a_set_and_weighs_1(folder: Path) -> None:
    assert read_sets([folder]) == [TrainingSet("atec", (PAIR,)), TrainingSet("bq", (PAIR,))]


def test_what_weighs_otherwise_stands_in_a_file(folder: Path) -> None:
    given = weights(folder, "[bq]\nrounds = 3\nranking = 0.5\n")
    assert [found.weights for found in read_sets([folder], given)] == [
        SetWeights(),
        SetWeights(rounds=3, ranking=0.5),
    ]


def test_a_file_named_twice_comes_twice_as_often(folder: Path) -> None:
    given = weights(folder, "[bq]\nrounds = 1.5\n")
    found = read_sets([folder, folder / "bq.tsv"], given)
    assert [(each.name, each.weights.rounds) for each in found] == [("atec", 1), ("bq", 3)]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[bd]", r"sets\.toml: no set is called 'bd'; there are atec, bq"),
        ("[bq]\nweight = 2", r"sets\.toml: \[bq\]: a set has rounds, ranking, cosent and nothing"),
        ("bq = 2", r"sets\.toml: \[bq\]: a set has rounds, ranking, cosent and nothing else"),
        ("[bq]\nrounds = -1", r"\[bq\]: rounds is -1; it must be a number from 0"),
        ("[bq]\nrounds = nan", r"\[bq\]: rounds is nan; it must be a number from 0"),
        ("[bq]\nrounds = inf", r"\[bq\]: rounds is inf; it must be a number from 0"),
        ("[bq]\nranking = true", r"\[bq\]: ranking is True; it must be a number from 0"),
        ('[bq]\ncosent = "1"', r"\[bq\]: cosent is '1'; it must be a number from 0"),
        ("[bq", r"sets\.toml cannot be read as TOML"),
    ],
)
def test_slips_are_named(folder: Path, text: str, problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        read_sets([folder], weights(folder, text))


def test_a_file_of_weights_that_is_not_there(folder: Path) -> None:
    with pytest.raises(InputError, match=r"none\.toml cannot be read as TOML \(No such file"):
        read_sets([folder], folder / "none.toml")
