from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sentence_transformers import SentenceTransformer

from indexer.encoders import open_encoder
from indexer.encoders.compact import CompactEncoder
from indexer.encoders.compact_files import verify_compact
from indexer.errors import EncoderError, InputError, PairsError
from indexer.training import run as training_run
from indexer.training.commands import train
from indexer.training.trainer import Checkpoint

NEW = ["--from", "none", "--dimension", "16", "--layers", "1", "--heads", "2", "--min-count", "1"]
SMALL = [*NEW, "--pretrain-steps", "2", "--steps", "4", "--batch-pairs", "64"]


def invoke(*arguments: object) -> str:
    result = CliRunner().invoke(train, [*map(str, arguments), *SMALL], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "%|" not in result.stderr  # no progress bar where there is no terminal
    return result.stdout


def test_it_writes_a_model_that_both_can_open(tmp_path: Path, pairs_file: Path) -> None:
    out = tmp_path / "models" / "mine"
    printed = invoke(pairs_file, "--out", out, "--dev", pairs_file)
    assert printed.startswith(f"trained {out}: ")
    assert "Spearman own " in printed
    encoder = open_encoder(out)
    assert isinstance(encoder, CompactEncoder)
    assert encoder.dimension == 16
    assert verify_compact(out)
    model = SentenceTransformer(str(out), trust_remote_code=True, local_files_only=True)
    assert model.encode(["花呗"]).shape == (1, 16)
    assert sorted(p.name for p in out.parent.iterdir()) == ["mine"]


def test_json_says_what_was_measured(tmp_path: Path, pairs_file: Path) -> None:
    out = tmp_path / "mine"
    report = json.loads(invoke(pairs_file, pairs_file, "--out", out, "--dev", pairs_file, "--json"))
    assert report["fingerprint"] == open_encoder(out).fingerprint
    assert [found["weights"]["rounds"] for found in report["trained_on"]] == [2]
    assert report["measured_on"][0]["pairs"] == len(pairs_file.read_text().splitlines())
    assert -100 <= report["measured_on"][0]["spearman"] <= 100
    assert report["balance"] >= 1
    card = (out / "README.md").read_text(encoding="utf-8")
    assert f"share was multiplied by {report['balance']:g}" in card


def test_the_card_says_how_it_was_made(tmp_path: Path, pairs_file: Path) -> None:
    out = tmp_path / "mine"
    invoke(pairs_file, "--out", out, "--dev", pairs_file, "--seed", 77, "--note", "Pairs of ours.")
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "- Pairs of ours.\n" in card
    assert "Seed 77" in card
    assert "16 dimensions" in card
    assert open_encoder(out).fingerprint in card
    assert "| own |" in card
    assert "{" not in card
    assert "怎么还花呗" not in card


def test_without_pairs_to_measure_on_the_card_says_so(tmp_path: Path, pairs_file: Path) -> None:
    assert "Spearman" not in invoke(pairs_file, "--out", tmp_path / "mine")
    card = (tmp_path / "mine" / "README.md").read_text(encoding="utf-8")
    assert "Not measured" in card
    assert "share was multiplied" not in card


def test_a_model_there_is_replaced(tmp_path: Path, pairs_file: Path) -> None:
    out = tmp_path / "mine"
    invoke(pairs_file, "--out", out, "--seed", 1)
    before = open_encoder(out).fingerprint
    invoke(pairs_file, "--out", out, "--seed", 2)
    assert open_encoder(out).fingerprint != before


def test_anything_else_there_is_left_alone(tmp_path: Path, pairs_file: Path) -> None:
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "cat.jpg").write_bytes(b"cat")
    with pytest.raises(InputError, match="holds something other than a trained model"):
        invoke(pairs_file, "--out", tmp_path / "photos")
    with pytest.raises(InputError, match="holds something other than a trained model"):
        invoke(pairs_file, "--out", pairs_file)
    assert (tmp_path / "photos" / "cat.jpg").read_bytes() == b"cat"


