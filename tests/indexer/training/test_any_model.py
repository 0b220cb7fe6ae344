"""Any sentence-transformers model can be trained further; here a very small BERT."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner
from sentence_transformers import SentenceTransformer

from indexer.encoders import open_encoder
from indexer.encoders.prompts import Prompts
from indexer.encoders.sentence_transformer import SentenceTransformerEncoder
from indexer.errors import EncoderError
from indexer.training.any_learner import AnyLearner
from indexer.training.commands import train as train_command
from indexer.training.dataset import PairSet
from indexer.training.measuring import scores_of
from indexer.training.objective import Judged
from indexer.training.pair_stage import Goal, train
from indexer.training.pairs import Pair
from indexer.training.recipe import Recipe
from indexer.training.trainer import Checkpoint, Step
from tests.indexer.training.bert import tiny_bert

RECIPE = Recipe(steps=30, batch_pairs=48, rate=3e-3, evaluate_every=10)
NO_FILE = Checkpoint(None, "")


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory, judged: list[Pair]) -> Path:
    return tiny_bert(tmp_path_factory.mktemp("hub") / "bert", PairSet.of([judged]).texts)


def learner_of(folder: Path, prompts: Prompts = Prompts()) -> AnyLearner:  # noqa: B008
    model = SentenceTransformer(str(folder), device="cpu")
    return AnyLearner(model, RECIPE, "bert", prompts)


def test_the_loss_falls_and_dev_gains(bert: Path, judged: list[Pair]) -> None:
    learner = learner_of(bert)
    before = scores_of(learner, [judged])[0]
    steps: list[Step] = []
    train(learner, Judged(PairSet.of([judged]), RECIPE), RECIPE, Goal(), NO_FILE, steps.append)
    losses = [step.loss for step in steps if step.loss is not None]
    assert np.mean(losses[-5:]) < np.mean(losses[:5]) / 2
    assert scores_of(learner, [judged])[0] > before + 5


class StoppedError(Exception):
    """Stands for a power cut."""


def test_a_run_goes_on_as_if_never_stopped(tmp_path: Path, bert: Path, judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    made: list[int] = []

    def run(path: Path | None, stop: int) -> dict[str, torch.Tensor]:
        def note(step: Step) -> None:
            made.append(step.number)
            if step.number == stop:
                raise StoppedError

        learner = learner_of(bert)
        recipe = Recipe(steps=6, batch_pairs=32, rate=1e-3)
        checkpoint = Checkpoint(path, "this run", seconds=0.0)
        train(learner, Judged(pairs, recipe), recipe, Goal(), checkpoint, note)
        return learner.network.state_dict()

    with pytest.raises(StoppedError):
        run(tmp_path / "run.checkpoint", 3)
    resumed = run(tmp_path / "run.checkpoint", 99)
    assert made == [1, 2, 3, 4, 5, 6]
    torch.testing.assert_close(resumed, run(None, 99), rtol=0, atol=0)


def test_prompts_go_before_texts_and_into_the_folder(tmp_path: Path, bert: Path) -> None:
    learner = learner_of(bert, Prompts(query="花呗", document="借呗"))
    plain = learner_of(bert)
    torch.testing.assert_close(learner.plain(["还款"]), plain.plain(["花呗还款"]))
    learner.model.save(str(tmp_path / "mine"), create_model_card=False)
    encoder = open_encoder(tmp_path / "mine")
    assert isinstance(encoder, SentenceTransformerEncoder)
    assert encoder.prompts == Prompts(query="花呗", document="借呗")


def invoke(*arguments: object) -> str:
    result = CliRunner().invoke(train_command, [*map(str, arguments)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_the_command_writes_a_model_that_loanfaq_takes(
    tmp_path: Path, bert: Path, pairs_file: Path
) -> None:
    out = tmp_path / "mine"
    small = ["--steps", 4, "--batch-pairs", 32, "--evaluate-every", 2, "--rate", "1e-3"]
    report = json.loads(
        invoke(pairs_file, "--from", bert, "--out", out, "--dev", pairs_file, *small, "--json")
    )
    encoder = open_encoder(out)
    assert (encoder.dimension, encoder.fingerprint) == (32, report["fingerprint"])
    assert report["shape"] is None
    assert report["measured_on"][0]["spearman"] >= report["measured_on"][0]["before"]
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "Trained further from bert `" in card
    assert "{" not in card
    # A model that was trained here may be replaced, by itself trained further.
    again = json.loads(invoke(pairs_file, "--from", out, "--out", out, *small, "--json"))
    assert again["start"].startswith("mine `")


def test_a_name_that_is_nowhere_is_an_error_of_one_line(
    tmp_path: Path, pairs_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    arguments = [str(pairs_file), "--from", "no/such-model", "--out", str(tmp_path / "mine")]
    with pytest.raises(EncoderError, match="no/such-model"):
        CliRunner().invoke(train_command, arguments, catch_exceptions=False)
