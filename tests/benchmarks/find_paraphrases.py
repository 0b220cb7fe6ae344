"""A paraphrase among all questions: by words, by characters, by vectors and by all three.

``python -m tests.benchmarks.find_paraphrases PAIRS… [--model NAME] [--ask N]``

Every distinct question of the files is indexed by itself. Of each pair that was judged the
same the first is asked, and the second looked for among all the others: no title, no other
wording, no fit on judged questions, the retrievers alone.
"""

from __future__ import annotations

import random
import tempfile
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from indexer.encoders import open_encoder
from indexer.lexicon import bundled_lexicon
from indexer.progress import progress_bar
from indexer.store.wordings import WordingIndex, write_wordings
from indexer.store.words import ASKED_FIELDS, WordEntry, WordIndex, write_words
from indexer.text.segment import Segmenter, write_segmentation_table
from indexer.training.pairs import Pair, read_pairs

Scores = NDArray[np.float64]
# Scores of all questions for the one that is asked.
Scorer = Callable[[str], Scores]
_DEPTH = 10
_SEED = 13


def _scorers(questions: Sequence[str], model: str | None, folder: Path) -> dict[str, Scorer]:
    lexicon = bundled_lexicon()
    write_segmentation_table(lexicon.whole_words(), folder / "segmentation")
    segmenter = Segmenter.open(folder / "segmentation", lexicon.stopwords(), lexicon.aliases())
    synonyms = lexicon.synonyms()
    cut = [segmenter.content_words(each) for each in questions]
    write_words(
        [WordEntry(row, {"asked": words}) for row, words in enumerate(cut)],
        ASKED_FIELDS,
        folder / "words",
    )
    write_wordings([[segmenter.canonical(each)] for each in questions], folder / "characters")
    words = WordIndex.open(folder / "words", ASKED_FIELDS)
    characters = WordingIndex.open(folder / "characters", len(questions))
    encoder = open_encoder(model)
    vectors = encoder.encode_queries(list(questions))
    row_of = {each: row for row, each in enumerate(questions)}

    def by_words(question: str) -> Scores:
        asked = dict.fromkeys(segmenter.content_words(question))
        rows, scores = words.best({each: synonyms.get(each, ()) for each in asked}, 100)
        found = np.zeros(len(questions))
        found[rows] = scores
        return found

    def by_characters(question: str) -> Scores:
        return characters.scores(segmenter.canonical(question))

    def by_vectors(question: str) -> Scores:
        cosines: Scores = (vectors @ vectors[row_of[question]]).astype(np.float64)
        return cosines

    def together(question: str) -> Scores:
        every = (by_words(question), by_characters(question), by_vectors(question))
        total: Scores = np.sum([_share(each, row_of[question]) for each in every], axis=0)
        return total

    return {
        "words": by_words,
        "characters": by_characters,
        "vectors": by_vectors,
        "all three": together,
    }


def _share(scores: Scores, asked: int) -> Scores:
    """Of the best score but the question's own."""
    others = np.delete(scores, asked)
    share: Scores = scores / max(float(others.max()), 1e-9)
    return share


def _paraphrases(pairs: Sequence[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        if pair.same and pair.first != pair.second:
            found[pair.first].add(pair.second)
    return found


def _places(scorer: Scorer, asked: Mapping[str, set[str]], row_of: Mapping[str, int]) -> list[int]:
    """At which place the best paraphrase of each question comes, 0 the first."""
    places = []
    with progress_bar("ask", len(asked)) as advance:
        for question, others in asked.items():
            scores = scorer(question)
            scores[row_of[question]] = -np.inf
            best = max(scores[row_of[each]] for each in others)
            # Of equal scores the paraphrase's is taken to come last.
            places.append(int((scores >= best).sum()) - 1)
            advance(1)
    return places


@click.command()
@click.argument("pairs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--model", help="An encoder by name or path in place of the bundled one.")
@click.option("--ask", default=2000, show_default=True, help="So many, drawn with a fixed seed.")
def main(pairs: tuple[Path, ...], model: str | None, ask: int) -> None:
    """Find the paraphrases of judged pairs among all their questions."""
    read = read_pairs(pairs)
    questions = sorted({text for pair in read for text in (pair.first, pair.second)})
    found = _paraphrases(read)
    drawn = random.Random(_SEED).sample(sorted(found), min(ask, len(found)))
    row_of = {each: row for row, each in enumerate(questions)}
    click.echo(f"{len(drawn):,} questions asked, {len(questions):,} to find among\n")
    click.echo(f"{'by':<12}{'first':>8}{'in ten':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for name, scorer in _scorers(questions, model, Path(folder)).items():
            places = np.array(_places(scorer, {each: found[each] for each in drawn}, row_of))
            first, near = (places == 0).mean(), (places < _DEPTH).mean()
            click.echo(f"{name:<12}{first:>8.3f}{near:>8.3f}")


if __name__ == "__main__":
    main()
