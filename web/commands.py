"""``loanfaq serve``. What it needs is imported when it runs, to keep ``--help`` quick."""

from __future__ import annotations

from pathlib import Path

import click

from indexer.options import index_option
from web.options import state_option


@click.command("serve")
@index_option
@state_option
@click.option(
    "--host",
    show_default="127.0.0.1",
    metavar="ADDRESS",
    help="Address to listen at (environment: LOANFAQ_HOST).",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    show_default="8000",
    help="Port to listen at; 0 takes a free one (environment: LOANFAQ_PORT).",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    show_default="1",
    help="Worker processes (environment: LOANFAQ_WORKERS).",
)
@click.option(
    "--access-log",
    is_flag=True,
    default=None,
    help="Write a line to stderr for each request, personal numbers masked"
    " (environment: LOANFAQ_ACCESS_LOG).",
)
def serve(
    index_folder: Path,
    state_folder: Path | None,
    host: str | None,
    port: int | None,
    workers: int | None,
    access_log: bool | None,
) -> None:
    """Serve the site and the JSON endpoint until Ctrl-C or SIGTERM.

    One line on stdout says when it is ready. Options win over environment variables.
    """
    from indexer.errors import InputError
    from web.server import serve as serve_until_stopped
    from web.settings import read_settings

    try:
        settings = read_settings(
            index=index_folder,
            state=state_folder,
            host=host,
            port=port,
            workers=workers,
            access_log=access_log,
        )
    except InputError as error:
        raise click.UsageError(str(error)) from None
    serve_until_stopped(settings)
