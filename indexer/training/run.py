"""A whole training run: pairs in, a measured model folder out. Importing this imports torch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import torch

import data
from indexer.encoders import Encoder, open_encoder
from indexer.encoders.loading import settle_threads
from indexer.lexicon import bundled_lexicon
from indexer.readers import read_sources
from indexer.split import passage_text, split
from indexer.training.axes import turn
from indexer.training.balancing import balance
from indexer.training.beginning import begun_learner, new_learner
from indexer.training.card import CARD, model_card
from indexer.training.compact_learner import CompactLearner
from indexer.training.folder import check_free, check_writable, published
from indexer.training.growing import GrowingLearner, grown_learner
from indexer.training.inputs import Inputs, Material, read_material
from indexer.training.keeping import Kept
from indexer.training.learner import Learner
from indexer.training.masked_stage import pretrain
from indexer.training.measuring import scorer, scores_of
from indexer.training.objective import Judged, Objective
from indexer.training.pair_stage import Goal, train
from indexer.training.pairs import Pair
from indexer.training.recipe import Recipe
from indexer.training.report import TrainingReport, describe_set
from indexer.training.spearman import spearman
from indexer.training.teaching import Taught, called, open_teachers, told_by
from indexer.training.trainer import Checkpoint, OnStep, Step, pick_device


@dataclass(frozen=True, slots=True)
class _Trained:
    """A model that has learnt.

    Attributes:
        teachers: names of the models that it learnt from; none where it learnt from judgments.
        before: what it scored on each dev set when it began; None of a new one.
        read: whether it read texts before any pairs.
        steps: over pairs, up to the weights that it has.
        balance: what its transformer's share was multiplied by; None where it was not weighed.
        seconds: that all this took, in earlier processes too where it went on from a checkpoint.
        checkpoint: of no use once the model is written.
    """

    learner: Learner
    teachers: tuple[str, ...]
    before: Sequence[float | None]
    read: bool
    steps: int
    balance: float | None
    seconds: float
    checkpoint: Checkpoint


def train_folder(
    inputs: Inputs,
    out: Path,
    recipe: Recipe,
    *,
    checkpoint: Path | None = None,
    notes: Sequence[str] = (),
    on_step: OnStep = lambda _: None,
) -> TrainingReport:
    """Train an encoder and publish its folder with a model card.

    Args:
        inputs: what to read.
        out: where the model goes; a trained model there is replaced, at the very end.
        recipe: the settings.
        checkpoint: a file to write on the way, and to go on from where it is there.
        notes: lines for the card on where the pairs come from and on their terms.
        on_step: told of each training step.

    Raises:
        PairsError: pairs that cannot be read.
        InputError: ``out`` is taken, what was given does not suffice, or training diverged.
        EncoderError: the start cannot be trained further, or a teacher cannot be loaded.
    """
    check_free(out)
    if checkpoint is not None:
        check_writable(checkpoint)
        checkpoint.absolute().parent.mkdir(parents=True, exist_ok=True)
    settle_threads()
    material = read_material(inputs)
    trained = _trained(inputs, material, recipe, checkpoint, on_step)
    with published(out) as folder:
        trained.learner.model.to("cpu").eval().save(str(folder), create_model_card=False)
        report = _report(out, folder, trained, material, trust=inputs.trust_remote_code)
        card = model_card(report, recipe, notes)
        (folder / CARD).write_text(card, encoding="utf-8")
    trained.checkpoint.remove()
    return report


def _trained(
    inputs: Inputs, material: Material, recipe: Recipe, checkpoint: Path | None, on_step: OnStep
) -> _Trained:
    begun = time.perf_counter()
    teachers = open_teachers(inputs.teachers, trust_remote_code=inputs.trust_remote_code)
    learner = _learner(inputs, material.texts, recipe)
    torch.manual_seed(recipe.seed)
    learner.model.to(pick_device())
    name = _name(material, learner.name, teachers, recipe)
    progress = Checkpoint(checkpoint, name, begun=begun)
    before = scores_of(learner, material.judged) if learner.name else [None] * len(material.dev)
    if recipe.grow:
        learner = grown_learner(learner, recipe)
        learner.model.to(pick_device())
    read = _read_first(learner, material.texts, recipe, progress, on_step)
    kept = Kept.of(learner, _corpus_texts()) if learner.name and recipe.keep_weight else None
    goal = Goal(scorer(learner, material.judged), kept)
    names = tuple(map(called, teachers))
    objective = _objective(material, teachers, recipe, progress, on_step)
    teachers.clear()  # They have said all: what they hold is freed.
    steps = train(learner, objective, recipe, goal, progress, on_step)
    factor = _balanced(learner, material)
    if isinstance(learner, GrowingLearner):
        learner.settle(material.pairs.texts)
    elif isinstance(learner, CompactLearner) and kept is None:
        turn(learner, material.pairs.texts, recipe.seed)
    return _Trained(learner, names, before, read, steps, factor, progress.spent(), progress)


def _balanced(learner: Learner, material: Material) -> float | None:
    """What the share of a new model's transformer was multiplied by; without dev pairs, nothing."""
    if not isinstance(learner, CompactLearner) or learner.name or not material.judged:
        return None
    return balance(learner, material.judged)


