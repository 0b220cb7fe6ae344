"""Masked reading: a new transformer learns the language before it learns to compare.

It restores hidden words (Devlin et al., "BERT", 2018, arXiv:1810.04805), and its mean
state foretells the characters of the whole text, so that the mean is worth comparing.
Importing this imports torch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional

from indexer.encoders.compact_network import CompactNetwork
from indexer.encoders.vocabulary import UNKNOWN, Ids, Vocabulary
from indexer.training.masking import SoundAlikes, WordCutter, hide_words
from indexer.training.recipe import Recipe

# Longer texts are read in part: the mask needs neighbours, not chapters.
_LONGEST = 100
# Weight of the foretold characters beside the restored ones.
_FORETELL = 0.3


class Reader(nn.Module):
    """What pretraining puts on top of a network and leaves behind."""

    def __init__(self, characters: int, dimension: int) -> None:
        """Heads for restoring and for foretelling."""
        super().__init__()

        def head() -> nn.Module:
            return nn.Sequential(
                nn.Linear(dimension, dimension), nn.GELU(), nn.LayerNorm(dimension)
            )

        self.restore, self.foretell = head(), head()
        self.restore_bias = nn.Parameter(torch.zeros(characters))
        self.foretell_bias = nn.Parameter(torch.zeros(characters))


class MaskedTexts:
    """Texts to read, in batches of one length.

    Args:
        texts: what to read; each is read once in a round.
        vocabulary: of the rows.
        cutter: finds the words to hide.
        recipe: how much a batch holds and how much of it is hidden.
        window: how many characters the model reads at once.
    """

    def __init__(
        self,
        texts: Sequence[str],
        vocabulary: Vocabulary,
        cutter: WordCutter,
        recipe: Recipe,
        window: int,
    ) -> None:
        """Cut and look up all texts."""
        self._recipe = recipe
        self._ids: list[Ids] = []
        self._words: list[NDArray[np.int64]] = []
        for text in texts:
            ids = vocabulary.ids_of(text)[: min(_LONGEST, window)]
            if len(ids) > 1:
                self._ids.append(ids)
                self._words.append(cutter.words(text)[: len(ids)])
        self._lengths = np.array([len(ids) for ids in self._ids], dtype=np.int64)

    def __len__(self) -> int:
        """How many texts can be read."""
        return len(self._ids)

    def batches(self, rng: np.random.Generator) -> Iterator[tuple[Ids, NDArray[np.int64]]]:
        """Rows of characters and numbers of words, ``(n, length)`` each, without end."""
        while True:
            shuffled = rng.permutation(len(self._ids))
            order = shuffled[np.argsort(self._lengths[shuffled], kind="stable")]
            lengths = self._lengths[order]
            alike = np.split(order, np.flatnonzero(np.diff(lengths)) + 1)
            batches = [
                texts[at : at + size]
                for texts in alike
                for size in [max(8, self._recipe.pretrain_characters // self._lengths[texts[0]])]
                for at in range(0, len(texts), size)
            ]
            for at in rng.permutation(len(batches)):
                chosen = batches[at]
                yield (
                    np.stack([self._ids[text] for text in chosen]),
                    np.stack([self._words[text] for text in chosen]),
                )


def reading_loss(
    network: CompactNetwork,
    reader: Reader,
    vocabulary: Vocabulary,
    batch: tuple[Ids, NDArray[np.int64]],
    recipe: Recipe,
    sounds: SoundAlikes,
    rng: np.random.Generator,
) -> Tensor:
    """The loss of one batch of `MaskedTexts`."""
    ids, words = batch
    device = network.shares.device
    changed, hidden = hide_words(ids, words, recipe.masked, sounds, rng)
    rows = vocabulary.rows_of(changed)
    read, left, right = (
        torch.from_numpy(part).to(device) for part in (rows.ids, rows.left, rows.right)
    )
    states = network.states(read, left, right)
    table = network.inputs.weight[: vocabulary.first_bigram]
    real = torch.from_numpy(ids).to(device)
    asked = torch.from_numpy(hidden & (ids != UNKNOWN)).to(device)
    restored = reader.restore(states[asked]) @ table.T + reader.restore_bias
    foretold = reader.foretell(states.mean(1)) @ table.T + reader.foretell_bias
    restoring = (
        functional.cross_entropy(restored, real[asked]) if asked.any() else restored.sum() * 0.0
    )
    foretelling = -functional.log_softmax(foretold, dim=1).gather(1, real).mean()
    return restoring + _FORETELL * foretelling
