"""What can be set about the site, by environment variables or by ``loanfaq serve``."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexer.errors import InputError
from indexer.locations import default_index_folder, default_state_folder


class Settings(BaseSettings):
    """Settings of the site; each is also an environment variable, such as ``LOANFAQ_PORT``.

    Attributes:
        index: folder that holds the index.
        state: folder of what visitors leave behind (likes); never inside the index.
        host: address to listen at; only this machine unless told otherwise.
        port: port to listen at; 0 takes any free one.
        workers: worker processes.
        results_per_page: articles on one page of results or of a category.
        popular_questions: questions offered on the home page.
        access_log: write a line to stderr for each request, with personal numbers masked.
    """

    model_config = SettingsConfigDict(env_prefix="LOANFAQ_", frozen=True, extra="forbid")

    index: Path = Field(default_factory=default_index_folder)
    state: Path = Field(default_factory=default_state_folder)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    results_per_page: int = Field(default=10, ge=1, le=50)
    popular_questions: int = Field(default=8, ge=0, le=50)
    access_log: bool = False


def read_settings(**given: object) -> Settings:
    """Settings from the environment, with what is given (and not None) put over them.

    Raises:
        InputError: a value is not what it should be; the message names its setting.
    """
    chosen = {name: value for name, value in given.items() if value is not None}
    try:
        return Settings(**chosen)  # type: ignore[arg-type]  # checked by pydantic
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"])
        raise InputError(f"LOANFAQ_{name.upper()}: {first['msg']}") from None
