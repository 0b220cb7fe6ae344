"""Options that several commands of the site share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., object])


def state_option(command: Command) -> Command:
    """``--state DIR``, or LOANFAQ_STATE, or the folder in the user's data folder."""
    return click.option(
        "--state",
        "state_folder",
        type=click.Path(file_okay=False, path_type=Path),
        show_default="state folder in your data folder",
        metavar="DIR",
        help="The folder of what visitors leave, such as likes (environment: LOANFAQ_STATE).",
    )(command)
