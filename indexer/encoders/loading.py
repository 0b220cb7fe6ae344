"""Finding and loading a sentence-transformers model, with errors that say what to do.

A name is looked for in the local cache first: what is there loads at once and offline.
Only else is the hub asked, once: left to itself the library asks a network that is not
there for more than a minute. Importing this imports torch.
"""

from __future__ import annotations

import hashlib
import os
import re
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import torch
from huggingface_hub import model_info
from huggingface_hub.errors import OfflineModeIsEnabled, RepositoryNotFoundError
from sentence_transformers import SentenceTransformer
from transformers.utils import logging as transformers_logging

from indexer.errors import EncoderError

_SECONDS_FOR_THE_HUB = 10.0
# Files that may shape a vector; cards, pictures and exports for other runtimes do not.
_SHAPING = {".bin", ".json", ".model", ".npy", ".py", ".safetensors", ".txt"}
_HUB_NAME = re.compile(r"[\w.-]+(/[\w.-]+)?")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True)
class Loaded:
    """A loaded model.

    Attributes:
        model: the model, in evaluation mode.
        identity: changes when the weights do: a digest of a folder's files, or a hub
            name and commit.
    """

    model: SentenceTransformer
    identity: str


def load(model: str | Path, *, trust_remote_code: bool) -> Loaded:
    """Load a model from a folder, the cache or the hub.

    Raises:
        EncoderError: one line that says why not and what to do.
    """
    settle_threads()
    if not sys.stderr.isatty():
        transformers_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    name = str(model)
    folder = Path(model).expanduser()
    if folder.is_dir():
        return Loaded(_load(name, str(folder), trust_remote_code), _digest(folder))
    if isinstance(model, Path) or not _HUB_NAME.fullmatch(name) or name.startswith("."):
        raise EncoderError(f"{name}: no such model folder; check the path")
    return _load_by_name(name, trust_remote_code)


@cache
def settle_threads() -> None:
    """Decide torch's threads once, before its OpenMP starts any.

    FAISS brings an OpenMP of its own, and on macOS two that run side by side crash the
    process; there the model runs on the GPU, and one thread beside it is enough.
    """
    if "OMP_NUM_THREADS" in os.environ:
        return
    if sys.platform == "darwin":
        torch.set_num_threads(1)
    elif hasattr(os, "sched_getaffinity"):
        # A container's share, where torch would count the whole machine.
        torch.set_num_threads(len(os.sched_getaffinity(0)))


def _load_by_name(name: str, trust_remote_code: bool) -> Loaded:
    try:
        model = SentenceTransformer(
            name, local_files_only=True, trust_remote_code=trust_remote_code
        )
    except Exception as error:
        if "trust_remote_code" in str(error):
            raise EncoderError(_refused(name)) from error
        return _load_from_hub(name, trust_remote_code)
    return Loaded(model, f"{name}@{_commit(model) or 'cached'}")


def _load_from_hub(name: str, trust_remote_code: bool) -> Loaded:
    try:
        commit = model_info(_hub_name(name), timeout=_SECONDS_FOR_THE_HUB).sha
    except RepositoryNotFoundError as error:
        raise EncoderError(
            f"{name}: no such folder, and no such model on the Hugging Face hub (or a private "
            "one); check the name"
        ) from error
    except OfflineModeIsEnabled as error:
        raise EncoderError(
            f"{name} is not in the local cache, and HF_HUB_OFFLINE forbids to fetch it; "
            "unset it, or name a model folder"
        ) from error
    except Exception as error:  # whatever the HTTP client raises for lack of a network
        raise EncoderError(
            f"{name} is not in the local cache, and the Hugging Face hub cannot be reached; "
            "connect once to fetch it, or name a model folder"
        ) from error
    return Loaded(_load(name, name, trust_remote_code, commit), f"{name}@{commit}")


def _load(name: str, source: str, trust: bool, revision: str | None = None) -> SentenceTransformer:
    try:
        return SentenceTransformer(
            source,
            trust_remote_code=trust,
            revision=revision,
            local_files_only=revision is None,
        )
    except Exception as error:  # a model's files can make the library raise anything
        if "trust_remote_code" in str(error):
            raise EncoderError(_refused(name)) from error
        reason = " ".join(str(error).split())[:200] or type(error).__name__
        raise EncoderError(
            f"{name} does not load as a sentence-transformers model: {reason}"
        ) from error


def _refused(name: str) -> str:
    return f"{name} brings code of its own; read it, then add --trust-remote-code to run it"


def _hub_name(name: str) -> str:
    """The full name: sentence-transformers looks in its own organisation for a bare one."""
    return name if "/" in name else f"{SentenceTransformer.default_huggingface_organization}/{name}"


def _commit(model: SentenceTransformer) -> str | None:
    """The hub commit of a model out of the cache, whose folders are named by commits."""
    revision = model.model_card_data.base_model_revision
    if revision is not None and _COMMIT.fullmatch(revision):
        return revision
    transformer = model.transformers_model
    return None if transformer is None else getattr(transformer.config, "_commit_hash", None)


def _digest(folder: Path) -> str:
    """SHA-256 in hexadecimal over the files of a model folder that may shape a vector."""
    digest = hashlib.sha256()
    for path in sorted(p for p in folder.rglob("*") if p.suffix in _SHAPING and p.is_file()):
        with path.open("rb") as content:
            inner = hashlib.file_digest(content, "sha256").hexdigest()
        digest.update(f"{path.relative_to(folder).as_posix()} {inner}\n".encode())
    return digest.hexdigest()
