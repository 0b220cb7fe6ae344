"""Reading, then pairs: each makes the model better at what it asks."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from indexer.encoders.compact_files import Shape
from indexer.encoders.compact_module import CompactModule
from indexer.encoders.compact_network import CompactNetwork
from indexer.errors import InputError
from indexer.training.compact_learner import CompactLearner
from indexer.training.dataset import PairSet
from indexer.training.growing import grown_learner
from indexer.training.keeping import Kept
from indexer.training.masked_stage import pretrain
from indexer.training.objective import Judged
from indexer.training.pair_stage import Goal, train
from indexer.training.pairs import Pair
from indexer.training.recipe import ADAPT, GROW, TEACH, TUNE, Recipe
from indexer.training.trainer import Checkpoint, Step
from indexer.training.vocabulary import build_vocabulary

SHAPE = Shape(dimension=32, layers=(1,), heads=2, window=16)
SHORT = Recipe(steps=30, batch_pairs=64, rate=2e-3, input_rate=5e-3, pretrain_steps=40)
NO_FILE = Checkpoint(None, "")


def ignore(_: Step) -> None:
    """Nobody watches."""


def new_module(texts: tuple[str, ...]) -> CompactModule:
    torch.manual_seed(5)
    vocabulary = build_vocabulary(texts, min_count=1, max_bigrams=999).vocabulary
    network = CompactNetwork(len(vocabulary), SHAPE)
    torch.nn.init.normal_(network.bag.weight, std=0.2)
    return CompactModule(vocabulary, network)


def vectors(module: CompactModule, texts: list[str]) -> torch.Tensor:
    module.network.eval()
    with torch.inference_mode():
        found = module.forward(module.preprocess(texts))["sentence_embedding"]
    return torch.nn.functional.normalize(found, dim=1)


def separation(module: CompactModule, judged: list[Pair]) -> float:
    """The share of (same, different) pairs in the right order: the AUROC."""
    first = vectors(module, [pair.first for pair in judged])
    second = vectors(module, [pair.second for pair in judged])
    values = (first * second).sum(1).numpy()
    same = np.array([pair.same for pair in judged])
    return float((values[same][:, None] > values[~same][None, :]).mean())


def test_reading_gets_better_at_hidden_words(judged: list[Pair]) -> None:
    texts = PairSet.of([judged]).texts
    steps: list[Step] = []
    pretrain(new_module(texts), texts, ["花呗"], SHORT, NO_FILE, steps.append)
    losses = [step.loss for step in steps if step.loss is not None]
    assert [step.number for step in steps] == list(range(1, 41))
    # Now and then nothing is hidden, which is easy: the mean would be of such chance.
    assert np.median(losses[-10:]) < np.median(losses[:10])


@pytest.mark.parametrize("steps", [1, 5])
def test_reading_that_diverges_ends(judged: list[Pair], steps: int) -> None:
    texts = PairSet.of([judged]).texts
    recipe = replace(SHORT, pretrain_steps=steps, pretrain_rate=1e38)
    with pytest.raises(InputError, match=r"training diverged, .*; give a smaller --pretrain-rate"):
        pretrain(new_module(texts), texts, [], recipe, NO_FILE, ignore)


def test_there_must_be_something_to_read(judged: list[Pair]) -> None:
    module = new_module(PairSet.of([judged]).texts)
    with pytest.raises(InputError, match="there is nothing to read"):
        pretrain(module, ["花"], [], SHORT, NO_FILE, ignore)


def test_pairs_are_learnt(judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    module = new_module(pairs.texts)
    before = separation(module, judged)
    learner = CompactLearner(module, SHORT)
    assert train(learner, Judged(pairs, SHORT), SHORT, Goal(), NO_FILE, ignore) == SHORT.steps
    assert separation(module, judged) > max(0.97, before + 0.05)


def test_pairs_of_one_judgment_can_be_learnt_from() -> None:
    pairs = PairSet.of([[Pair("花呗怎么还", "怎么还花呗", True)]])
    module = new_module(pairs.texts)
    train(CompactLearner(module, SHORT), Judged(pairs, SHORT), SHORT, Goal(), NO_FILE, ignore)
    assert all(bool(torch.isfinite(weight).all()) for weight in module.network.parameters())


def test_one_seed_gives_one_model(judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    found = []
    for seed in (5, 5, 6):
        module = new_module(pairs.texts)
        recipe = Recipe(steps=3, batch_pairs=32, seed=seed)
        learner = CompactLearner(module, recipe)
        train(learner, Judged(pairs, recipe), recipe, Goal(), NO_FILE, ignore)
        found.append(vectors(module, ["花呗怎么还"]))
    torch.testing.assert_close(found[0], found[1])
    assert not torch.allclose(found[0], found[2])


def test_training_ends_when_dev_gains_no_more_and_leaves_the_best(judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    module = new_module(pairs.texts)
    scores = iter([10.0, 30.0, 20.0, 29.0, 28.0])
    seen: list[torch.Tensor] = []

    def score() -> float:
        seen.append(module.network.shares.detach().clone())
        return next(scores)

    recipe = Recipe(steps=99, batch_pairs=32, evaluate_every=2, patience=3)
    steps: list[Step] = []
    learner = CompactLearner(module, recipe)
    best = train(learner, Judged(pairs, recipe), recipe, Goal(score), NO_FILE, steps.append)
    # The second of the five scores, measured after two steps; then three without a gain.
    assert best == 2
    assert len(steps) == 2 * 4
    assert [step.score for step in steps if step.score is not None] == [30.0, 20.0, 29.0, 28.0]
    torch.testing.assert_close(module.network.shares.detach(), seen[1])


@pytest.mark.parametrize("recipe", [Recipe(), ADAPT, GROW, TEACH, TUNE])
def test_every_kind_of_run_can_end_before_its_last_step(recipe: Recipe) -> None:
    assert recipe.patience * recipe.evaluate_every < recipe.steps


@pytest.mark.parametrize("steps", [1, 5])
def test_training_that_diverges_ends(judged: list[Pair], steps: int) -> None:
    pairs = PairSet.of([judged])
    recipe = replace(SHORT, steps=steps, rate=1e38, bag_rate=1e38)
    learner = CompactLearner(new_module(pairs.texts), recipe)
    with pytest.raises(InputError, match=r"training diverged, .*; give a smaller --rate"):
        train(learner, Judged(pairs, recipe), recipe, Goal(), NO_FILE, ignore)


def test_what_is_kept_hardly_moves(judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    others = ["今天的利率是多少", "把合同寄给我", "额度怎么少了", "还款日改到几号"]
    moved = []
    for weight in (0.0, 50.0):
        module = new_module((*pairs.texts, *others))
        recipe = Recipe(steps=8, batch_pairs=32, rate=2e-3, bag_rate=1e-2, keep_weight=weight)
        learner = CompactLearner(module, recipe)
        kept = Kept.of(learner, others)
        train(learner, Judged(pairs, recipe), recipe, Goal(kept=kept), NO_FILE, ignore)
        moved.append(float((1 - (vectors(module, others) * kept.vectors).sum(1)).mean()))
    assert moved[1] < moved[0] / 2


class StoppedError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize("grow", [0, 1])
@pytest.mark.parametrize("stop", [("pretrain", 2), ("train", 3)])
def test_a_run_goes_on_from_its_checkpoint_as_if_never_stopped(
    tmp_path: Path, judged: list[Pair], stop: tuple[str, int], grow: int
) -> None:
    pairs = PairSet.of([judged])
    path = tmp_path / "run.checkpoint"
    recipe = Recipe(steps=6, batch_pairs=32, pretrain_steps=4, evaluate_every=2, grow=grow)
    every = [*(("pretrain", n) for n in (1, 2, 3, 4)), *(("train", n) for n in range(1, 7))]
    made: list[tuple[str, int]] = []

    def run(stop: tuple[str, int] | None) -> dict[str, torch.Tensor]:
        def note(step: Step) -> None:
            made.append((step.stage, step.number))
            if made[-1] == stop:
                raise StoppedError

        learner = CompactLearner(new_module(pairs.texts), recipe)
        if grow:
            learner = grown_learner(learner, recipe)
        # Written after every step, not every few minutes.
        checkpoint = Checkpoint(path, "this run", seconds=0.0)
        pretrain(learner.module, pairs.texts, [], recipe, checkpoint, note)
        scores = iter(range(99))
        goal = Goal(lambda: float(next(scores)))
        train(learner, Judged(pairs, recipe), recipe, goal, checkpoint, note)
        return learner.network.state_dict()

    with pytest.raises(StoppedError):
        run(stop)
    resumed = run(None)
    assert made == every
    path.unlink()
    torch.testing.assert_close(run(None), resumed, rtol=0, atol=0)


def test_a_checkpoint_of_another_run_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "run.checkpoint"
    Checkpoint(path, "one", seconds=0.0).write(lambda: {"step": 3})
    loaded = Checkpoint(path, "one").load()
    assert loaded is not None
    assert loaded["step"] == 3
    with pytest.raises(InputError, match="a run with other settings or pairs"):
        Checkpoint(path, "other").load()
    path.write_bytes(b"no checkpoint")
    with pytest.raises(InputError, match="is no checkpoint; name another file"):
        Checkpoint(path, "one").load()
    Checkpoint(path, "one").remove()
    assert not path.exists()


def test_a_checkpoint_that_cannot_be_written_leaves_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "run.checkpoint"
    checkpoint = Checkpoint(path, "one", seconds=0.0)
    checkpoint.write(lambda: {"step": 3})
    (tmp_path / ".run.checkpoint.new").mkdir()
    with pytest.raises(InputError, match=r"run\.checkpoint cannot be written \("):
        checkpoint.write(lambda: {"step": 4})
    kept = checkpoint.load()
    assert kept is not None
    assert kept["step"] == 3


def test_the_time_of_a_run_is_that_of_all_its_processes(tmp_path: Path) -> None:
    path = tmp_path / "run.checkpoint"
    first = Checkpoint(path, "one", seconds=0.0, begun=time.perf_counter() - 1e6)
    assert first.load() is None
    first.write(dict)
    first.load()
    assert 1e6 <= first.spent() < 2e6

    second = Checkpoint(path, "one", seconds=0.0)
    second.load()
    assert 1e6 <= second.spent() < 2e6
    second.write(dict)
    third = Checkpoint(path, "one", begun=time.perf_counter() - 1e6)
    third.load()
    assert 2e6 <= third.spent() < 3e6
