"""What each part of a model is worth: all of it, it without a part, and each part alone.

``python -m tests.benchmarks.compare_parts [--model FOLDER] PAIRS...``

Spearman, times 100, on each file of pairs; and the share of the bundled dev questions whose
article stands first by nothing but the cosine of its nearest text, among all texts of the
articles and among those without other wordings of their titles.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

import data
from indexer.encoders.compact_module import CompactModule, pack
from indexer.judgments import Judgment, read_judgments
from indexer.readers import read_sources
from indexer.split import passage_text, split
from indexer.training.pairs import Pair, read_pairs
from indexer.training.sets import set_name
from indexer.training.spearman import rank_correlation

_AT_ONCE = 256


class Parts:
    """The vectors of a model's parts, and what a choice of them makes.

    Args:
        module: the model.
    """

    def __init__(self, module: CompactModule) -> None:
        """Name the parts."""
        self._module = module
        layers = module.network.shape.layers
        self.names = ("bag", *(f"transformer {n}" for n in range(1, len(layers) + 1)))

    def read(self, texts: Sequence[str]) -> tuple[Tensor, Tensor]:
        """The transformers' and the bag's vectors of texts."""
        network, vocabulary = self._module.network, self._module.vocabulary
        found = []
        # Texts of like length together: little is filled up.
        order = np.argsort([len(text) for text in texts], kind="stable")
        with torch.inference_mode():
            for at in range(0, len(texts), _AT_ONCE):
                rows = [vocabulary.read(texts[n]) for n in order[at : at + _AT_ONCE]]
                found.append(network(pack(rows, network.shape.window)))
        back = torch.from_numpy(np.argsort(order, kind="stable"))
        transformed, bags = (torch.cat(each)[back] for each in zip(*found, strict=True))
        return transformed, bags

    def joined(self, read: tuple[Tensor, Tensor], kept: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1 of the parts that are kept, ``(texts, dimension)``."""
        transformed, bags = read
        keeps = [float(name in kept) for name in self.names]
        with torch.inference_mode():
            there = torch.tensor(keeps[1:])[:, None]
            vectors = self._module.network.joined(transformed * there, bags * keeps[0])
            found: NDArray[np.float32] = functional.normalize(vectors, dim=1, eps=1e-9).numpy()
        return found


def choices(names: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    """All parts, all but one, and one alone."""
    yield "all", names
    for name in names:
        yield f"without {name}", [each for each in names if each != name]
    if len(names) > 2:
        for name in names:
            yield f"{name} alone", [name]


class Articles:
    """Every text of the bundled articles, and the dev questions that some answer."""

    def __init__(self, parts: Parts) -> None:
        """Read and encode them."""
        articles = read_sources((str(data.CORPUS),)).articles
        passages = [(each, passage) for each in articles for passage in split(each, 0)]
        self._owners = np.array([article.id for article, _ in passages])
        self._asked = np.array([passage.kind == "asked" for _, passage in passages])
        self._texts = parts.read([passage_text(*each).whole for each in passages])
        asked = read_judgments(data.JUDGMENTS / "dev.jsonl")
        self._judged: list[Judgment] = [each for each in asked if each.answerable]
        self._questions = parts.read([each.query for each in self._judged])

    def found_first(self, parts: Parts, kept: Sequence[str]) -> tuple[float, float]:
        """Hit@1 among all texts, and among those that are no other wording."""
        texts = parts.joined(self._texts, kept)
        cosines = parts.joined(self._questions, kept) @ texts.T
        return self._hits(cosines, ~np.zeros_like(self._asked)), self._hits(cosines, ~self._asked)

    def _hits(self, cosines: NDArray[np.float32], among: NDArray[np.bool_]) -> float:
        owners = self._owners[among]
        nearest = owners[cosines[:, among].argmax(axis=1)]
        right = [
            str(article) in each.best for article, each in zip(nearest, self._judged, strict=True)
        ]
        return float(np.mean(right))


class Judged:
    """The pairs of a file, encoded."""

    def __init__(self, parts: Parts, pairs: Sequence[Pair]) -> None:
        """Encode each text once."""
        texts = list(dict.fromkeys(text for pair in pairs for text in (pair.first, pair.second)))
        places: Mapping[str, int] = {text: at for at, text in enumerate(texts)}
        self._first = [places[pair.first] for pair in pairs]
        self._second = [places[pair.second] for pair in pairs]
        self._same = np.array([pair.same for pair in pairs], dtype=np.bool_)
        self._read = parts.read(texts)

    def spearman(self, parts: Parts, kept: Sequence[str]) -> float:
        """Spearman of the cosines of the parts that are kept, times 100."""
        vectors = parts.joined(self._read, kept)
        cosines = np.einsum("nd,nd->n", vectors[self._first], vectors[self._second])
        return rank_correlation(cosines, self._same)


@click.command()
@click.option("--model", type=click.Path(path_type=Path), default=data.MODEL)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
def compare(model: Path, files: tuple[Path, ...]) -> None:
    """Print a line for each choice of parts."""
    parts = Parts(CompactModule.open(model))
    judged = [Judged(parts, read_pairs([file])) for file in files]
    articles = Articles(parts)
    heads = "".join(f"{set_name(file):>10}" for file in files)
    click.echo(f"{'':<24}{heads}{'Hit@1':>10}{'titles':>10}")
    for name, kept in choices(parts.names):
        scores = "".join(f"{each.spearman(parts, kept):>10.2f}" for each in judged)
        worded, titles = articles.found_first(parts, kept)
        click.echo(f"{name:<24}{scores}{worded:>10.3f}{titles:>10.3f}")


if __name__ == "__main__":
    compare()
