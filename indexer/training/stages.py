"""The two stages of a training run: masked reading, then judged pairs.

Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from indexer.encoders.compact_module import CompactModule, pack
from indexer.encoders.compact_network import Windows
from indexer.encoders.vocabulary import TextRows
from indexer.errors import InputError
from indexer.training.dataset import Batch, PairSet
from indexer.training.losses import cosent_loss, ranking_loss
from indexer.training.masking import SoundAlikes, WordCutter, add_noise
from indexer.training.pretrain import MaskedTexts, Reader, reading_loss
from indexer.training.recipe import Recipe
from indexer.training.trainer import Checkpoint, Descent, Step, chance_of_step, copy_of

OnStep = Callable[[Step], None]
# Texts encoded at a time to keep them where they were.
_KEPT_PER_STEP = 64


def pretrain(
    module: CompactModule,
    texts: Sequence[str],
    words: Sequence[str],
    recipe: Recipe,
    checkpoint: Checkpoint,
    on_step: OnStep,
) -> None:
    """Let a new model read texts with hidden words.

    Args:
        module: the model, changed in place.
        texts: what to read.
        words: lending words beside jieba's own.
        recipe: the settings.
        checkpoint: written on the way, and gone on from.
        on_step: told of each step.

    Raises:
        InputError: there is nothing to read.
    """
    found = checkpoint.load()
    if found is not None and found["stage"] == "train":
        return
    network, vocabulary = module.network.train(), module.vocabulary
    reading = MaskedTexts(texts, vocabulary, WordCutter(words), recipe)
    if not len(reading):
        raise InputError("no text of two characters or more: there is nothing to read")
    reader = Reader(vocabulary.first_bigram, network.shape.dimension).to(network.share.device)
    sounds = SoundAlikes.of(vocabulary)
    weights = [*network.inputs.parameters(), *network.transformer.parameters()]
    descent = Descent(
        [([*weights, *reader.parameters()], recipe.pretrain_rate)], recipe.pretrain_steps
    )
    done = 0
    if found is not None:
        done = found["step"]
        network.load_state_dict(found["network"])
        reader.load_state_dict(found["reader"])
        descent.restore(found["descent"])
    rng = chance_of_step(recipe.seed, "pretrain", done)
    batches = reading.batches(rng)

    def state() -> dict[str, Any]:
        return {
            "stage": "pretrain",
            "step": done,
            "network": network.state_dict(),
            "reader": reader.state_dict(),
            "descent": descent.state(),
        }

    while done < recipe.pretrain_steps:
        batch = next(batches)
        loss = descent.step(reading_loss(network, reader, vocabulary, batch, recipe, sounds, rng))
        done += 1
        checkpoint.write(state)
        on_step(Step("pretrain", done, recipe.pretrain_steps, loss))


@dataclass(frozen=True, slots=True)
class Kept:
    """Texts that an adapted model shall leave where they were.

    Attributes:
        texts: as rows.
        vectors: ``(n, dimension)`` where the start put them, of length 1.
    """

    texts: Sequence[TextRows]
    vectors: Tensor

    @classmethod
    def of(cls, module: CompactModule, texts: Sequence[str]) -> Kept:
        """Where a model puts texts now."""
        module.network.eval()
        rows = [module.vocabulary.read(text) for text in texts]
        network = module.network
        with torch.inference_mode():
            vectors = [
                network.joined(*network(_pack(rows[at : at + 256], module)))
                for at in range(0, len(rows), 256)
            ]
        return cls(rows, functional.normalize(torch.cat(vectors), dim=1).clone())


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
    module: CompactModule,
    pairs: PairSet,
    recipe: Recipe,
    goal: Goal,
    checkpoint: Checkpoint,
    on_step: OnStep,
) -> int:
    """Train a model on judged pairs.

    In each step CoSENT orders a batch's pairs, set by set, and those judged the same must
    find each other among all texts of the batch (`ranking_loss`); the same is asked of the
    first half of the numbers alone, so that a vector can be cut there (Kusupati et al.,
    "Matryoshka Representation Learning", 2022, arXiv:2205.13147), and of the transformer
    without the bag, which would otherwise leave it little to do.

    Args:
        module: the model, changed in place; left with the weights that scored best on the
            dev pairs, or with the last without any.
        pairs: what to learn from.
        recipe: the settings.
        goal: what to heed beside the loss.
        checkpoint: written on the way, and gone on from.
        on_step: told of each step.

    Returns:
        The step of the weights that it leaves.
    """
    run = _PairRun(module, pairs, recipe, goal)
    found = checkpoint.load()
    if found is not None and found["stage"] == "train":
        run.restore(found)
    rng = chance_of_step(recipe.seed, "train", run.done)
    batches = pairs.batches(recipe.batch_pairs, rng)
    while run.done < recipe.steps and not run.spent:
        loss = run.step(next(batches), rng)
        checkpoint.write(run.state)
        on_step(Step("train", run.done, recipe.steps, loss, run.measure()))
    return run.finish()


class _PairRun:
    """A run over pairs between two steps."""

    def __init__(self, module: CompactModule, pairs: PairSet, recipe: Recipe, goal: Goal) -> None:
        self._module, self._recipe, self._goal = module, recipe, goal
        network = module.network.train()
        self._sounds = SoundAlikes.of(module.vocabulary)
        self._rows = [module.vocabulary.ids_of(text) for text in pairs.texts]
        rest = [*network.transformer.parameters(), network.share]
        self._descent = Descent(
            [
                (rest, recipe.rate),
                (list(network.inputs.parameters()), recipe.input_rate),
                (list(network.bag.parameters()), recipe.bag_rate),
            ],
            recipe.steps,
        )
        self.done = 0
        self._best: tuple[float, int, dict[str, Tensor]] | None = None
        if goal.score is not None:
            self._best = (goal.score(), 0, copy_of(network))
            network.train()

    @property
    def spent(self) -> bool:
        """Whether the dev pairs have not gained for too long."""
        waited = self.done - self._best[1] if self._best else 0
        return waited >= self._recipe.patience * self._recipe.evaluate_every

    def step(self, batch: Batch, rng: np.random.Generator) -> float:
        """Descend one step."""
        loss = self._loss(batch, rng)
        if self._goal.kept is not None and self._recipe.keep_weight:
            loss = loss + self._recipe.keep_weight * self._drift(self._goal.kept, rng)
        value = self._descent.step(loss)
        self.done += 1
        return value

    def measure(self) -> float | None:
        """The score, where it is time for one; the best weights are kept."""
        due = self.done % self._recipe.evaluate_every == 0 or self.done == self._recipe.steps
        if self._goal.score is None or not due:
            return None
        score = self._goal.score()
        self._module.network.train()
        if self._best is None or score > self._best[0]:
            self._best = (score, self.done, copy_of(self._module.network))
        return score

    def finish(self) -> int:
        """Leave the best weights."""
        self._module.network.eval()
        if self._best is None:
            return self.done
        self._module.network.load_state_dict(self._best[2])
        return self._best[1]

    def state(self) -> dict[str, Any]:
        """All that going on takes."""
        return {
            "stage": "train",
            "step": self.done,
            "network": self._module.network.state_dict(),
            "descent": self._descent.state(),
            "best": self._best,
        }

    def restore(self, found: dict[str, Any]) -> None:
        """Go on from a `state`."""
        self.done, self._best = found["step"], found["best"]
        self._module.network.load_state_dict(found["network"])
        self._descent.restore(found["descent"])

    def _loss(self, batch: Batch, rng: np.random.Generator) -> Tensor:
        recipe, network = self._recipe, self._module.network
        noisy = [
            self._module.vocabulary.rows_of(
                add_noise(self._rows[text], recipe.hidden, self._sounds, rng)
            )
            for text in batch.texts
        ]
        transformed, bags = network(_pack(noisy, self._module), recipe.dropout, recipe.bag_dropout)
        joined = network.joined(transformed, bags)
        half = joined.shape[1] // 2
        loss = self._compare(joined, batch)
        if recipe.short_weight:
            loss = loss + recipe.short_weight * self._compare(joined[:, :half], batch)
        if recipe.alone_weight:
            loss = loss + recipe.alone_weight * self._compare(transformed, batch)
        return loss

    def _compare(self, vectors: Tensor, batch: Batch) -> Tensor:
        unit = functional.normalize(vectors, dim=1, eps=1e-9)
        first, second, same, sets, excluded = (
            torch.from_numpy(part).to(unit.device)
            for part in (batch.first, batch.second, batch.same, batch.sets, batch.excluded)
        )
        ranking = ranking_loss(unit, first[same], second[same], excluded, self._recipe.temperature)
        cosines = (unit[first] * unit[second]).sum(1)
        ordering = [
            cosent_loss(cosines[sets == each], same[sets == each], self._recipe.cosent_scale)
            for each in np.unique(batch.sets).tolist()
        ]
        return ranking + self._recipe.cosent_weight * torch.stack(ordering).sum()

    def _drift(self, kept: Kept, rng: np.random.Generator) -> Tensor:
        """How far some of the kept texts have moved, as one less their cosine."""
        chosen = rng.integers(len(kept.texts), size=min(_KEPT_PER_STEP, len(kept.texts)))
        network = self._module.network
        packed = _pack([kept.texts[at] for at in chosen], self._module)
        now = functional.normalize(network.joined(*network(packed)), dim=1, eps=1e-9)
        before = kept.vectors[torch.from_numpy(chosen).to(kept.vectors.device)]
        return (1 - (now * before).sum(1)).mean()


def _pack(texts: Sequence[TextRows], module: CompactModule) -> Windows:
    windows = pack(texts, module.network.shape.window)
    device = module.network.share.device
    return Windows(*(getattr(windows, name).to(device) for name in Windows.__slots__))
