"""One computation, twice: in torch for training, in NumPy and onnxruntime for answering."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer

from indexer.encoders.compact import CompactEncoder
from indexer.encoders.compact_files import open_compact
from indexer.encoders.compact_module import CompactModule, pack
from tests.indexer.encoders.exact import exactly

ANY_TEXT = st.text(alphabet="花呗还款 x\n🙂", max_size=40)


def load(folder: Path) -> SentenceTransformer:
    return SentenceTransformer(
        str(folder), trust_remote_code=True, local_files_only=True, device="cpu"
    )


@pytest.fixture
def exact(compact_folder: Path, tmp_path: Path) -> CompactEncoder:
    """The same weights, computed in float32 throughout."""
    return exactly(compact_folder, tmp_path / "exact")


def test_the_bag_alone_is_the_normalised_sum_of_its_rows(
    compact_folder: Path, module: CompactModule
) -> None:
    module.network.shares.data.fill_(0.0)
    module.network.projections[0] = torch.eye(module.network.shape.dimension)
    (compact_folder.parent / "bag").mkdir()
    module.save(str(compact_folder.parent / "bag"))
    encoder = CompactEncoder.open(compact_folder.parent / "bag")
    # 花呗: its two characters, 花 at the start, 花呗, 呗 at the end.
    table = open_compact(compact_folder.parent / "bag").table(1)
    total = table[[3, 4, 8, 10, 11]].sum(axis=0)
    expected = total / np.sqrt((total**2).sum())
    np.testing.assert_allclose(encoder.encode_queries(["花呗"]), expected[None, :], atol=1e-6)


def test_both_give_the_same_vectors(compact_folder: Path, exact: CompactEncoder) -> None:
    texts = ["花呗还款", "还", "", "unknown", "花" * 300 + "款"]
    np.testing.assert_allclose(
        load(compact_folder).encode(texts), exact.encode_queries(texts), atol=1e-5
    )
    encoder = CompactEncoder.open(compact_folder)
    np.testing.assert_array_equal(encoder.encode_documents(texts), encoder.encode_queries(texts))


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=50
)
@given(texts=st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_for_any_texts(compact_folder: Path, exact: CompactEncoder, texts: list[str]) -> None:
    module = CompactModule.open(compact_folder)
    with torch.inference_mode():
        features = module.forward(module.preprocess(texts))
    vectors = torch.nn.functional.normalize(features["sentence_embedding"], dim=1).numpy()
    np.testing.assert_allclose(exact.encode_documents(texts), vectors, atol=1e-5)


def test_whole_numbers_give_nearly_the_same_vectors(
    compact_folder: Path, exact: CompactEncoder
) -> None:
    texts = ["花呗还款", "还", "款还呗花", "花" * 300 + "款"]
    encoder = CompactEncoder.open(compact_folder)
    # Of eight numbers each rounding is felt; of 256 it is not, see the bundled model's test.
    assert (encoder.encode_queries(texts) * exact.encode_queries(texts)).sum(axis=1).min() > 0.99


def test_a_text_has_one_vector_whatever_stands_beside_it(compact_folder: Path) -> None:
    encoder = CompactEncoder.open(compact_folder)
    alone = encoder.encode_queries(["花呗"])
    beside = encoder.encode_queries(["花" * 30, "花呗", "", "还款还款还"])
    np.testing.assert_allclose(beside[1], alone[0], atol=1e-6)


def test_a_long_text_is_read_to_its_end(compact_folder: Path) -> None:
    encoder = CompactEncoder.open(compact_folder)
    start, whole = encoder.encode_documents(["花" * 2_000, "花" * 2_000 + "款"])
    assert not np.allclose(start, whole)
    assert encoder.truncated == 0


def test_order_matters(compact_folder: Path) -> None:
    # Neither has a bigram that is known, so the bags are the same.
    one, other = CompactEncoder.open(compact_folder).encode_queries(["款款 还", "款 还款"])
    assert not np.allclose(one, other, atol=1e-3)


def test_a_text_of_which_nothing_is_known_is_the_zero_vector(compact_folder: Path) -> None:
    vectors = CompactEncoder.open(compact_folder).encode_queries(["xyz", "", "🙂", "花呗"])
    assert not vectors[:3].any()
    assert np.linalg.norm(vectors[3]) == pytest.approx(1.0, abs=1e-6)


def test_no_texts_give_no_rows(compact_folder: Path) -> None:
    encoder = CompactEncoder.open(compact_folder)
    assert encoder.encode_queries([]).shape == (0, 8)
    assert encoder.encode_documents([]).dtype == np.float32


def test_training_can_leave_rows_out_of_the_bag(module: CompactModule) -> None:
    windows = pack([module.vocabulary.read("花呗还款") for _ in range(64)], 6)
    module.network.train()
    _, bags = module.network(windows, bag_dropout=0.5)
    assert len(bags.detach().unique(dim=0)) > 1
    module.network.eval()
    _, bags = module.network(windows, bag_dropout=0.5)
    assert len(bags.detach().unique(dim=0)) == 1
