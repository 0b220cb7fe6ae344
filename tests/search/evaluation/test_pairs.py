"""Models measured on judged question pairs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

import data
from indexer.encoders import open_encoder
from indexer.encoders.protocol import Vectors
from indexer.training.pairs import Pair
from search.evaluation.commands import evaluate_command
from search.evaluation.pairs import average_precision, best_f1, evaluate_pairs


class Compass:
    """Encodes ``"30"`` as the unit vector at 30 degrees."""

    name = fingerprint = "compass"
    dimension = 2
    truncated = 0

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        angles = np.radians([float(text) for text in texts])
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)

    encode_documents = encode_queries


PAIRS = [
    Pair("0", "10", True),
    Pair("0", "20", False),
    Pair("0", "40", True),
    Pair("90", "80", True),
    Pair("90", "60", False),
    Pair("180", "190", True),
]


def test_figures_by_hand() -> None:
    found = evaluate_pairs(Compass(), PAIRS)
    # Angles of the same: 10, 40, 10, 10; of the others: 20, 30. Of 8 comparisons 6 are right.
    assert found.auc == pytest.approx(6 / 8)
    # Three right of three at 10 degrees; four right of six at 40.
    assert found.best_f1 == pytest.approx(max(2 * 3 / (3 + 4), 2 * 4 / (6 + 4)))
    # 0 and 90 have partners of both judgments; 180 has not.
    assert found.anchors == 2
    assert found.mean_average_precision == pytest.approx(((1 / 1 + 2 / 3) / 2 + 1) / 2)
    assert found.precision_at_1 == 1.0
    assert found.spearman is not None
    assert 0 < found.spearman < 100


def test_of_partners_equally_close_the_wrong_comes_first() -> None:
    found = evaluate_pairs(Compass(), [Pair("0", "10", True), Pair("0", "-10", False)])
    assert found.precision_at_1 == 0.0
    assert found.mean_average_precision == pytest.approx(1 / 2)


def test_one_judgment_alone_has_no_figures() -> None:
    found = evaluate_pairs(Compass(), [Pair("0", "10", True), Pair("0", "20", True)])
    assert (found.spearman, found.auc, found.best_f1) == (None, None, None)
    assert (found.anchors, found.mean_average_precision) == (0, None)


def test_average_precision_is_that_of_trec_eval() -> None:
    assert average_precision([False, True, False, True]) == pytest.approx((1 / 2 + 2 / 4) / 2)


def test_pairs_of_one_cosine_fall_on_one_side() -> None:
    same, cosines = np.array([True, False, False]), np.array([0.5, 0.5, 0.1])
    assert best_f1(same, cosines) == pytest.approx(2 * 1 / (2 + 1))


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(evaluate_command, list(map(str, arguments)))


@pytest.fixture
def pairs_file(tmp_path: Path) -> Path:
    path = tmp_path / "own.tsv"
    path.write_text(
        "花呗怎么还\t花呗如何还款\t1\n花呗怎么还\t房贷利率是多少\t0\n", encoding="utf-8"
    )
    return path


def test_several_models_make_one_table(pairs_file: Path) -> None:
    done = invoke("--pairs", pairs_file, "--model", data.MODEL, "--model", str(data.MODEL) + "/")
    assert done.exit_code == 0, done.output
    head, *rows = done.stdout.splitlines()
    assert head.split()[:4] == ["file", "model", "pairs", "Spearman"]
    assert [row.split()[2:4] for row in rows] == [["2", "100.00"]] * 2


def test_json_has_a_figure_by_name(pairs_file: Path) -> None:
    (found,) = json.loads(invoke("--pairs", pairs_file, "--json").stdout)
    assert found["file"] == str(pairs_file)
    assert found["model"] == open_encoder().name
    assert found["precision_at_1"] == 1.0


def test_pairs_go_without_an_index(pairs_file: Path) -> None:
    assert invoke("--pairs", pairs_file, "judged.jsonl").exit_code == 2
    assert invoke("--model", "some").exit_code == 2
