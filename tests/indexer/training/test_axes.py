"""A model's first numbers say as much as so many can, and its cosines are what it learnt."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner

from indexer.encoders import open_encoder
from indexer.encoders.compact_files import PROJECTIONS
from indexer.encoders.protocol import Vectors
from indexer.training.axes import principal_axes, turn
from indexer.training.commands import train
from indexer.training.compact_learner import CompactLearner
from tests.indexer.training.test_stages import SHORT, new_module

TEXTS = tuple(
    product + what
    for product, what in itertools.product(
        ("花呗", "借呗", "微粒贷", "房贷", "信用卡", "白条"),
        ("怎么还款", "逾期了怎么办", "额度是多少"),
    )
)
SMALL = ["--dimension", "16", "--layers", "1", "--heads", "2", "--min-count", "1"]
STEPS = ["--steps", "3", "--pretrain-steps", "2", "--batch-pairs", "64"]


def test_axes_come_by_how_much_they_hold() -> None:
    # Along (1, 1) lie lengths √2 and 2√2, along (1, -1) √2: squares 10 and 2.
    vectors = torch.tensor([[1.0, 1.0], [2.0, 2.0], [1.0, -1.0]])
    axes = principal_axes(vectors, 2)
    half = 0.5**0.5
    np.testing.assert_allclose(axes.abs(), [[half, half], [half, half]], atol=1e-6)
    assert axes[0, 0] * axes[1, 0] > 0 > axes[0, 1] * axes[1, 1]


def test_a_turned_model_says_the_same_and_the_most_of_it_first() -> None:
    learner = CompactLearner(new_module(TEXTS), SHORT)
    before = learner.plain(TEXTS).detach().numpy()
    turn(learner, TEXTS, seed=3)
    after = learner.plain(TEXTS).detach().numpy()
    np.testing.assert_allclose(after @ after.T, before @ before.T, atol=1e-5)
    assert ordered(after)
    assert not ordered(before)
    for numbers in (4, 8, 16):
        assert lost(after, numbers) < lost(before, numbers)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new model, another that learnt from it, and one that was adapted from it to other pairs."""
    folder = tmp_path_factory.mktemp("made")
    pairs = folder / "pairs.tsv"
    lines = [f"{a}\t{b}\t{int(a[:2] == b[:2])}" for a, b in itertools.combinations(TEXTS, 2)]
    pairs.write_text("\n".join(lines), encoding="utf-8")
    new = folder / "new"
    for name, options in (
        ("new", ["--from", "none", *SMALL]),
        ("taught", ["--from", new, "--teacher", new]),
        ("adapted", ["--from", new]),
    ):
        command = [pairs, *options, *STEPS, "--out", folder / name]
        result = CliRunner().invoke(train, [*map(str, command)])
        assert result.exit_code == 0, result.output
    return folder


@pytest.mark.parametrize("name", ["new", "taught"])
def test_what_was_trained_is_turned(made: Path, name: str) -> None:
    assert ordered(open_encoder(made / name).encode_queries(TEXTS))
    assert not np.array_equal(projections(made / name), np.stack([np.eye(16)] * 2))
    card = (made / name / "README.md").read_text(encoding="utf-8")
    assert "turned onto the principal axes" in card


def test_a_taught_model_is_turned_again(made: Path) -> None:
    assert not np.array_equal(projections(made / "taught"), projections(made / "new"))


def test_what_is_held_in_its_place_is_not(made: Path) -> None:
    """An adapted model's vectors of what it knew stay near where they were."""
    np.testing.assert_array_equal(projections(made / "adapted"), projections(made / "new"))
    assert "principal axes" not in (made / "adapted" / "README.md").read_text(encoding="utf-8")


def projections(model: Path) -> Vectors:
    """The axes in which a model's parts are added; only turning changes them."""
    found: Vectors = np.load(model / PROJECTIONS)
    return found


def ordered(vectors: Vectors) -> bool:
    """Whether the squares along each axis never grow, but by what rounding takes."""
    held = (vectors**2).sum(axis=0)
    return bool((np.diff(held) <= 0.02 * held[0]).all())


def lost(vectors: Vectors, numbers: int) -> float:
    """Mean squared error of cosines by the first numbers, as they are."""
    first = vectors[:, :numbers]
    return float(((first @ first.T - vectors @ vectors.T) ** 2).mean())