def test_an_interrupted_run_leaves_what_was_there(
    tmp_path: Path, pairs_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "models" / "mine"
    invoke(pairs_file, "--out", out)
    before = open_encoder(out).fingerprint

    def interrupted(*_: object) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr(training_run, "model_card", interrupted)
    CliRunner().invoke(train, [str(pairs_file), "--out", str(out), "--seed", "9", *SMALL])
    assert open_encoder(out).fingerprint == before
    assert verify_compact(out)
    assert sorted(p.name for p in out.parent.iterdir()) == ["mine"]


def test_a_disk_that_refuses_is_an_error_of_one_line(
    tmp_path: Path, pairs_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(training_run, "model_card", full)
    with pytest.raises(InputError, match=r"mine cannot be written \(No space left on device\)"):
        invoke(pairs_file, "--out", tmp_path / "models" / "mine")
    assert not list((tmp_path / "models").iterdir())


def test_a_broken_file_leaves_nothing(tmp_path: Path, pairs_file: Path) -> None:
    broken = tmp_path / "broken.tsv"
    broken.write_text("一\t二\t3\n", encoding="utf-8")
    for arguments in (["--dev", broken, pairs_file], [broken]):
        with pytest.raises(PairsError, match=r"broken\.tsv:1"):
            invoke(*arguments, "--out", tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("rows", "problem"), [("", "of 0 all are"), ("花呗\t借呗\t0\n" * 2, "of 2 all are")]
)
def test_dev_pairs_must_give_an_order_to_find(
    tmp_path: Path, pairs_file: Path, rows: str, problem: str
) -> None:
    dev = tmp_path / "held.tsv"
    dev.write_text(rows, encoding="utf-8")
    with pytest.raises(InputError, match=f"dev pairs 'held': .*{problem} alike"):
        invoke(pairs_file, "--dev", pairs_file, "--dev", dev, "--out", tmp_path / "mine")


def test_a_place_that_cannot_be_written_is_refused_before_training(
    tmp_path: Path, pairs_file: Path
) -> None:
    """Nothing is trained: the pairs, which are read first, are not even there."""
    gone, mine = tmp_path / "gone.tsv", tmp_path / "mine"
    for arguments in (
        ["--out", pairs_file / "x"],
        ["--out", mine, "--checkpoint", pairs_file / "x"],
    ):
        with pytest.raises(InputError, match=r"cannot be written \(.*own\.tsv is no folder\)"):
            invoke(gone, *arguments)


def test_a_checkpoint_may_go_to_a_new_folder(tmp_path: Path, pairs_file: Path) -> None:
    invoke(
        pairs_file, "--out", tmp_path / "mine", "--checkpoint", tmp_path / "new" / "a.checkpoint"
    )
    assert (tmp_path / "new").is_dir()


def test_a_checkpoint_is_of_its_dev_pairs_too(
    tmp_path: Path, pairs_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scores on other pairs are no measure of the best weights so far."""
    checkpoint, other = tmp_path / "a.checkpoint", tmp_path / "other.tsv"
    other.write_text("花呗\t借呗\t0\n还款\t怎么还\t1\n", encoding="utf-8")
    monkeypatch.setattr(Checkpoint, "remove", lambda _: None)
    monkeypatch.setattr(training_run, "Checkpoint", partial(Checkpoint, seconds=0.0))
    invoke(pairs_file, "--dev", pairs_file, "--checkpoint", checkpoint, "--out", tmp_path / "one")
    with pytest.raises(InputError, match="a run with other settings or pairs"):
        invoke(pairs_file, "--dev", other, "--checkpoint", checkpoint, "--out", tmp_path / "two")


def test_pairs_that_are_all_different_teach_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text("花呗\t借呗\t0\n", encoding="utf-8")
    with pytest.raises(InputError, match="no pair was judged the same"):
        invoke(path, "--out", tmp_path / "mine")


@pytest.mark.parametrize(
    "wrong",
    [
        ["--steps", "0"],
        ["--heads", "3"],
        ["--rate", "0"],
        ["--from", "x", "--text", "y"],
        ["--seed", "99999999999999999999"],
    ],
)
def test_settings_out_of_range_are_wrong_usage(
    tmp_path: Path, pairs_file: Path, wrong: list[str]
) -> None:
    result = CliRunner().invoke(
        train, [str(pairs_file), "--out", str(tmp_path / "m"), *NEW, *wrong]
    )
    assert result.exit_code == 2


def test_a_model_that_is_there_is_adapted(tmp_path: Path, pairs_file: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    invoke(pairs_file, "--out", one)
    adapt = ["--from", str(one), "--steps", "4", "--batch-pairs", "64", "--evaluate-every", "2"]
    arguments = [str(pairs_file), "--out", str(two), "--dev", str(pairs_file), *adapt]
    result = CliRunner().invoke(train, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "(before " in result.stdout
    assert open_encoder(two).dimension == 16
    card = (two / "README.md").read_text(encoding="utf-8")
    assert f"Adapted from loanfaq-compact-16 `{open_encoder(one).fingerprint[:16]}`" in card
    assert "masked reading" not in card
    assert "share was multiplied" not in card


def test_a_folder_without_a_model_cannot_be_adapted(tmp_path: Path, pairs_file: Path) -> None:
    (tmp_path / "empty").mkdir()
    arguments = [str(pairs_file), "--out", str(tmp_path / "m"), "--from", str(tmp_path / "empty")]
    with pytest.raises(EncoderError, match="empty does not load as a sentence-transformers model"):
        CliRunner().invoke(train, arguments, catch_exceptions=False)


def test_a_new_model_reads_text_first(tmp_path: Path, pairs_file: Path) -> None:
    text = tmp_path / "more.txt"
    text.write_text("按时还款是好习惯\n\n合同要看清楚\n", encoding="utf-8")
    report = json.loads(invoke(pairs_file, "--text", text, "--out", tmp_path / "mine", "--json"))
    assert report["texts_read"] == 32 + 2
    with pytest.raises(InputError, match="cannot be read as UTF-8 text"):
        invoke(pairs_file, "--text", tmp_path / "none.txt", "--out", tmp_path / "other")


def test_too_few_texts_for_the_minimum_count(tmp_path: Path, pairs_file: Path) -> None:
    arguments = [str(pairs_file), "--out", str(tmp_path / "m"), *NEW, "--min-count", "999"]
    with pytest.raises(InputError, match="give more pairs or a smaller --min-count"):
        CliRunner().invoke(train, arguments, catch_exceptions=False)


def test_a_finished_run_leaves_no_checkpoint(tmp_path: Path, pairs_file: Path) -> None:
    checkpoint = tmp_path / "run.checkpoint"
    invoke(pairs_file, "--out", tmp_path / "mine", "--checkpoint", checkpoint)
    assert not checkpoint.exists()


def test_sets_weigh_as_the_file_says(tmp_path: Path, pairs_file: Path) -> None:
    weights = tmp_path / "sets.toml"
    weights.write_text("[own]\nrounds = 2\nranking = 0.5\ncosent = 0.1\n", encoding="utf-8")
    out = tmp_path / "mine"
    invoke(pairs_file, "--sets", weights, "--out", out)
    assert "| 2 | 0.5 | 0.1 |" in (out / "README.md").read_text(encoding="utf-8")
    weights.write_text("[own]\nrounds = 0\n", encoding="utf-8")
    with pytest.raises(InputError, match="there is nothing to learn from"):
        invoke(pairs_file, "--sets", weights, "--out", tmp_path / "other")
