"""The stage of masked reading. Importing this imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Any

from indexer.encoders.compact_module import CompactModule
from indexer.errors import InputError
from indexer.training.descent import Descent, groups_of
from indexer.training.masking import SoundAlikes, WordCutter
from indexer.training.pretrain import MaskedTexts, Reader, reading_loss
from indexer.training.recipe import Recipe
from indexer.training.trainer import (
    Checkpoint,
    OnStep,
    Step,
    chance_of_order,
    chance_of_step,
)


def pretrain(
    module: CompactModule,
    texts: Sequence[str],
    words: Sequence[str],
    recipe: Recipe,
    checkpoint: Checkpoint,
    on_step: OnStep,
) -> None:
    """Let the newest transformer of a model read texts with hidden words.

    Args:
        module: the model, changed in place.
        texts: what to read.
        words: lending words beside jieba's own.
        recipe: the settings.
        checkpoint: written on the way, and gone on from.
        on_step: told of each step.

    Raises:
        InputError: there is nothing to read, or the loss or a weight is no number any more.
    """
    found = checkpoint.load()
    if found is not None and found["stage"] == "train":
        return
    network, vocabulary = module.network.train(), module.vocabulary
    reading = MaskedTexts(texts, vocabulary, WordCutter(words), recipe, network.shape.window)
    if not len(reading):
        raise InputError("no text of two characters or more: there is nothing to read")
    reader = Reader(vocabulary.first_bigram, network.shape.dimension).to(network.shares.device)
    sounds = SoundAlikes.of(vocabulary)
    groups = groups_of([network.newest, reader, network.inputs], recipe.pretrain_rate)
    descent = Descent(groups, recipe.pretrain_steps, "--pretrain-rate")
    done = 0
    if found is not None:
        done = found["step"]
        network.load_state_dict(found["network"])
        reader.load_state_dict(found["reader"])
        descent.restore(found["descent"])
    batches = reading.batches(chance_of_order(recipe.seed, "pretrain"))

    def state() -> dict[str, Any]:
        return {
            "stage": "pretrain",
            "step": done,
            "network": network.state_dict(),
            "reader": reader.state_dict(),
            "descent": descent.state(),
        }

    for batch in islice(batches, done, recipe.pretrain_steps):
        rng = chance_of_step(recipe.seed, "pretrain", done)
        loss = descent.step(reading_loss(network, reader, vocabulary, batch, recipe, sounds, rng))
        done += 1
        checkpoint.write(state)
        on_step(Step("pretrain", done, recipe.pretrain_steps, loss))
    descent.check()
