"""What can be set about the site, by environment variables or by ``loanfaq serve``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from limits import parse_many
from pydantic import AfterValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from indexer.errors import InputError
from indexer.locations import default_index_folder, default_state_folder
from search.dated import DEFAULT_MONTHS, MOST_MONTHS


def _check_limit(text: str) -> str:
    if text:
        parse_many(text)
    return text


RateLimit = Annotated[str, AfterValidator(_check_limit)]


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
        dated_after_months: content checked longer ago than this is shown with that month.
        access_log: write a line to stderr for each request, with personal numbers masked.
        metrics: tell counts and times at ``/metrics``.
        query_log: keep what is asked, with personal numbers masked, in the state database.
        query_log_days: how long it is kept.
        rate_limit: requests that one client may make, such as ``300/minute``, or several of
            these joined by ``;``; empty for no limit.
        write_rate_limit: likes and feedback that one client may send; also empty for none.
        rate_limit_storage: where they are counted: ``memory://`` in each worker by itself,
            ``redis://HOST:PORT`` for all workers together.
        trusted_proxies: proxies of one's own in front, each of which adds to
            ``X-Forwarded-For``; with 0 that header is never believed.
    """

    model_config = SettingsConfigDict(env_prefix="LOANFAQ_", frozen=True, extra="forbid")

    index: Path = Field(default_factory=default_index_folder)
    state: Path = Field(default_factory=default_state_folder)
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    workers: int = Field(default=1, ge=1, le=64)
    results_per_page: int = Field(default=10, ge=1, le=50)
    popular_questions: int = Field(default=8, ge=0, le=50)
    dated_after_months: int = Field(default=DEFAULT_MONTHS, ge=1, le=MOST_MONTHS)
    access_log: bool = False
    metrics: bool = True
    query_log: bool = False
    query_log_days: int = Field(default=90, ge=1, le=3650)
    rate_limit: RateLimit = "300/minute"
    write_rate_limit: RateLimit = "30/minute"
    rate_limit_storage: str = "memory://"
    trusted_proxies: int = Field(default=0, ge=0, le=10)


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
