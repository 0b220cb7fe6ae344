from __future__ import annotations

from pathlib import Path

import pytest
from huggingface_hub import constants
from huggingface_hub.errors import RepositoryNotFoundError

from indexer.encoders import loading, open_encoder
from indexer.encoders.compact import CompactEncoder
from indexer.errors import EncoderError

NAME = "loanfaq-tests/there-is-no-such-model"


def test_a_compact_folder_opens_in_numpy(compact_folder: Path) -> None:
    assert isinstance(open_encoder(compact_folder), CompactEncoder)
    assert isinstance(open_encoder(str(compact_folder)), CompactEncoder)


def test_without_a_name_the_bundled_model_opens() -> None:
    assert isinstance(open_encoder(), CompactEncoder)


def test_a_model_of_ours_takes_no_prompts(compact_folder: Path) -> None:
    with pytest.raises(EncoderError, match="takes no prompts"):
        open_encoder(compact_folder, query_prompt="问：")
    assert isinstance(open_encoder(compact_folder, query_prompt=""), CompactEncoder)


@pytest.mark.parametrize("model", ["./none", "/none/such", "a/b/c", Path("none")])
def test_a_folder_that_is_not_there(model: str | Path) -> None:
    with pytest.raises(EncoderError, match="no such model folder; check the path"):
        open_encoder(model)


def test_a_name_without_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object, **__: object) -> None:
        raise ConnectionError("Name or service not known")

    monkeypatch.setattr(loading, "model_info", unreachable)
    with pytest.raises(EncoderError, match="hub cannot be reached; connect once to fetch it"):
        open_encoder(NAME)


def test_a_name_in_offline_mode(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    with pytest.raises(EncoderError, match="HF_HUB_OFFLINE forbids to fetch it"):
        open_encoder(NAME)


def test_a_name_that_the_hub_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    class UnknownError(RepositoryNotFoundError):
        def __init__(self) -> None:
            Exception.__init__(self, "404")

    def unknown(*_: object, **__: object) -> None:
        raise UnknownError

    monkeypatch.setattr(loading, "model_info", unknown)
    with pytest.raises(EncoderError, match="no such model on the Hugging Face hub"):
        open_encoder(NAME)


def test_a_bare_name_is_looked_up_where_the_library_looks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def note(name: str, **_: object) -> None:
        asked.append(name)
        raise ConnectionError("no network")

    monkeypatch.setattr(loading, "model_info", note)
    with pytest.raises(EncoderError, match="cannot be reached"):
        open_encoder("there-is-no-such-model")
    assert asked == ["sentence-transformers/there-is-no-such-model"]
