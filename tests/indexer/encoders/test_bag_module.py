from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import Normalize

from indexer.encoders.bag import BagEncoder
from indexer.encoders.bag_files import is_bag_folder, verify_bag
from indexer.encoders.bag_module import BagModule


@pytest.fixture
def model_folder(tmp_path: Path, table: np.ndarray, features: tuple[str, ...]) -> Path:
    folder = tmp_path / "model"
    modules: list[torch.nn.Module] = [BagModule(features, table), Normalize()]
    SentenceTransformer(modules=modules, device="cpu").save(str(folder), create_model_card=False)
    return folder


def load(folder: Path) -> SentenceTransformer:
    return SentenceTransformer(
        str(folder), trust_remote_code=True, local_files_only=True, device="cpu"
    )


def test_what_sentence_transformers_saves_both_can_open(model_folder: Path) -> None:
    assert (model_folder / "modules.json").is_file()
    assert is_bag_folder(model_folder)
    assert verify_bag(model_folder)
    texts = ["花呗还款", "还", "", "unknown", "花" * 3_000 + "款"]
    np.testing.assert_allclose(
        load(model_folder).encode(texts),
        BagEncoder.open(model_folder).encode_queries(texts),
        atol=1e-5,
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(texts=st.lists(st.text(alphabet="花呗还款 ^$x\n🙂", max_size=40), min_size=1, max_size=8))
def test_module_and_numpy_give_the_same_vectors(
    table: np.ndarray, features: tuple[str, ...], bag_folder: Path, texts: list[str]
) -> None:
    module = BagModule(features, table).eval()
    with torch.inference_mode():
        sums = module(module.preprocess(texts))["sentence_embedding"]
        vectors = torch.nn.functional.normalize(sums, dim=1).numpy()
    np.testing.assert_allclose(
        vectors, BagEncoder.open(bag_folder).encode_queries(texts), atol=1e-5
    )


def test_saving_what_was_loaded_changes_nothing(model_folder: Path, tmp_path: Path) -> None:
    again = tmp_path / "again"
    load(model_folder).save(str(again), create_model_card=False)
    assert BagEncoder.open(again).fingerprint == BagEncoder.open(model_folder).fingerprint


def test_it_says_its_dimension_and_has_no_window(model_folder: Path) -> None:
    model = load(model_folder)
    assert model.get_embedding_dimension() == 8
    assert model.max_seq_length == float("inf")


def test_a_prompt_goes_before_the_text(table: np.ndarray, features: tuple[str, ...]) -> None:
    module = BagModule(features, table)
    with_prompt = module.preprocess(["款"], prompt="还")
    assert with_prompt["input_ids"].tolist() == module.preprocess(["还款"])["input_ids"].tolist()


def test_dropout_is_for_training_alone(table: np.ndarray, features: tuple[str, ...]) -> None:
    torch.manual_seed(0)
    module = BagModule(features, table, dropout=0.9)
    bags = module.preprocess(["花呗还款"])
    whole = table.astype(np.float32)[bags["input_ids"].numpy()].sum(axis=0)
    dropped = module.train()(dict(bags))["sentence_embedding"].detach().numpy()[0]
    kept = module.eval()(dict(bags))["sentence_embedding"].detach().numpy()[0]
    assert not np.allclose(dropped, whole)
    np.testing.assert_allclose(kept, whole, atol=1e-6)


def test_training_leaves_the_given_table_alone(
    table: np.ndarray, features: tuple[str, ...]
) -> None:
    weights = table.astype(np.float32)
    module = BagModule(features, weights)
    with torch.no_grad():
        module.embedding.weight.zero_()
    assert weights.any()
