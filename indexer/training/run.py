"""A whole training run: pairs in, a measured model folder out. Importing this imports torch."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize

from indexer.encoders.bag import BagEncoder
from indexer.encoders.bag_files import TABLE
from indexer.encoders.bag_module import BagModule
from indexer.errors import InputError
from indexer.training.card import model_card
from indexer.training.dataset import PairSet
from indexer.training.folder import check_free, published
from indexer.training.pairs import pair_files, read_pairs
from indexer.training.recipe import Recipe
from indexer.training.report import SetReport, TrainingReport, describe_sets
from indexer.training.spearman import spearman
from indexer.training.trainer import Step, train


def train_folder(
    pairs: Sequence[Path],
    out: Path,
    *,
    dev: Sequence[Path] = (),
    recipe: Recipe | None = None,
    notes: Sequence[str] = (),
    on_step: Callable[[Step], None] | None = None,
) -> TrainingReport:
    """Train a bag encoder and publish its folder with a model card.

    Args:
        pairs: files and folders of question pairs; one named twice counts twice.
        out: where the model goes; a trained model there is replaced, at the very end.
        dev: files and folders of question pairs to measure on.
        recipe: the settings; the defaults if None.
        notes: lines for the card on where the pairs come from and on their terms.
        on_step: told of each training step.

    Raises:
        PairsError: pairs that cannot be read.
        InputError: ``out`` is taken, or the pairs do not suffice.
    """
    recipe = recipe or Recipe()
    check_free(out)
    dev_files = list(dict.fromkeys(pair_files(dev)))
    measured_on = tuple(zip(dev_files, describe_sets(dev_files), strict=True))
    trained_on = describe_sets(pairs)
    judged = PairSet.of(read_pairs(pairs))
    if not judged.same.any():
        raise InputError("no pair was judged the same: there is nothing to learn from")
    begun = time.perf_counter()
    module = train(judged, recipe, on_step)
    seconds = time.perf_counter() - begun
    with published(out) as folder:
        _save(module, folder)
        encoder = BagEncoder.open(folder)
        report = TrainingReport(
            folder=str(out),
            fingerprint=encoder.fingerprint,
            features=len(module.features),
            dimension=encoder.dimension,
            bytes=(folder / TABLE).stat().st_size,
            seconds=seconds,
            trained_on=trained_on,
            measured_on=tuple(_measure(encoder, path, found) for path, found in measured_on),
        )
        card = model_card(report, recipe, notes)
        (folder / "README.md").write_text(card, encoding="utf-8")
    return report


def _save(module: BagModule, folder: Path) -> None:
    """Write what sentence-transformers loads and, in the same files, what NumPy does."""
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    model.save(str(folder), create_model_card=False)


def _measure(encoder: BagEncoder, path: Path, found: SetReport) -> SetReport:
    return replace(found, spearman=spearman(encoder, read_pairs([path])))
