"""The command ``loanfaq train``. Importing this is light: torch loads when it runs."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.training.recipe import Recipe

if TYPE_CHECKING:
    from indexer.training.report import TrainingReport
    from indexer.training.trainer import Step

_DEFAULT = Recipe()
_PATH = click.Path(path_type=Path)


@click.command("train", context_settings={"show_default": True})
@click.argument("pairs", nargs=-1, required=True, type=_PATH)
@click.option("--out", required=True, type=_PATH, help="Folder for the model.", metavar="FOLDER")
@click.option("--dev", multiple=True, type=_PATH, help="Pairs to measure on; may be given again.")
@click.option("--dimension", type=click.IntRange(1), default=_DEFAULT.dimension, help="Of vectors.")
@click.option(
    "--epochs", type=click.IntRange(1), default=_DEFAULT.epochs, help="Times each pair is seen."
)
@click.option(
    "--batch-size", type=click.IntRange(2), default=_DEFAULT.batch_size, help="Pairs in a step."
)
@click.option(
    "--learning-rate",
    type=click.FloatRange(0, min_open=True),
    default=_DEFAULT.learning_rate,
    help="Of the first step; falls to 0 at the last.",
)
@click.option(
    "--min-count",
    type=click.IntRange(1),
    default=_DEFAULT.min_count,
    help="Questions that must share a feature for it to be known.",
)
@click.option(
    "--max-features",
    type=click.IntRange(1),
    default=_DEFAULT.max_features,
    help="Features known at most.",
)
@click.option(
    "--dropout",
    type=click.FloatRange(0, 1, max_open=True),
    default=_DEFAULT.dropout,
    help="Share of a question's features left out in each step.",
)
@click.option("--seed", type=click.IntRange(0), default=_DEFAULT.seed, help="Of all chance.")
@click.option("--note", multiple=True, help="A line for the model card on the pairs' origin.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def train(
    pairs: tuple[Path, ...],
    out: Path,
    dev: tuple[Path, ...],
    note: tuple[str, ...],
    as_json: bool,
    **settings: float,
) -> None:
    """Train an encoder on judged question pairs.

    PAIRS are TSV files (a<TAB>b<TAB>label, 1 for the same question, 0 for not), JSONL files
    ({"a": …, "b": …, "label": …}), plain or gzipped, and folders of them. A file named twice
    weighs twice. The model folder works
    with --model wherever loanfaq takes one; it appears under its name when whole.
    """
    from tqdm import tqdm

    from indexer.training.run import train_folder

    recipe = Recipe(**settings)  # type: ignore[arg-type]
    # disable=None: drawn on standard error, and only where that is a terminal.
    with tqdm(disable=None, unit="step", desc="train") as bar:

        def show(step: Step) -> None:
            bar.total = step.total
            bar.set_postfix(loss=f"{step.loss:.3f}", refresh=False)
            bar.update()

        report = train_folder(pairs, out, dev=dev, recipe=recipe, notes=note, on_step=show)
    click.echo(json.dumps(asdict(report)) if as_json else _summary(report))


def _summary(report: TrainingReport) -> str:
    scores = ", ".join(f"{found.name} {found.spearman:.2f}" for found in report.measured_on)
    return (
        f"trained {report.folder}: {report.features:,} features x {report.dimension}, "
        f"{report.bytes / 1e6:.1f} MB, {report.seconds:.0f} s"
        + (f"; Spearman {scores}" if scores else "")
    )


@click.command("pairs")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--judgments",
    type=_PATH,
    metavar="FILE",
    help="Judged questions about these articles, as 'loanfaq evaluate' takes them.",
)
@click.option(
    "--out", required=True, type=_PATH, metavar="FOLDER", help="Folder for the files of pairs."
)
def pairs(sources: tuple[str, ...], judgments: Path | None, out: Path) -> None:
    """Derive pairs to train on from your own articles and judged questions.

    A SOURCE is what 'loanfaq index' takes; without one the bundled corpus is read. Writes
    articles.tsv (titles beside passages) and, with --judgments, judged.tsv (questions
    beside what answers them, and beside neighbours that do not) for 'loanfaq train'.
    """
    import data
    from indexer.deduplicate import deduplicate
    from indexer.errors import SourcesRejectedError
    from indexer.judgments import read_judgments
    from indexer.readers import read_sources
    from indexer.training.derive import pairs_from_articles, pairs_from_judgments
    from indexer.training.pairs import write_pairs

    read = read_sources(sources or (str(data.CORPUS),))
    kept = deduplicate(read.articles)
    rejected = [*read.rejected, *kept.conflicts]
    if rejected:
        raise SourcesRejectedError(rejected)
    out.mkdir(parents=True, exist_ok=True)
    count = write_pairs(pairs_from_articles(kept.articles), out / "articles.tsv")
    click.echo(f"wrote {count:,} pairs to {out / 'articles.tsv'}")
    if judgments:
        by_id = {article.id: article for article in kept.articles}
        derived = pairs_from_judgments(read_judgments(judgments), by_id)
        count = write_pairs(derived, out / "judged.tsv")
        click.echo(f"wrote {count:,} pairs to {out / 'judged.tsv'}")
