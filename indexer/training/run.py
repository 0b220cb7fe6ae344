"""A whole training run: pairs in, a measured model folder out. Importing this imports torch."""

from __future__ import annotations

import hashlib
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass, replace
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize

import data
from indexer.encoders.compact import CompactEncoder
from indexer.encoders.compact_files import Shape, is_compact_folder, open_compact
from indexer.encoders.compact_module import CompactModule
from indexer.encoders.compact_network import CompactNetwork
from indexer.encoders.protocol import Encoder, Vectors
from indexer.errors import EncoderError, InputError
from indexer.lexicon import bundled_lexicon
from indexer.readers import read_sources
from indexer.split import passage_text, split
from indexer.training.card import model_card
from indexer.training.dataset import PairSet
from indexer.training.folder import check_free, published
from indexer.training.pairs import Pair, pair_files, read_pairs
from indexer.training.recipe import Recipe
from indexer.training.report import SetReport, TrainingReport, describe_sets
from indexer.training.spearman import spearman
from indexer.training.stages import Goal, Kept, pretrain, train
from indexer.training.texts import read_texts
from indexer.training.trainer import Checkpoint, Step, pick_device
from indexer.training.vocabulary import build_vocabulary


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a run reads.

    Attributes:
        pairs: files and folders of question pairs; one named twice counts twice.
        dev: those to measure on, and to stop early by.
        texts: files of text to read before any pairs, a sentence a line.
        start: the model to begin from; None for nothing.
    """

    pairs: Sequence[Path]
    dev: Sequence[Path] = ()
    texts: Sequence[Path] = ()
    start: Path | None = None


def train_folder(
    inputs: Inputs,
    out: Path,
    recipe: Recipe,
    *,
    checkpoint: Path | None = None,
    notes: Sequence[str] = (),
    on_step: Callable[[Step], None] = lambda _: None,
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
        InputError: ``out`` is taken, or what was given does not suffice.
        EncoderError: the start is no model that can be trained further.
    """
    check_free(out)
    dev_files = list(dict.fromkeys(pair_files(inputs.dev)))
    dev = [
        (read_pairs([path]), found)
        for path, found in zip(dev_files, describe_sets(dev_files), strict=True)
    ]
    trained_on = describe_sets(inputs.pairs)
    pairs = PairSet.of([read_pairs([path]) for path in pair_files(inputs.pairs)])
    if not pairs.same.any():
        raise InputError("no pair was judged the same: there is nothing to learn from")
    texts = list(dict.fromkeys([*pairs.texts, *read_texts(inputs.texts)]))
    progress = Checkpoint(checkpoint, _name(pairs, texts, inputs, recipe))
    begun = time.perf_counter()
    module, start = _start(inputs.start, texts, recipe)
    torch.manual_seed(recipe.seed)
    module.network.to(pick_device())
    before = [spearman(_Measured(module), judged) for judged, _ in dev] if start else []
    if not start and recipe.pretrain_steps:
        words = [*bundled_lexicon().whole_words()]
        pretrain(module, texts, words, recipe, progress, on_step)
    kept = Kept.of(module, _corpus_texts()) if start and recipe.keep_weight else None
    goal = Goal(_scorer(module, [judged for judged, _ in dev]), kept)
    steps = train(module, pairs, recipe, goal, progress, on_step)
    seconds = time.perf_counter() - begun
    with published(out) as folder:
        _save(module, folder)
        encoder = CompactEncoder.open(folder)
        report = TrainingReport(
            folder=str(out),
            fingerprint=encoder.fingerprint,
            start=start,
            shape=module.network.shape,
            rows=len(module.vocabulary),
            bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
            seconds=seconds,
            steps=steps,
            texts_read=0 if start or not recipe.pretrain_steps else len(texts),
            trained_on=trained_on,
            measured_on=tuple(
                _measure(encoder, judged, found, before[at] if before else None)
                for at, (judged, found) in enumerate(dev)
            ),
        )
        card = model_card(report, recipe, notes)
        (folder / "README.md").write_text(card, encoding="utf-8")
    progress.remove()
    return report


def _start(start: Path | None, texts: Sequence[str], recipe: Recipe) -> tuple[CompactModule, str]:
    """The model to train, and what it is called; a new one is called nothing."""
    if start is not None:
        if not is_compact_folder(start):
            raise EncoderError(
                f"{start} is no model folder that 'loanfaq train' wrote, and no other kind can be "
                "trained further; name one, or --from none"
            )
        config = open_compact(start).config
        return CompactModule.open(start), f"{config.name} `{config.fingerprint[:16]}`"
    counted = build_vocabulary(texts, min_count=recipe.min_count, max_bigrams=recipe.max_bigrams)
    vocabulary = counted.vocabulary
    if not vocabulary.characters:
        raise InputError(
            f"no character occurs in {recipe.min_count} texts: give more pairs or "
            "a smaller --min-count"
        )
    torch.manual_seed(recipe.seed)
    shape = Shape(recipe.dimension, recipe.layers, recipe.heads, recipe.window)
    network = CompactNetwork(len(vocabulary), shape)
    # A bag of random directions as long as they are telling ranks as TF-IDF does: random
    # projections keep inner products (Johnson and Lindenstrauss, 1984).
    directions = torch.randn(network.bag.weight.shape) / recipe.dimension**0.5
    with torch.no_grad():
        network.bag.weight.copy_(directions * torch.from_numpy(counted.idf)[:, None])
    return CompactModule(vocabulary, network), ""


def _name(pairs: PairSet, texts: Sequence[str], inputs: Inputs, recipe: Recipe) -> str:
    """What a run is, for its checkpoint to be known by."""
    digest = hashlib.sha256(repr((astuple(recipe), str(inputs.start))).encode())
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


class _Measured:
    """A model in training as an encoder, for measuring it."""

    name, fingerprint, truncated = "in training", "", 0

    def __init__(self, module: CompactModule) -> None:
        self._model = SentenceTransformer(
            modules=[module, Normalize()], device=str(module.network.share.device)
        )
        self.dimension = module.network.shape.dimension

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        found: Vectors = self._model.encode(list(texts), batch_size=128, show_progress_bar=False)
        return found

    encode_documents = encode_queries


def _scorer(module: CompactModule, dev: Sequence[Sequence[Pair]]) -> Callable[[], float] | None:
    """The mean of Spearman over the dev sets."""
    if not dev:
        return None
    encoder: Encoder = _Measured(module)

    def score() -> float:
        module.network.eval()
        return statistics.fmean(spearman(encoder, judged) for judged in dev)

    return score


def _save(module: CompactModule, folder: Path) -> None:
    """Write what sentence-transformers loads and, beside it, what onnxruntime does."""
    module.network.cpu().eval()
    model = SentenceTransformer(modules=[module, Normalize()], device="cpu")
    model.save(str(folder), create_model_card=False)


def _measure(
    encoder: Encoder, judged: Sequence[Pair], found: SetReport, before: float | None
) -> SetReport:
    return replace(found, spearman=spearman(encoder, judged), before=before)
