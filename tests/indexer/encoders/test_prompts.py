from __future__ import annotations

import pytest

from indexer.encoders.prompts import Prompts, choose_prompts, published_prompts

BGE = "为这个句子生成表示以用于检索相关文章："


@pytest.mark.parametrize(
    ("model", "query", "document"),
    [
        ("BAAI/bge-small-zh-v1.5", BGE, ""),
        ("BAAI/bge-large-zh", BGE, ""),
        ("/models/bge-base-zh-v1.5/", BGE, ""),
        ("BAAI/bge-large-zh-noinstruct", "", ""),
        ("BAAI/bge-m3", "", ""),
        ("intfloat/multilingual-e5-small", "query: ", "passage: "),
        ("intfloat/e5-base-v2", "query: ", "passage: "),
        ("intfloat/multilingual-e5-large-instruct", "", ""),
        ("shibing624/text2vec-base-chinese", "", ""),
    ],
)
def test_published_prompts(model: str, query: str, document: str) -> None:
    assert published_prompts(model) == Prompts(query, document)


def test_a_models_own_prompts_come_before_published_ones() -> None:
    own = {"query": "问：", "document": ""}
    assert choose_prompts("BAAI/bge-small-zh", own, None, None) == Prompts("问：", "")


def test_empty_prompts_of_its_own_are_none() -> None:
    own = {"query": "", "document": None}
    assert choose_prompts("BAAI/bge-small-zh", own, None, None) == Prompts(BGE, "")


@pytest.mark.parametrize("name", ["document", "passage", "corpus"])
def test_models_name_the_document_prompt_differently(name: str) -> None:
    assert choose_prompts("m", {name: "答："}, None, None) == Prompts("", "答：")


def test_what_is_asked_for_comes_first() -> None:
    own = {"query": "问：", "document": "答："}
    assert choose_prompts("m", own, "Q: ", "D: ") == Prompts("Q: ", "D: ")
    assert choose_prompts("m", own, "", None) == Prompts("", "答：")
