"""A model learns from others what they say of texts, and no judgment is asked."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch
from click.testing import CliRunner, Result

from indexer.encoders import Encoder, open_encoder
from indexer.encoders.protocol import Vectors
from indexer.errors import EncoderError, InputError
from indexer.training import run as training_run
from indexer.training import teaching
from indexer.training.beginning import begun_learner
from indexer.training.commands import train as train_command
from indexer.training.dataset import PairSet
from indexer.training.pair_stage import Goal, train
from indexer.training.pairs import Pair, write_pairs
from indexer.training.recipe import TEACH
from indexer.training.teaching import Taught, told_by
from indexer.training.trainer import Checkpoint, Step
from tests.indexer.training.bert import tiny_bert

NEW = ["--from", "none", "--dimension", "16", "--layers", "1", "--heads", "2", "--min-count", "1"]
SHORT = ["--steps", "4", "--batch-pairs", "8"]
TEXTS = ["怎么还花呗", "花呗额度是多少", "借呗利息怎么算"]


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(train_command, [*map(str, arguments)], catch_exceptions=False)


@pytest.fixture(scope="module")
def pairs_file(tmp_path_factory: pytest.TempPathFactory, judged: list[Pair]) -> Path:
    path = tmp_path_factory.mktemp("pairs") / "own.tsv"
    write_pairs(judged, path)
    return path


@pytest.fixture(scope="module")
def teachers(tmp_path_factory: pytest.TempPathFactory, pairs_file: Path) -> list[Path]:
    """Two models made apart."""
    place = tmp_path_factory.mktemp("teachers")
    made = [place / "one", place / "two"]
    for seed, out in enumerate(made):
        steps = ["--pretrain-steps", 0, "--steps", 30, "--batch-pairs", 64, "--rate", "2e-3"]
        result = invoke(pairs_file, "--out", out, *NEW, "--seed", seed, *steps)
        assert result.exit_code == 0, result.output
    return made


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory, pairs_file: Path) -> Path:
    """A model that has learnt next to nothing."""
    out = tmp_path_factory.mktemp("start") / "model"
    steps = ["--pretrain-steps", 0, "--steps", 1, "--batch-pairs", 64]
    assert invoke(pairs_file, "--out", out, *NEW, *steps, "--seed", 9).exit_code == 0
    return out


class Compass:
    """Looks up each text's direction; of one that it does not know it is zero."""

    name, fingerprint, truncated = "compass", "c0ffee" * 10, 0

    def __init__(self, *directions: list[float]) -> None:
        """Take the directions of the texts."""
        self.dimension = len(directions[0])
        self._directions = dict(zip(TEXTS, directions, strict=True))

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        return np.array([self._directions[text] for text in texts], dtype=np.float32)

    encode_documents = encode_queries


def test_what_is_told_is_the_mean_of_the_teachers_cosines(monkeypatch: pytest.MonkeyPatch) -> None:
    flat = Compass([1, 0], [0.6, 0.8], [0, 1])
    deep = Compass([1, 0, 0], [1, 0, 0], [0, 0, 0])
    monkeypatch.setattr(teaching, "_AT_ONCE", 2)
    seen: list[tuple[int, int]] = []
    told = told_by([flat, deep], TEXTS, lambda done, total: seen.append((done, total)))
    cosines = told @ told.T
    np.testing.assert_allclose(
        cosines, [[1, 0.8, 0], [0.8, 1, 0.4], [0, 0.4, 0.5]], rtol=1e-6, atol=1e-7
    )
    assert seen == [(2, 6), (3, 6), (5, 6), (6, 6)]


