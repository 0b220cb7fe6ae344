"""The stage that learns from pairs, judged or taught. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from indexer.training.descent import Descent
from indexer.training.keeping import Kept
from indexer.training.learner import Learner
from indexer.training.objective import Objective
from indexer.training.recipe import Recipe
from indexer.training.trainer import (
    Checkpoint,
    OnStep,
    Step,
    chance_of_order,
    chance_of_step,
    copy_of,
)


@dataclass(frozen=True, slots=True)
class Goal:
    """What training on pairs heeds beside its loss.

    Attributes:
        score: measures the model on dev pairs; None without any.
        kept: texts to leave where they were; None where none are.
    """

    score: Callable[[], float] | None = None
    kept: Kept | None = None


def train(
    learner: Learner,
    objective: Objective,
    recipe: Recipe,
    goal: Goal,
    checkpoint: Checkpoint,
    on_step: OnStep,
) -> int:
    """Train a model on pairs.

    A run that goes on from a checkpoint makes the steps that the interrupted one would have
    made.

    Args:
        learner: the model, changed in place; left with the weights that scored best on the
            dev pairs, or with the last without any.
        objective: what to learn from.
        recipe: the settings.
        goal: what to heed beside the loss.
        checkpoint: written on the way, and gone on from.
        on_step: told of each step.

    Returns:
        The step of the weights that it leaves.

    Raises:
        InputError: the loss or a weight is no number any more.
    """
    run = _PairRun(learner, objective, recipe, goal)
    found = checkpoint.load()
    if found is not None and found["stage"] == "train":
        run.restore(found)
    draws = objective.draws(chance_of_order(recipe.seed, "train"))
    for rows in islice(draws, run.done, recipe.steps):
        if run.spent:
            break
        loss = run.step(rows)
        score = run.measure()
        checkpoint.write(run.state)
        on_step(Step("train", run.done, recipe.steps, loss, score))
    return run.finish()


class _PairRun:
    """A run over pairs between two steps."""

    def __init__(self, learner: Learner, objective: Objective, recipe: Recipe, goal: Goal) -> None:
        self._learner, self._objective = learner, objective
        self._recipe, self._goal = recipe, goal
        self._network = learner.network.train()
        self._descent = Descent(learner.groups(), recipe.steps)
        self.done = 0
        self._best: tuple[float, int, dict[str, Tensor]] | None = None
        if goal.score is not None:
            self._best = (goal.score(), 0, copy_of(self._network))
            self._network.train()

    @property
    def spent(self) -> bool:
        """Whether the dev pairs have not gained for too long."""
        waited = self.done - self._best[1] if self._best else 0
        return waited >= self._recipe.patience * self._recipe.evaluate_every

    def step(self, rows: NDArray[np.int64]) -> float:
        """Descend one step, over all views of what the rows ask."""
        rng = chance_of_step(self._recipe.seed, "train", self.done)
        lesson = self._objective.lesson(rows, rng)
        views = self._learner.views(lesson.texts, rng)
        loss = torch.stack([view.weight * lesson.loss(view.vectors) for view in views]).sum()
        if self._goal.kept is not None and self._recipe.keep_weight:
            drift = self._goal.kept.drift(self._learner, rng)
            loss = loss + self._recipe.keep_weight * drift
        value = self._descent.step(loss)
        self.done += 1
        return value

    def measure(self) -> float | None:
        """The score, where it is time for one; the best weights are kept."""
        due = self.done % self._recipe.evaluate_every == 0 or self.done == self._recipe.steps
        if self._goal.score is None or not due:
            return None
        score = self._goal.score()
        self._network.train()
        if self._best is None or score > self._best[0]:
            self._best = (score, self.done, copy_of(self._network))
        return score

    def finish(self) -> int:
        """Leave the best weights."""
        self._network.eval()
        step = self.done
        if self._best is not None:
            _, step, weights = self._best
            self._network.load_state_dict(weights)
        self._descent.check()
        return step

    def state(self) -> dict[str, Any]:
        """All that going on takes."""
        return {
            "stage": "train",
            "step": self.done,
            "network": self._network.state_dict(),
            "descent": self._descent.state(),
            "best": self._best,
        }

    def restore(self, found: dict[str, Any]) -> None:
        """Go on from a `state`."""
        self.done, self._best = found["step"], found["best"]
        self._network.load_state_dict(found["network"])
        self._descent.restore(found["descent"])
