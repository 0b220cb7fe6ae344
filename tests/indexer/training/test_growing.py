"""A model grows by another transformer, and all that it was stays."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner, Result
from safetensors.numpy import load_file
from sentence_transformers import SentenceTransformer

from indexer.encoders import open_encoder
from indexer.encoders.compact_files import EMBEDDINGS, WEIGHTS, open_compact, verify_compact
from indexer.training.beginning import begun_learner
from indexer.training.commands import train
from indexer.training.compact_learner import CompactLearner
from indexer.training.growing import grown_learner
from indexer.training.learner import Learner
from indexer.training.measuring import scores_of
from indexer.training.pairs import read_pairs
from indexer.training.recipe import GROW
from tests.indexer.encoders.exact import exactly

NEW = ["--from", "none", "--dimension", "16", "--layers", "1", "--heads", "2", "--min-count", "1"]
STEPS = ["--pretrain-steps", "2", "--steps", "4", "--batch-pairs", "64"]
QUESTIONS = ["花呗怎么还款", "借呗逾期了怎么办", "西红柿"]


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(train, [*map(str, arguments), *STEPS])


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model to grow."""
    place = tmp_path_factory.mktemp("start")
    pairs = place / "pairs.tsv"
    pairs.write_text("花呗怎么还款\t怎么还花呗\t1\n借呗逾期\t花呗额度\t0\n", encoding="utf-8")
    made = invoke(pairs, "--out", place / "model", *NEW)
    assert made.exit_code == 0, made.output
    return place / "model"


@pytest.fixture(scope="module")
def grown(start: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with a transformer of two layers beside its own."""
    place = tmp_path_factory.mktemp("grown")
    pairs, text = place / "pairs.tsv", place / "more.txt"
    pairs.write_text("借呗逾期了怎么办\t借呗还不上\t1\n借呗逾期\t花呗额度\t0\n", encoding="utf-8")
    text.write_text("按时还款是好习惯\n", encoding="utf-8")
    out = place / "model"
    made = invoke(pairs, "--out", out, "--from", start, "--grow", 2, "--text", text, "--json")
    assert made.exit_code == 0, made.output
    # Both texts of a pair and the line of the file were read first.
    assert json.loads(made.stdout)["texts_read"] == 4 + 1
    return out


def test_it_has_another_transformer(grown: Path) -> None:
    config = open_compact(grown).config
    assert config.shape.layers == (1, 2)
    assert len(config.shares) == 2
    assert verify_compact(grown)


def test_what_it_had_stays(start: Path, grown: Path) -> None:
    before, after = load_file(start / WEIGHTS), load_file(grown / WEIGHTS)
    for name, weight in before.items():
        np.testing.assert_array_equal(after[name], weight)
    new = {name for name in after if name not in before}
    assert {name.partition(".")[0] for name in new} == {"1"}
    np.testing.assert_allclose(open_compact(grown).table(0), open_compact(start).table(0))
    assert (grown / EMBEDDINGS).read_bytes() == (start / EMBEDDINGS).read_bytes()


def test_the_new_one_counts(start: Path, grown: Path) -> None:
    before, after = (open_encoder(each).encode_queries(QUESTIONS) for each in (start, grown))
    assert np.abs((before * after).sum(axis=1)).max() < 0.999


def test_cosines_are_the_mean_of_both_vectors_cosines(start: Path) -> None:
    """Six texts span at most six axes, and there are sixteen: nothing is lost of them."""
    texts = ["花呗怎么还款", "花呗还款", "怎么还花呗", "借呗额度", "借呗逾期了怎么办", "怎么还款"]
    recipe = replace(GROW, grow=2)
    before = begun_learner(start, recipe, trust_remote_code=False)
    learner = grown_learner(before, recipe)
    with torch.inference_mode():
        new, lengths = learner.plain(texts), parts_joined(before, texts).norm(dim=1)
        old = before.plain(texts)
        learner.settle(texts)
        after = learner.plain(texts)
    # The mean, each text's old vector weighed by its length beside the mean length.
    weights = (lengths / lengths.mean()).numpy()
    ours = np.hstack([old.numpy() * weights[:, None], new.numpy()])
    ours /= np.linalg.norm(ours, axis=1, keepdims=True)
    np.testing.assert_allclose(after.numpy() @ after.numpy().T, ours @ ours.T, atol=1e-5)


def parts_joined(learner: Learner, texts: list[str]) -> torch.Tensor:
    """Vectors of a compact model before they are brought to length 1."""
    assert isinstance(learner, CompactLearner)
    return learner.network.joined(*learner.parts(texts))


def test_torch_gives_the_same_vectors(grown: Path, tmp_path: Path) -> None:
    model = SentenceTransformer(str(grown), trust_remote_code=True, local_files_only=True)
    exact = exactly(grown, tmp_path / "exact").encode_queries(QUESTIONS)
    np.testing.assert_allclose(exact, model.encode(QUESTIONS), atol=1e-5)


def test_the_card_says_so(grown: Path) -> None:
    card = (grown / "README.md").read_text(encoding="utf-8")
    assert "Transformers of 1 and 2 layers read" in card
    assert "a new transformer of 2 layers" in card
    assert "turned onto" not in card, "it was joined on axes of that kind already"
    assert "Grown from loanfaq-compact-16" in card
    assert "rows read" not in card, "the tables learn nothing"
    assert "{" not in card


def test_what_it_gained_is_told_against_the_start(start: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text(
        "借呗逾期了怎么办\t借呗还不上\t1\n借呗逾期\t花呗额度\t0\n花呗怎么还\t怎么还花呗\t1\n"
        "花呗额度\t怎么还款\t0\n",
        encoding="utf-8",
    )
    recipe = replace(GROW, grow=1)
    (before,) = scores_of(
        begun_learner(start, recipe, trust_remote_code=False), [read_pairs([pairs])]
    )
    made = invoke(
        pairs, "--dev", pairs, "--out", tmp_path / "model", "--from", start, "--grow", 1, "--json"
    )
    (measured,) = json.loads(made.stdout)["measured_on"]
    assert measured["before"] == pytest.approx(before)


def test_what_is_new_need_not_read_first(start: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("花呗怎么还款\t怎么还花呗\t1\n", encoding="utf-8")
    arguments = [str(pairs), "--out", str(tmp_path / "model"), "--from", str(start)]
    steps = ["--grow", "1", "--pretrain-steps", "0", "--steps", "2"]
    made = CliRunner().invoke(train, [*arguments, *steps], catch_exceptions=False)
    assert made.exit_code == 0
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert "for texts of the pairs. Pairs by" in card
    assert "masked reading" not in card


def test_it_can_be_adapted_whole(grown: Path, tmp_path: Path) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("花呗怎么还款\t怎么还花呗\t1\n", encoding="utf-8")
    assert invoke(pairs, "--out", tmp_path / "model", "--from", grown).exit_code == 0
    before, after = load_file(grown / WEIGHTS), load_file(tmp_path / "model" / WEIGHTS)
    moved = {name.partition(".")[0] for name in before if (before[name] != after[name]).any()}
    assert moved == {"0", "1"}


@pytest.mark.parametrize("start", ["none", "some/other-model"])
def test_only_a_compact_model_grows(tmp_path: Path, start: str) -> None:
    pairs = tmp_path / "pairs.tsv"
    pairs.write_text("花呗怎么还款\t怎么还花呗\t1\n", encoding="utf-8")
    refused = invoke(pairs, "--out", tmp_path / "model", "--from", start, "--grow", 2)
    assert refused.exit_code == 2
    assert "--grow goes with a model to begin from that this command made" in refused.output
