"""The model that ships: whole, small, sensible, and without torch the same."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

import data
from indexer.encoders import Encoder, open_encoder
from indexer.encoders.compact_files import verify_compact
from indexer.encoders.protocol import Vectors
from indexer.judgments import read_judgments
from indexer.store.articles import ArticleStore
from indexer.store.builds import read_current
from indexer.store.manifest import ARTICLES, VECTORS
from indexer.store.vectors import VectorIndex
from tests.indexer.encoders.exact import exactly

QUESTIONS = [
    "花呗突然用不了了咋回事",
    "借呗怎麼還款",
    "ＬＰＲ是什么",
    "",
    "🙂",
    "贷款" * 300 + "末尾",
]
JUDGED = read_judgments(data.JUDGMENTS / "dev.jsonl")
ANSWERABLE = [each for each in JUDGED if each.answerable]


@pytest.fixture(scope="module")
def torch_model() -> SentenceTransformer:
    return SentenceTransformer(
        str(data.MODEL), trust_remote_code=True, local_files_only=True, device="cpu"
    )


def test_it_is_what_was_saved() -> None:
    assert verify_compact(data.MODEL)


def test_it_is_small_and_has_a_card() -> None:
    assert sum(p.stat().st_size for p in data.MODEL.rglob("*") if p.is_file()) <= 40_000_000
    card = (data.MODEL / "README.md").read_text(encoding="utf-8")
    assert open_encoder().fingerprint in card
    for corpus in ("BQ", "AFQMC", "ATEC", "LCQMC", "OPPO", "SimCLUE"):
        assert corpus in card


def test_vectors_have_length_one(encoder: Encoder) -> None:
    assert encoder.dimension == 256
    vectors = encoder.encode_queries(["花呗怎么还款", "微粒贷额度多少"])
    assert vectors.shape == (2, 256)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


@settings(deadline=None, max_examples=40)
@given(texts=st.lists(st.text("花呗借还款逾期吗，a1 ", max_size=150), min_size=2, max_size=8))
def test_a_text_has_one_vector_whatever_is_encoded_beside_it(
    encoder: Encoder, texts: list[str]
) -> None:
    together = encoder.encode_documents(texts)
    alone = [encoder.encode_documents([text])[0] for text in texts]
    np.testing.assert_array_equal(together, np.array(alone))


@pytest.mark.parametrize(
    ("question", "same", "other"),
    [
        ("花呗突然用不了了咋回事", "花呗无法使用是为什么", "花呗账单日是几号"),
        ("借呗能不能提前还", "借呗可以提前还清吗", "借呗的利息怎么算"),
        ("征信花了还能贷款吗", "征信不好可以贷款吗", "贷款要准备什么材料"),
    ],
)
def test_it_knows_the_same_question_in_other_words(
    encoder: Encoder, question: str, same: str, other: str
) -> None:
    asked, near, far = encoder.encode_queries([question, same, other])
    assert asked @ near > asked @ far


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Encoder:
    """The same weights, computed in float32 throughout."""
    return exactly(data.MODEL, tmp_path_factory.mktemp("exact") / "model")


def test_torch_gives_the_same_vectors(exact: Encoder, torch_model: SentenceTransformer) -> None:
    np.testing.assert_allclose(
        torch_model.encode(QUESTIONS), exact.encode_queries(QUESTIONS), atol=1e-5
    )


@settings(deadline=None)
@given(texts=st.lists(st.text(max_size=60), min_size=1, max_size=5))
def test_torch_gives_the_same_vectors_for_any_text(
    exact: Encoder, torch_model: SentenceTransformer, texts: list[str]
) -> None:
    np.testing.assert_allclose(torch_model.encode(texts), exact.encode_documents(texts), atol=1e-5)


def test_whole_numbers_give_nearly_the_same_vectors(encoder: Encoder, exact: Encoder) -> None:
    questions = [each.query for each in JUDGED]
    cosines = (encoder.encode_queries(questions) * exact.encode_queries(questions)).sum(axis=1)
    assert cosines.min() >= 0.999
    assert cosines.mean() >= 0.9999


def reciprocal_rank(questions: Vectors, index: Path) -> float:
    """Mean over judged dev questions of 1 / rank of the right article, by cosine alone.

    Args:
        questions: the first numbers, or all, of the answerable questions' vectors.
        index: of the bundled corpus; as many numbers of its passages are looked at.
    """
    build, manifest = read_current(index)
    passages = VectorIndex.open(build / VECTORS).all()[:, : questions.shape[1]]
    cosines = questions @ (passages / np.linalg.norm(passages, axis=1, keepdims=True)).T
    store = ArticleStore.open(build / ARTICLES)
    rows = range(manifest.counts.articles)
    ids = {row: card.id for row, card in store.cards(rows).items()}
    best = {
        ids[row]: cosines[:, list(found)].max(axis=1)
        for row, found in store.passages_of(rows).items()
    }
    store.close()
    ranks = []
    for at, judgment in enumerate(ANSWERABLE):
        right = max(best[article][at] for article in judgment.best)
        ranks.append(1 + sum(of[at] >= right for a, of in best.items() if a not in judgment.best))
    return float(np.mean(1 / np.array(ranks)))


def test_whole_numbers_lose_nothing_that_counts(
    encoder: Encoder, exact: Encoder, corpus_index: Path
) -> None:
    asked = [each.query for each in ANSWERABLE]
    stored, whole = (each.encode_queries(asked) for each in (encoder, exact))
    lost = reciprocal_rank(whole, corpus_index) - reciprocal_rank(stored, corpus_index)
    assert lost <= 0.002


def test_half_of_the_numbers_lose_little(encoder: Encoder, corpus_index: Path) -> None:
    asked = encoder.encode_queries([each.query for each in ANSWERABLE])
    lost = reciprocal_rank(asked, corpus_index) - reciprocal_rank(asked[:, :128], corpus_index)
    assert lost <= 0.02


_NO_TORCH = """
import sys
from indexer.encoders import open_encoder
import indexer.training.commands
import indexer.training.pairs_command
vectors = open_encoder().encode_queries(["花呗怎么还款"])
assert vectors.shape == (1, 256)
heavy = {"torch", "transformers", "sentence_transformers", "scipy"} & set(sys.modules)
sys.exit(f"imported {heavy}" if heavy else 0)
"""


def test_encoding_imports_no_torch() -> None:
    result = subprocess.run([sys.executable, "-c", _NO_TORCH], capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


def test_opening_it_leaves_nothing_in_the_temporary_folder(tmp_path: Path) -> None:
    """What onnxruntime's telemetry puts there, it puts there to report to its maker."""
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", _NO_TORCH], env=environment, check=True)
    assert list(tmp_path.iterdir()) == []
