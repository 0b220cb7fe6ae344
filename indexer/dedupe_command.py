"""`loanfaq dedupe`."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.options import echo_json, index_option, json_option


@click.command("dedupe")
@index_option
@click.option(
    "--min-resemblance",
    type=click.FloatRange(0, 1),
    default=0.0,
    metavar="SHARE",
    help="Leave out copies that share less of their text, 0 to 1; excerpts share little.",
)
@json_option
def dedupe_command(index_folder: Path, min_resemblance: float, as_json: bool) -> None:
    """List articles that say the same, and which of them to keep.

    Indexing finds them, and results show one hit for all. Of each cluster the whole article
    is kept rather than an excerpt, then the clearly longer one, the newer, the one whose
    facts were checked later. Nothing is removed: the last lines give the command that does.
    """
    from indexer.dedupe import copies_of, describe, near_duplicates_of

    clusters = near_duplicates_of(index_folder, min_resemblance)
    if as_json:
        echo_json(
            {
                "index": str(index_folder),
                "clusters": [cluster.to_json() for cluster in clusters],
                "remove": copies_of(clusters),
            }
        )
    else:
        click.echo(describe(clusters, index_folder))
