"""What the bundled encoder costs: a question, titles by the hundred, opening it.

Run with `make bench`. The baseline is the same model in torch, in float32 throughout.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from pytest_benchmark.fixture import BenchmarkFixture
from sentence_transformers import SentenceTransformer

import data
from indexer.encoders.compact import CompactEncoder
from indexer.encoders.protocol import Encoder
from indexer.readers import read_sources

TITLES = [article.title for article in read_sources((str(data.CORPUS),)).articles]


@pytest.fixture(scope="module")
def torch_model() -> Iterator[SentenceTransformer]:
    """The baseline, on as many threads as a question is encoded on."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield SentenceTransformer(
        str(data.MODEL), trust_remote_code=True, local_files_only=True, device="cpu"
    )
    torch.set_num_threads(before)


def bench_question(benchmark: BenchmarkFixture, encoder: Encoder, questions: Iterator[str]) -> None:
    """One question, on one thread."""
    benchmark.group = "encoding a question"
    benchmark.pedantic(
        lambda: encoder.encode_queries([next(questions)]), rounds=2000, warmup_rounds=20
    )


def bench_question_in_torch(
    benchmark: BenchmarkFixture, torch_model: SentenceTransformer, questions: Iterator[str]
) -> None:
    """The baseline."""
    benchmark.group = "encoding a question"
    benchmark.pedantic(lambda: torch_model.encode([next(questions)]), rounds=200, warmup_rounds=5)


def bench_titles(benchmark: BenchmarkFixture, encoder: Encoder) -> None:
    """All titles of the bundled corpus, on all processors."""
    benchmark.group = f"encoding {len(TITLES)} titles"
    benchmark.pedantic(lambda: encoder.encode_documents(TITLES), rounds=10, warmup_rounds=1)


def bench_titles_in_torch(benchmark: BenchmarkFixture, torch_model: SentenceTransformer) -> None:
    """The baseline."""
    benchmark.group = f"encoding {len(TITLES)} titles"
    benchmark.pedantic(
        lambda: torch_model.encode(TITLES, batch_size=128), rounds=3, warmup_rounds=1
    )


def bench_opening(benchmark: BenchmarkFixture) -> None:
    """Opening the model where nothing of it is in use yet."""
    benchmark.group = "opening the encoder"
    benchmark.pedantic(lambda: CompactEncoder.open(data.MODEL), rounds=20, warmup_rounds=1)
