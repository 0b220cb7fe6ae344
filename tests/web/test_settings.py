"""Settings come from the environment, and options win over it."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import InputError
from web.settings import read_settings


def test_defaults_keep_to_this_machine() -> None:
    settings = read_settings()

    assert (settings.host, settings.port, settings.workers) == ("127.0.0.1", 8000, 1)
    assert settings.index != settings.state
    assert settings.state not in settings.index.parents


def test_the_environment_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOANFAQ_PORT", "9000")
    monkeypatch.setenv("LOANFAQ_INDEX", "/srv/index")

    assert read_settings(port=None).port == 9000
    assert read_settings().index == Path("/srv/index")


def test_what_is_given_wins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOANFAQ_PORT", "9000")

    assert read_settings(port=9001).port == 9001


def test_a_wrong_value_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOANFAQ_WORKERS", "many")

    with pytest.raises(InputError, match=r"^LOANFAQ_WORKERS: .*integer"):
        read_settings()
