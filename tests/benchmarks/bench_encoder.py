"""What the bundled encoder costs: a question, titles by the hundred, opening it.

Run with `make bench`. The baseline is the same model in torch, in float32 throughout. Each
question is encoded several times and the fastest counts: what a busy machine adds is not the
encoder's.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import torch
from pytest_benchmark.fixture import BenchmarkFixture
from sentence_transformers import SentenceTransformer

import data
from indexer.encoders.compact import CompactEncoder
from indexer.encoders.protocol import Encoder
from indexer.judgments import read_judgments
from indexer.readers import read_sources
from tests.benchmarks.percentiles import HEADER, fastest, figures

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


def bench_questions(
    encoder: Encoder, torch_model: SentenceTransformer, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question on one thread, over all judged dev questions; and the baseline."""
    asked = [each.query for each in read_judgments(data.JUDGMENTS / "dev.jsonl")]
    ways: dict[str, Callable[[list[str]], object]] = {
        "encoder": encoder.encode_queries,
        "torch": torch_model.encode,
    }
    took = {
        name: [fastest(partial(encode, [question])) for question in asked]
        for name, encode in ways.items()
    }
    ratio = statistics.median(took["torch"]) / statistics.median(took["encoder"])
    with capsys.disabled():
        print(f"\n{'milliseconds a question':<24}{HEADER}")  # noqa: T201
        print(*(f"{name:<24}{figures(each)}" for name, each in took.items()), sep="\n")  # noqa: T201
        print(f"{'torch takes':<24}{ratio:>7.1f} times as long (p50)")  # noqa: T201


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