def test_a_step_has_both_texts_of_its_pairs_and_what_lies_near(judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    # On a line, in the order of their numbers: each is nearest its neighbours.
    angles = torch.linspace(0, 1.5, len(pairs.texts))
    told = torch.stack([angles.cos(), angles.sin()], dim=1)
    recipe = replace(TEACH, near=5, beside=5)
    at = next(n for n, (first, _) in enumerate(pairs.pairs) if 5 < first < len(pairs.texts) - 5)
    first, second = pairs.pairs[at].tolist()
    lesson = Taught(pairs, told, recipe).lesson(np.array([at]), np.random.default_rng(1))
    near = {first - 2, first - 1, first, first + 1, first + 2}
    assert lesson.texts == [pairs.texts[text] for text in sorted({*near, second})]
    own = told[sorted({*near, second})]
    assert float(lesson.loss(own)) == pytest.approx(0.0, abs=1e-6)
    assert float(lesson.loss(own.roll(1, dims=0))) > 1e-3


def test_what_stands_beside_a_pair_is_drawn_of_what_lies_near(judged: list[Pair]) -> None:
    pairs = PairSet.of([judged])
    angles = torch.linspace(0, 1.5, len(pairs.texts))
    told = torch.stack([angles.cos(), angles.sin()], dim=1)
    taught = Taught(pairs, told, replace(TEACH, near=9, beside=3))
    first, second = pairs.pairs[0].tolist()
    drawn = [
        set(taught.lesson(np.array([0]), np.random.default_rng(seed)).texts)
        - {pairs.texts[first], pairs.texts[second]}
        for seed in (1, 1, 2, 3, 4)
    ]
    assert all(len(each) <= 3 for each in drawn)
    assert drawn[0] == drawn[1]
    assert len(set(map(frozenset, drawn))) > 1
    assert set().union(*drawn) <= set(pairs.texts[:9])


def test_few_texts_all_lie_near() -> None:
    pairs = PairSet.of([[Pair("花呗", "借呗", False)]])
    lesson = Taught(pairs, torch.eye(2), TEACH).lesson(np.array([0]), np.random.default_rng(1))
    assert sorted(lesson.texts) == ["借呗", "花呗"]


def test_the_pupil_says_what_the_teachers_say(
    judged: list[Pair], teachers: list[Path], start: Path
) -> None:
    pairs = PairSet.of([judged])
    opened: list[Encoder] = [open_encoder(teacher) for teacher in teachers]
    told = told_by(opened, pairs.texts)
    recipe = replace(TEACH, steps=60, batch_pairs=16, rate=2e-3, input_rate=5e-3, bag_rate=2e-2)
    learner = begun_learner(start, recipe, trust_remote_code=False)

    def distance() -> float:
        learner.network.eval()
        with torch.inference_mode():
            vectors = learner.plain(pairs.texts)
        return float((vectors @ vectors.T - told @ told.T).abs().mean())

    before = distance()
    train(learner, Taught(pairs, told, recipe), recipe, Goal(), Checkpoint(None, ""), print)
    assert distance() < before / 2


class StoppedError(Exception):
    """Stands for a power cut."""


def test_a_taught_run_goes_on_as_if_never_stopped(
    tmp_path: Path, judged: list[Pair], teachers: list[Path], start: Path
) -> None:
    pairs = PairSet.of([judged])
    told = told_by([open_encoder(teacher) for teacher in teachers], pairs.texts)
    recipe = replace(TEACH, steps=5, batch_pairs=8)

    def run(path: Path | None, stop: int) -> dict[str, torch.Tensor]:
        def note(step: Step) -> None:
            if step.number == stop:
                raise StoppedError

        learner = begun_learner(start, recipe, trust_remote_code=False)
        checkpoint = Checkpoint(path, "this run", seconds=0.0)
        train(learner, Taught(pairs, told, recipe), recipe, Goal(), checkpoint, note)
        return learner.network.state_dict()

    with pytest.raises(StoppedError):
        run(tmp_path / "run.checkpoint", 3)
    resumed = run(tmp_path / "run.checkpoint", 99)
    torch.testing.assert_close(resumed, run(None, 99), rtol=0, atol=0)


def taught(out: Path, pairs: Path, start: Path | str, *rest: object) -> dict[str, object]:
    result = invoke(pairs, "--out", out, "--from", start, *SHORT, "--json", *rest)
    assert result.exit_code == 0, result.output
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_the_command_names_the_teachers(
    tmp_path: Path, pairs_file: Path, teachers: list[Path], start: Path
) -> None:
    named = [each for teacher in teachers for each in ("--teacher", teacher)]
    report = taught(tmp_path / "mine", pairs_file, start, *named)
    marks = [open_encoder(teacher).fingerprint[:16] for teacher in teachers]
    assert report["teachers"] == [f"loanfaq-compact-16 `{mark}`" for mark in marks]
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert f"` and taught by loanfaq-compact-16 `{marks[0]}` and" in card
    assert f"and loanfaq-compact-16 `{marks[1]}`.\n" in card
    assert "| set | pairs | judged the same | rounds |\n" in card
    assert "From teachers: each step" in card
    for unasked in ("CoSENT", "multiple-negatives", "bundled\ncorpus", "{"):
        assert unasked not in card


def test_no_judgment_is_asked(
    tmp_path: Path, pairs_file: Path, teachers: list[Path], start: Path
) -> None:
    """The same texts, all judged otherwise, give the same model."""
    rows = pairs_file.read_text(encoding="utf-8").splitlines()
    other = tmp_path / "other" / "own.tsv"
    other.parent.mkdir()
    turned = [f"{row[:-1]}{1 - int(row[-1])}\n" for row in rows]
    other.write_text("".join(turned), encoding="utf-8")
    one = taught(tmp_path / "one", pairs_file, start, "--teacher", teachers[0])
    two = taught(tmp_path / "two", other, start, "--teacher", teachers[0])
    assert one["fingerprint"] == two["fingerprint"]


def test_pairs_that_are_all_different_can_be_taught(
    tmp_path: Path, teachers: list[Path], start: Path
) -> None:
    path, empty = tmp_path / "a.tsv", tmp_path / "empty.tsv"
    path.write_text("怎么还花呗\t怎么还借呗\t0\n", encoding="utf-8")
    empty.touch()
    taught(tmp_path / "mine", path, start, "--teacher", teachers[0])
    with pytest.raises(InputError, match="there are no pairs: there is nothing to learn from"):
        invoke(empty, "--out", tmp_path / "none", "--from", start, "--teacher", teachers[0])


@pytest.mark.parametrize("kind", ["new", "grown"])
def test_whatever_learns_can_be_taught(
    tmp_path: Path, pairs_file: Path, teachers: list[Path], start: Path, kind: str
) -> None:
    out = tmp_path / "mine"
    begin = {"new": NEW, "grown": ["--from", str(start), "--grow", "1"]}[kind]
    steps = [*SHORT, "--pretrain-steps", "2"]
    made = invoke(pairs_file, "--out", out, *begin, *steps, "--teacher", teachers[0], "--json")
    assert made.exit_code == 0, made.output
    card = (out / "README.md").read_text(encoding="utf-8")
    told = {"new": "Begun from nothing and taught by", "grown": "Grown from loanfaq-compact-16"}
    assert told[kind] in card
    assert "First masked reading" in card
    assert "From teachers: each step" in card


def test_another_kind_of_model_learns_and_teaches(
    tmp_path: Path, judged: list[Pair], pairs_file: Path, teachers: list[Path], start: Path
) -> None:
    bert = tiny_bert(tmp_path / "bert", PairSet.of([judged]).texts)
    learnt = taught(tmp_path / "mine", pairs_file, bert, "--teacher", teachers[0])
    assert learnt["shape"] is None
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "From teachers: each step" in card
    assert "moved from where" not in card, "nothing is kept where it was"
    report = taught(tmp_path / "other", pairs_file, start, "--teacher", bert)
    assert str(report["teachers"]).startswith("['bert `")


def test_a_teacher_that_is_nowhere_is_an_error_of_one_line(
    tmp_path: Path, pairs_file: Path, start: Path
) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderError, match="empty does not load as a sentence-transformers model"):
        taught(tmp_path / "mine", pairs_file, start, "--teacher", tmp_path / "empty")
    assert not (tmp_path / "mine").exists()


def test_there_is_nothing_to_learn_from_none(tmp_path: Path, pairs_file: Path) -> None:
    refused = invoke(pairs_file, "--out", tmp_path / "mine", "--teacher", "none")
    assert refused.exit_code == 2
    assert "--teacher takes a model" in refused.output


def test_a_checkpoint_is_of_its_teachers_too(
    tmp_path: Path,
    pairs_file: Path,
    teachers: list[Path],
    start: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Checkpoint, "remove", lambda _: None)
    monkeypatch.setattr(training_run, "Checkpoint", partial(Checkpoint, seconds=0.0))
    keep = ["--checkpoint", tmp_path / "a.checkpoint"]
    taught(tmp_path / "one", pairs_file, start, "--teacher", teachers[0], *keep)
    with pytest.raises(InputError, match="a run with other settings or pairs"):
        taught(tmp_path / "two", pairs_file, start, "--teacher", teachers[1], *keep)