def _objective(
    material: Material,
    teachers: Sequence[Encoder],
    recipe: Recipe,
    checkpoint: Checkpoint,
    on_step: OnStep,
) -> Objective:
    """What the pairs ask: what teachers say of their texts, if there are any, or judgments."""
    pairs = material.pairs
    if not teachers:
        return Judged(pairs, recipe)
    checkpoint.load()  # One of another run is refused before the teachers' minutes.
    told = told_by(
        teachers, pairs.texts, lambda done, total: on_step(Step("encode", done, total, None))
    )
    return Taught(pairs, told.to(pick_device()), recipe)


def _report(
    out: Path, folder: Path, trained: _Trained, material: Material, *, trust: bool
) -> TrainingReport:
    """What was made, of a folder that will take the name ``out``."""
    learner = trained.learner
    fingerprint, dimension, now = _measured(folder, material.judged, trust=trust)
    compact = learner.module if isinstance(learner, CompactLearner) else None
    return TrainingReport(
        folder=str(out),
        fingerprint=fingerprint,
        start=learner.name,
        teachers=trained.teachers,
        dimension=dimension,
        shape=compact.network.shape if compact else None,
        rows=len(compact.vocabulary) if compact else None,
        parameters=sum(weight.numel() for weight in learner.network.parameters()),
        prompt=learner.prompt,
        bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        seconds=trained.seconds,
        steps=trained.steps,
        balance=trained.balance,
        texts_read=len(material.texts) if trained.read else 0,
        trained_on=tuple(map(describe_set, material.sets)),
        measured_on=tuple(
            replace(describe_set(found), spearman=score, before=was)
            for found, score, was in zip(material.dev, now, trained.before, strict=True)
        ),
    )


def _measured(
    folder: Path, judged: Sequence[Sequence[Pair]], *, trust: bool
) -> tuple[str, int, list[float]]:
    """Fingerprint and dimension of a saved model, and its Spearman on each set.

    It is closed on return: a folder with a mapped file cannot be renamed on Windows.
    """
    encoder = open_encoder(folder, trust_remote_code=trust)
    return encoder.fingerprint, encoder.dimension, [spearman(encoder, pairs) for pairs in judged]


def _learner(inputs: Inputs, texts: Sequence[str], recipe: Recipe) -> Learner:
    if inputs.start is None:
        return new_learner(texts, recipe)
    return begun_learner(inputs.start, recipe, trust_remote_code=inputs.trust_remote_code)


def _read_first(
    learner: Learner,
    texts: Sequence[str],
    recipe: Recipe,
    checkpoint: Checkpoint,
    on_step: OnStep,
) -> bool:
    """Whether the model, or what it grows, is new and read texts before any pairs."""
    new = recipe.grow or not learner.name
    if not new or not isinstance(learner, CompactLearner) or not recipe.pretrain_steps:
        return False
    words = list(bundled_lexicon().whole_words())
    pretrain(learner.module, texts, words, recipe, checkpoint, on_step)
    return True


def _name(material: Material, start: str, teachers: Sequence[Encoder], recipe: Recipe) -> str:
    """What a run is, for its checkpoint to be known by."""
    pairs = material.pairs
    taught_by = [teacher.fingerprint for teacher in teachers]
    told = (astuple(recipe), start, taught_by, pairs.weights, material.dev)
    digest = hashlib.sha256(repr(told).encode())
    digest.update("\n".join(material.texts).encode())
    for part in (pairs.pairs, pairs.same, pairs.sets):
        digest.update(part.tobytes())
    return digest.hexdigest()


def _corpus_texts() -> list[str]:
    """Titles and leads of the bundled corpus: what an adapted model must not forget."""
    articles = read_sources((str(data.CORPUS),)).articles
    return list(
        dict.fromkeys(
            passage_text(article, passage).whole
            for article in articles
            for passage in split(article, 0)
            if passage.kind in {"title", "lead"}
        )
    )
