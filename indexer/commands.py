"""`loanfaq index` and `loanfaq inspect`."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from indexer.options import echo_json, index_option, json_option

if TYPE_CHECKING:
    from indexer.pipeline import BuildReport


@click.command("index")
@click.argument("sources", nargs=-1, metavar="[SOURCE]...")
@index_option
@click.option(
    "--model",
    metavar="NAME",
    help="A sentence-transformers model by name or folder. [default: the bundled one]",
)
@click.option("--query-prompt", metavar="TEXT", help="Put before each question for that model.")
@click.option("--document-prompt", metavar="TEXT", help="Put before each passage for that model.")
@click.option(
    "--trust-remote-code", is_flag=True, help="Let that model run Python code that it brings."
)
@click.option(
    "--lexicon",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="Dictionary, stop words and boilerplate forms. [default: the bundled ones]",
)
@click.option("--skip-bad", is_flag=True, help="Leave out what cannot be read, and list it.")
@click.option(
    "--replace",
    is_flag=True,
    help="Without a SOURCE: let the bundled corpus replace an index of other sources.",
)
@click.option("--if-stale", is_flag=True, help="Do nothing if the index is up to date.")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    default=2,
    show_default=True,
    metavar="N",
    help="How many builds to keep, the new one counted.",
)
@json_option
def index_command(
    sources: tuple[str, ...],
    index_folder: Path,
    model: str | None,
    query_prompt: str | None,
    document_prompt: str | None,
    trust_remote_code: bool,
    lexicon: Path | None,
    skip_bad: bool,
    replace: bool,
    if_stale: bool,
    keep: int,
    as_json: bool,
) -> None:
    """Build an index of exactly the sources named, and publish it.

    A SOURCE is a Markdown file with front matter, a JSONL file, a web page dumped as text
    (.txt), a folder of such files, or - for JSONL on standard input. Without a SOURCE the
    bundled corpus is indexed.
    """
    import data
    from indexer.encoders import open_encoder
    from indexer.errors import SourceError
    from indexer.freshness import other_sources, why_stale
    from indexer.lexicon import Lexicon, bundled_lexicon
    from indexer.reading import ReadOptions
    from indexer.store.manifest import EncoderEntry

    chosen = sources or (str(data.CORPUS),)
    words = Lexicon(lexicon) if lexicon else bundled_lexicon()
    if not replace and not sources and (others := other_sources(index_folder, chosen)):
        raise SourceError(
            index_folder,
            f"this index was built from {', '.join(others)}; name the sources to index, or say "
            "--replace to put the bundled corpus in its place",
        )
    if model and Path(model).expanduser().is_dir():
        # The index is opened from other folders too.
        model = str(Path(model).expanduser().absolute())
    encoder = open_encoder(
        model,
        query_prompt=query_prompt,
        document_prompt=document_prompt,
        trust_remote_code=trust_remote_code,
    )
    entry = EncoderEntry(
        name=encoder.name,
        model=model,
        fingerprint=encoder.fingerprint,
        dimension=encoder.dimension,
        query_prompt=query_prompt,
        document_prompt=document_prompt,
        trust_remote_code=trust_remote_code,
    )
    if if_stale and not why_stale(index_folder, chosen, ReadOptions(), entry, words):
        if as_json:
            echo_json({"index": str(index_folder), "up_to_date": True})
        return
    from indexer.pipeline import build_index

    report = build_index(
        chosen, index_folder, encoder, entry, words, skip_bad=skip_bad, keep_builds=keep
    )
    for error in report.rejected:
        click.echo(f"skipped {error}", err=True)
    if as_json:
        echo_json(_report_to_json(report, index_folder))
    else:
        click.echo(_describe(report, index_folder))


def _describe(report: BuildReport, folder: Path) -> str:
    from indexer.readers.sources import ignored_suffixes

    counts = report.manifest.counts
    lines = [
        f"indexed {counts.articles:,} articles ({counts.excerpts:,} excerpts) as "
        f"{counts.passages:,} passages into {folder}",
        f"  embedded {counts.embedded:,} texts, took over {counts.reused:,}; "
        f"encoder {report.manifest.encoder.name}",
    ]
    if report.excerpts_replaced or report.repeats:
        lines.append(
            f"  folded {report.excerpts_replaced:,} excerpts into their articles and "
            f"{report.repeats:,} repeats"
        )
    if (pasted := report.manifest.boilerplate).sentences:
        lines.append(
            f"  took away {pasted.sentences:,} pasted sentences from {pasted.articles:,} "
            "articles; 'loanfaq inspect' lists them"
        )
    if ignored := ignored_suffixes(report.sources):
        kinds = ", ".join(f"{suffix} × {count}" for suffix, count in sorted(ignored.items()))
        lines.append(f"  passed over files of other kinds: {kinds}")
    if report.truncated:
        lines.append(f"  {report.truncated:,} texts were longer than the encoder reads: cut")
    if report.rejected:
        lines.append(f"  skipped {len(report.rejected):,} that could not be read (listed above)")
    return "\n".join(lines)


def _report_to_json(report: BuildReport, folder: Path) -> dict[str, object]:
    return {
        "index": str(folder),
        "build_id": report.manifest.build_id,
        "counts": asdict(report.manifest.counts),
        "excerpts_replaced": report.excerpts_replaced,
        "repeats": report.repeats,
        "truncated": report.truncated,
        "boilerplate": asdict(report.manifest.boilerplate),
        "ignored": [name for source in report.sources for name in source.ignored],
        "rejected": [str(error) for error in report.rejected],
    }


@click.command("inspect")
@click.argument("article_id", required=False, metavar="[ID]")
@index_option
@click.option("--verify", is_flag=True, help="Check the hash of every file.")
@json_option
def inspect_command(
    article_id: str | None, index_folder: Path, verify: bool, as_json: bool
) -> None:
    """Show what is in the index; with an article's ID, how it was split and segmented."""
    from indexer.inspection import (
        describe_article,
        describe_index,
        inspect_article,
        inspect_index,
        verify_index,
    )

    if verify:
        verify_index(index_folder)
    if article_id is None:
        overview = inspect_index(index_folder)
        if as_json:
            echo_json({**overview, "verified": verify})
        else:
            click.echo(describe_index(overview) + ("\nevery file is as written" if verify else ""))
    else:
        article = inspect_article(index_folder, article_id)
        if as_json:
            echo_json(article)
        else:
            click.echo(describe_article(article))
