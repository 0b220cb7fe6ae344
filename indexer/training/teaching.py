"""Learning from other models in place of judgments. Importing this imports torch.

Models that were trained apart err in different places, and the mean of their cosines errs
less than any of them does. It says of every two texts how alike they are, where people judged
few: so one model can learn of them what took several (Hinton et al., "Distilling the Knowledge
in a Neural Network", 2015, arXiv:1503.02531). Texts that are unlike teach little: a step is
made of groups that the teachers find alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from indexer.encoders import Encoder, open_encoder
from indexer.training.dataset import PairSet
from indexer.training.losses import teaching_loss
from indexer.training.objective import Lesson
from indexer.training.recipe import Recipe

# Texts encoded from one word of progress to the next.
_AT_ONCE = 2_048


def open_teachers(names: Sequence[str | Path], *, trust_remote_code: bool) -> list[Encoder]:
    """Open the models to learn from.

    Raises:
        EncoderError: one cannot be loaded.
    """
    return [open_encoder(name, trust_remote_code=trust_remote_code) for name in names]


def called(teacher: Encoder) -> str:
    """What a card calls a teacher, told from every other: its name and fingerprint."""
    return f"{Path(teacher.name).name} `{teacher.fingerprint[:16]}`"


def told_by(
    teachers: Sequence[Encoder],
    texts: Sequence[str],
    on_progress: Callable[[int, int], None] = lambda done, total: None,
) -> Tensor:
    """Vectors whose inner products are the mean of the teachers' cosines.

    Args:
        teachers: at least one.
        texts: what they encode, each as a title: most texts are short, and a prompt for
            questions, where a teacher has one, is made to look for passages.
        on_progress: told how many encodings of how many are done.

    Returns:
        ``(len(texts), sum of the teachers' dimensions)`` float32, of length 1; shorter where a
        teacher knows nothing of a text.
    """
    width = sum(teacher.dimension for teacher in teachers)
    told = torch.empty(len(texts), width)
    total, left = len(texts) * len(teachers), 0
    for number, teacher in enumerate(teachers):
        own = slice(left, left + teacher.dimension)
        for at in range(0, len(texts), _AT_ONCE):
            some = texts[at : at + _AT_ONCE]
            told[at : at + len(some), own] = torch.from_numpy(teacher.encode_documents(some))
            on_progress(number * len(texts) + at + len(some), total)
        left = own.stop
    return told.div_(len(teachers) ** 0.5)


class Taught:
    """Texts that shall be as alike as teachers find them; how pairs were judged is not asked.

    Args:
        pairs: whose texts; sets take part by their size and rounds.
        told: `told_by` the teachers of ``pairs.texts``.
        recipe: pairs in a step, sizes of groups and weights of the loss.
    """

    def __init__(self, pairs: PairSet, told: Tensor, recipe: Recipe) -> None:
        """Nothing is drawn yet."""
        self._pairs, self._told, self._recipe = pairs, told, recipe

    def draws(self, rng: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """Rows of pairs for each step, without end."""
        return self._pairs.draws(self._recipe.batch_pairs, rng)

    def lesson(self, rows: NDArray[np.int64], rng: np.random.Generator) -> Lesson:
        """Both texts of some pairs, and for each pair texts drawn of those near its first."""
        pairs, recipe = self._pairs.pairs[rows], self._recipe
        near = self._nearest(pairs[:, 0])
        drawn = [rng.permutation(each)[: recipe.beside] for each in near]
        texts = np.unique(np.concatenate([pairs.ravel(), *drawn]))
        told = self._told[torch.from_numpy(texts)]
        loss = partial(
            teaching_loss,
            told=told @ told.T,
            temperature=recipe.temperature,
            squares=recipe.squares_weight,
        )
        return Lesson([self._pairs.texts[text] for text in texts], loss)

    def _nearest(self, texts: NDArray[np.int64]) -> NDArray[np.int64]:
        """The nearest of all texts to each of some, itself among them, ``(n, near)``."""
        likeness = self._told[torch.from_numpy(texts)] @ self._told.T
        count = min(self._recipe.near, likeness.shape[1])
        found: NDArray[np.int64] = likeness.topk(count, dim=1).indices.cpu().numpy()
        return found
