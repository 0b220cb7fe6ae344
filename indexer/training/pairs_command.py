"""The command ``loanfaq pairs``. Importing this is light."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import reading_options

if TYPE_CHECKING:
    from indexer.reading import ReadOptions

_PATH = click.Path(path_type=Path)


@click.command("pairs")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@click.option(
    "--judgments",
    type=_PATH,
    metavar="FILE",
    help="Judged questions about these articles, as 'loanfaq evaluate' takes them.",
)
@click.option(
    "--held-out",
    multiple=True,
    type=_PATH,
    metavar="FILE",
    help="Judged questions to measure with later: no wording is taken from articles that answer "
    "them, nor from these articles' families; may be given again.",
)
@click.option(
    "--out", required=True, type=_PATH, metavar="FOLDER", help="Folder for the files of pairs."
)
@reading_options
def pairs(
    sources: tuple[str, ...],
    judgments: Path | None,
    held_out: tuple[Path, ...],
    out: Path,
    reading: ReadOptions,
) -> None:
    """Derive pairs to train on from your own articles and judged questions.

    A SOURCE is what 'loanfaq index' takes; without one the bundled corpus is read. Writes
    for 'loanfaq train': articles.tsv (titles beside passages), asked.tsv (other wordings of
    titles beside what answers these and beside neighbours that do not) and, with
    --judgments, judged.tsv (judged questions likewise).
    """
    import data
    from indexer.deduplicate import deduplicate
    from indexer.errors import InputError, SourcesRejectedError
    from indexer.judgments import read_judgments
    from indexer.readers import read_sources
    from indexer.training.derive import (
        pairs_from_articles,
        pairs_from_judgments,
        pairs_from_wordings,
    )
    from indexer.training.pairs import write_pairs

    read = read_sources(sources or (str(data.CORPUS),), reading)
    kept = deduplicate(read.articles)
    rejected = [*read.rejected, *kept.conflicts]
    if rejected:
        raise SourcesRejectedError(rejected)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{out} cannot be a folder for them ({error.strerror})") from error
    derived = {"articles": pairs_from_articles(kept.articles)}
    apart = [each for path in held_out for each in read_judgments(path)]
    derived["asked"] = pairs_from_wordings(kept.articles, apart)
    if judgments:
        by_id = {article.id: article for article in kept.articles}
        derived["judged"] = pairs_from_judgments(read_judgments(judgments), by_id)
    for name, found in derived.items():
        path = out / f"{name}.tsv"
        count = write_pairs(found, path)
        click.echo(f"wrote {count:,} pairs to {path}")
