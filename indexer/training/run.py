"""A whole training run: pairs in, a measured model folder out. Importing this imports torch."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import torch

import data
from indexer.deduplicate import deduplicate
from indexer.encoders import open_encoder
from indexer.encoders.loading import settle_threads
from indexer.errors import InputError, SourcesRejectedError
from indexer.judgments import Judgment
from indexer.lexicon import bundled_lexicon
from indexer.readers import read_sources
from indexer.split import passage_text, split
from indexer.training.beginning import begun_learner, new_learner
from indexer.training.card import CARD, model_card
from indexer.training.compact_learner import CompactLearner
from indexer.training.dataset import PairSet
from indexer.training.derive import pairs_from_judgments
from indexer.training.folder import check_free, check_writable, published
from indexer.training.growing import GrowingLearner, grown_learner
from indexer.training.keeping import Kept
from indexer.training.learner import Learner
from indexer.training.masked_stage import pretrain
from indexer.training.measuring import scorer, scores_of
from indexer.training.pair_stage import Goal, train
from indexer.training.pairs import OnJudged, Pair
from indexer.training.recipe import Recipe
from indexer.training.report import TrainingReport, describe_set
from indexer.training.sets import TrainingSet, read_sets
from indexer.training.spearman import spearman
from indexer.training.texts import read_texts
from indexer.training.trainer import Checkpoint, OnStep, pick_device


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads.

    Attributes:
        pairs: files and folders of question pairs; one named twice comes twice as often.
        dev: those to measure on, and to stop early by.
        texts: files of text to read before any pairs, a sentence a line.
        start: the model to begin from, a folder or a name on the hub; None for nothing.
        weights: a file of what sets of pairs weigh.
        articles: sources of the articles that judged questions among the pairs name.
        trust_remote_code: run code that the start brings.
    """

    pairs: Sequence[Path]
    dev: Sequence[Path] = ()
    texts: Sequence[Path] = ()
    start: str | Path | None = None
    weights: Path | None = None
    articles: Sequence[str] = ()
    trust_remote_code: bool = False


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
        EncoderError: the start is no model that can be trained further.
    """
    check_free(out)
    if checkpoint is not None:
        check_writable(checkpoint)
        checkpoint.absolute().parent.mkdir(parents=True, exist_ok=True)
    settle_threads()
    on_judged = _on_judged(inputs.articles)
    sets = read_sets(inputs.pairs, inputs.weights, on_judged)
    dev = _dev_sets(read_sets(inputs.dev, on_judged=on_judged))
    if not any(pair.same for found in sets if found.weights.rounds for pair in found.pairs):
        raise InputError("no pair was judged the same: there is nothing to learn from")
    pairs = PairSet.of_sets(sets)
    texts = list(dict.fromkeys([*pairs.texts, *read_texts(inputs.texts)]))
    begun = time.perf_counter()
    learner = _learner(inputs, texts, recipe)
    torch.manual_seed(recipe.seed)
    learner.model.to(pick_device())
    progress = Checkpoint(checkpoint, _name(pairs, dev, texts, learner.name, recipe))
    judged = [found.pairs for found in dev]
    before = scores_of(learner, judged) if learner.name else [None] * len(dev)
    if recipe.grow:
        learner = grown_learner(learner, recipe)
        learner.model.to(pick_device())
    read = _read_first(learner, texts, recipe, progress, on_step)
    kept = Kept.of(learner, _corpus_texts()) if learner.name and recipe.keep_weight else None
    goal = Goal(scorer(learner, judged), kept)
    steps = train(learner, pairs, recipe, goal, progress, on_step)
    if isinstance(learner, GrowingLearner):
        learner.settle(pairs.texts)
    seconds = time.perf_counter() - begun
    with published(out) as folder:
        learner.model.to("cpu").eval().save(str(folder), create_model_card=False)
        fingerprint, dimension, now = _measured(folder, judged, trust=inputs.trust_remote_code)
        compact = learner.module if isinstance(learner, CompactLearner) else None
        report = TrainingReport(
            folder=str(out),
            fingerprint=fingerprint,
            start=learner.name,
            dimension=dimension,
            shape=compact.network.shape if compact else None,
            rows=len(compact.vocabulary) if compact else None,
            parameters=sum(weight.numel() for weight in learner.network.parameters()),
            prompt=learner.prompt,
            bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
            seconds=seconds,
            steps=steps,
            texts_read=len(texts) if read else 0,
            trained_on=tuple(map(describe_set, sets)),
            measured_on=tuple(
                replace(describe_set(found), spearman=score, before=was)
                for found, score, was in zip(dev, now, before, strict=True)
            ),
        )
        card = model_card(report, recipe, notes)
        (folder / CARD).write_text(card, encoding="utf-8")
    progress.remove()
    return report


def _measured(
    folder: Path, judged: Sequence[Sequence[Pair]], *, trust: bool
) -> tuple[str, int, list[float]]:
    """Fingerprint and dimension of a saved model, and its Spearman on each set.

    It is closed on return: a folder with a mapped file cannot be renamed on Windows.
    """
    encoder = open_encoder(folder, trust_remote_code=trust)
    return encoder.fingerprint, encoder.dimension, [spearman(encoder, pairs) for pairs in judged]


def _dev_sets(sets: Sequence[TrainingSet]) -> Sequence[TrainingSet]:
    """Sets to measure on, which must give an order to find.

    Raises:
        InputError: all pairs of a set were judged alike, or it has none.
    """
    for found in sets:
        if len({pair.same for pair in found.pairs}) < 2:
            raise InputError(
                f"dev pairs {found.name!r}: measuring takes pairs that were judged the same, "
                f"and pairs that were not; of {len(found.pairs):,} all are alike"
            )
    return sets


def _on_judged(sources: Sequence[str]) -> OnJudged | None:
    """What looks up the articles of judged questions; None where no source is named."""
    if not sources:
        return None
    read = read_sources(sources)
    kept = deduplicate(read.articles)
    rejected = [*read.rejected, *kept.conflicts]
    if rejected:
        raise SourcesRejectedError(rejected)
    articles = {article.id: article for article in kept.articles}

    def pairs_or_problem(judgment: Judgment) -> Iterable[Pair] | str:
        if judgment.best and not judgment.best & articles.keys():
            return f"no article has the id {min(judgment.best)!r}; name its source by --articles"
        return pairs_from_judgments([judgment], articles)

    return pairs_or_problem


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


def _name(
    pairs: PairSet, dev: Sequence[TrainingSet], texts: Sequence[str], start: str, recipe: Recipe
) -> str:
    """What a run is, for its checkpoint to be known by."""
    digest = hashlib.sha256(repr((astuple(recipe), start, pairs.weights, dev)).encode())
    digest.update("\n".join(texts).encode())
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
