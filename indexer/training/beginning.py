"""What a run begins with: a new model, one of ours, or any other. Importing imports torch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch

from indexer.encoders.compact_files import Shape, is_compact_folder, open_compact
from indexer.encoders.compact_module import CompactModule
from indexer.encoders.compact_network import CompactNetwork
from indexer.encoders.loading import load
from indexer.encoders.prompts import choose_prompts
from indexer.errors import InputError
from indexer.training.any_learner import AnyLearner
from indexer.training.compact_learner import CompactLearner
from indexer.training.learner import Learner
from indexer.training.recipe import Recipe
from indexer.training.vocabulary import build_vocabulary


def new_learner(texts: Sequence[str], recipe: Recipe) -> CompactLearner:
    """A new compact model.

    Args:
        texts: what its vocabulary is taken from.
        recipe: its sizes, and how it learns.

    Raises:
        InputError: no character is in enough of the texts.
    """
    counted = build_vocabulary(texts, min_count=recipe.min_count, max_bigrams=recipe.max_bigrams)
    vocabulary = counted.vocabulary
    if not vocabulary.characters:
        raise InputError(
            f"no character occurs in {recipe.min_count} texts: give more pairs or "
            "a smaller --min-count"
        )
    torch.manual_seed(recipe.seed)
    shape = Shape(recipe.dimension, (recipe.layers,), recipe.heads, recipe.window)
    network = CompactNetwork(len(vocabulary), shape)
    # A bag of random directions as long as they are telling ranks as TF-IDF does: random
    # projections keep inner products (Johnson and Lindenstrauss, 1984).
    directions = torch.randn(network.bag.weight.shape) / recipe.dimension**0.5
    with torch.no_grad():
        network.bag.weight.copy_(directions * torch.from_numpy(counted.idf)[:, None])
    return CompactLearner(CompactModule(vocabulary, network), recipe)


def begun_learner(start: str | Path, recipe: Recipe, *, trust_remote_code: bool) -> Learner:
    """A model to train further.

    Args:
        start: a folder that ``loanfaq train`` wrote, or any sentence-transformers model, by
            folder or by its name on the Hugging Face hub.
        recipe: how it learns.
        trust_remote_code: run code that a model of the second kind brings.

    Raises:
        EncoderError: it cannot be loaded.
    """
    folder = Path(start).expanduser()
    if is_compact_folder(folder):
        config = open_compact(folder).config
        name = f"{config.name} `{config.fingerprint[:16]}`"
        return CompactLearner(CompactModule.open(folder), recipe, name)
    loaded = load(start, trust_remote_code=trust_remote_code)
    # A hub name says which model it is; a folder's digest does.
    name = f"{folder.name} `{loaded.identity[:16]}`" if folder.is_dir() else loaded.identity
    prompts = choose_prompts(str(start), loaded.model.prompts, None, None)
    return AnyLearner(loaded.model, recipe, name, prompts)
