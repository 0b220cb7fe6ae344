"""Where the index and the state live unless a setting says otherwise."""

from __future__ import annotations

from pathlib import Path

from platformdirs import user_data_path


def default_index_folder() -> Path:
    """The index folder in the user's data folder (``~/.local/share/loanfaq/index``)."""
    return user_data_path("loanfaq", appauthor=False) / "index"


def default_state_folder() -> Path:
    """The folder of likes and feedback in the user's data folder."""
    return user_data_path("loanfaq", appauthor=False) / "state"
