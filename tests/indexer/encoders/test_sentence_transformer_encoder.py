"""Any model by folder, with small ones of random weights made here."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

from indexer.encoders import open_encoder
from indexer.encoders.sentence_transformer import SentenceTransformerEncoder
from indexer.errors import EncoderError

CHARACTERS = "花呗借还款怎么问答：贷"


def static_model(folder: Path, *, seed: int = 0, prompts: dict[str, str] | None = None) -> Path:
    vocabulary = {"[UNK]": 0} | {char: i for i, char in enumerate(CHARACTERS, start=1)}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    torch.manual_seed(seed)
    modules: list[torch.nn.Module] = [StaticEmbedding(tokenizer, embedding_dim=12)]
    model = SentenceTransformer(modules=modules, prompts=prompts, device="cpu")
    model.save(str(folder), create_model_card=False)
    return folder


def open_static(folder: Path, **options: str) -> SentenceTransformerEncoder:
    encoder = open_encoder(folder, **options)  # type: ignore[arg-type]
    assert isinstance(encoder, SentenceTransformerEncoder)
    return encoder


@pytest.fixture
def bert_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "tiny-bert"
    folder.mkdir()
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *CHARACTERS]
    inner = Tokenizer(models.WordLevel({w: i for i, w in enumerate(words)}, unk_token="[UNK]"))
    inner.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    inner.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=inner, model_max_length=16, pad_token="[PAD]", unk_token="[UNK]"
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(words),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=16,
    )
    BertModel(config).save_pretrained(folder)
    return folder


def test_vectors_are_normalised_float32(tmp_path: Path) -> None:
    encoder = open_static(static_model(tmp_path / "m"))
    vectors = encoder.encode_queries(["花呗", "借款"])
    assert vectors.shape == (2, encoder.dimension) == (2, 12)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_no_texts_give_no_rows(tmp_path: Path) -> None:
    encoder = open_static(static_model(tmp_path / "m"))
    assert encoder.encode_queries([]).shape == (0, 12)
    assert encoder.encode_documents([]).dtype == np.float32


def test_rows_keep_the_order_of_the_texts(tmp_path: Path) -> None:
    encoder = open_static(static_model(tmp_path / "m"))
    texts = ["花" * (i % 7 + 1) + "还款借"[i % 3] for i in range(300)]
    together = encoder.encode_documents(texts)
    for i in (0, 1, 150, 299):
        np.testing.assert_allclose(together[i], encoder.encode_documents([texts[i]])[0], atol=1e-6)


def test_prompts_asked_for_are_put_before_the_text(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "m")
    prompted = open_static(folder, query_prompt="问：", document_prompt="答：")
    plain = open_static(folder)
    np.testing.assert_allclose(
        prompted.encode_queries(["花呗"]), plain.encode_queries(["问：花呗"]), atol=1e-6
    )
    np.testing.assert_allclose(
        prompted.encode_documents(["花呗"]), plain.encode_documents(["答：花呗"]), atol=1e-6
    )


def test_prompts_of_the_model_are_used(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "m", prompts={"query": "问：", "document": "答："})
    encoder = open_static(folder)
    assert (encoder.prompts.query, encoder.prompts.document) == ("问：", "答：")
    without = open_static(folder, query_prompt="", document_prompt="")
    np.testing.assert_allclose(
        encoder.encode_queries(["花呗"]), without.encode_queries(["问：花呗"]), atol=1e-6
    )


def test_prompts_published_for_the_family_are_used(tmp_path: Path) -> None:
    encoder = open_static(static_model(tmp_path / "multilingual-e5-small"))
    assert (encoder.prompts.query, encoder.prompts.document) == ("query: ", "passage: ")


def test_the_fingerprint_is_of_weights_and_prompts(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "m")
    original = open_static(folder).fingerprint
    assert open_static(folder, query_prompt="问：").fingerprint != original
    assert open_static(folder, document_prompt="问：").fingerprint != original
    assert open_static(static_model(tmp_path / "n", seed=1)).fingerprint != original
    assert open_static(folder.rename(tmp_path / "moved")).fingerprint == original


def test_texts_beyond_the_window_are_counted(bert_folder: Path) -> None:
    encoder = open_static(bert_folder)
    # The window of 16 holds 14 characters and the two marks around them.
    encoder.encode_documents(["花" * 14, "花呗"])
    assert encoder.truncated == 0
    encoder.encode_documents(["花" * 15, "花" * 40, "借款"])
    assert encoder.truncated == 2
    encoder.encode_queries(["花" * 15])
    assert encoder.truncated == 3


def test_a_prompt_takes_room_in_the_window(bert_folder: Path) -> None:
    encoder = open_static(bert_folder, query_prompt="问：")
    encoder.encode_queries(["花" * 12])
    assert encoder.truncated == 0
    encoder.encode_queries(["花" * 13])
    assert encoder.truncated == 1


def test_code_that_a_model_brings_is_refused_unless_asked(
    compact_folder: Path, tmp_path: Path
) -> None:
    folder = static_model(tmp_path / "m")
    modules = json.loads((folder / "modules.json").read_text())
    modules[0]["type"] = "brought.Module"
    (folder / "modules.json").write_text(json.dumps(modules))
    (folder / "brought.py").write_text("raise SystemExit('code of the model ran')")
    with pytest.raises(EncoderError, match="add --trust-remote-code to run it"):
        open_encoder(folder)


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(EncoderError, match="empty does not load as a sentence-transformers model"):
        open_encoder(tmp_path / "empty")


def test_damaged_weights_are_an_error_of_one_line(tmp_path: Path) -> None:
    folder = static_model(tmp_path / "m")
    (folder / "model.safetensors").write_bytes(b"\x00" * 10)
    with pytest.raises(EncoderError, match="does not load") as raised:
        open_encoder(folder)
    assert "\n" not in str(raised.value)
