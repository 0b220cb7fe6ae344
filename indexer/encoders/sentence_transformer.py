"""Any sentence-transformers model as an encoder, by folder or by name on the hub."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from indexer.encoders.prompts import Prompts, choose_prompts
from indexer.encoders.protocol import Vectors
from indexer.errors import EncoderError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer


class SentenceTransformerEncoder:
    """Encodes with a sentence-transformers model (Reimers and Gurevych, arXiv:1908.10084).

    A text longer than the model's window is cut by the model; ``truncated`` counts how
    many were, so that whoever encodes can say so.

    Args:
        model: a loaded model.
        name: what people call it.
        identity: changes when the model's weights do.
        prompts: what goes before a question and before a passage.

    Attributes:
        name: what people call the model.
        dimension: how many numbers a vector has.
        prompts: in use.
        fingerprint: SHA-256 in hexadecimal over identity and prompts.
        truncated: how many texts were cut so far.
    """

    def __init__(
        self, model: SentenceTransformer, *, name: str, identity: str, prompts: Prompts
    ) -> None:
        """Encode a trial text, for the dimension."""
        self.name: Final = name
        self.prompts: Final = prompts
        key = "\0".join((identity, prompts.query, prompts.document))
        self.fingerprint: Final = hashlib.sha256(key.encode()).hexdigest()
        self.truncated = 0
        self._model = model
        # Models do not all know their dimension; a trial text also shows that it runs.
        self.dimension: Final = int(self._encode(["贷款"], "").shape[1])

    @classmethod
    def open(
        cls,
        model: str | Path,
        *,
        query_prompt: str | None = None,
        document_prompt: str | None = None,
        trust_remote_code: bool = False,
    ) -> SentenceTransformerEncoder:
        """Load a model; see ``indexer.encoders.open_encoder``.

        Raises:
            EncoderError: it cannot be loaded, or cannot encode.
        """
        try:
            from indexer.encoders.loading import load
        except ImportError as error:
            raise EncoderError(
                f"{model} needs sentence-transformers, which does not import ({error}); "
                "install loanfaq's dependencies anew"
            ) from error
        loaded = load(model, trust_remote_code=trust_remote_code)
        name = str(model)
        prompts = choose_prompts(name, loaded.model.prompts, query_prompt, document_prompt)
        try:
            return cls(loaded.model, name=name, identity=loaded.identity, prompts=prompts)
        except Exception as error:  # a model's own code can raise anything
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise EncoderError(f"{name} loads but does not encode a text: {reason}") from error

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        """Encode questions: ``(len(texts), dimension)`` float32, L2-normalised."""
        return self._encode(texts, self.prompts.query)

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        """Encode titles and passages: ``(len(texts), dimension)`` float32, L2-normalised."""
        return self._encode(texts, self.prompts.document)

    def _encode(self, texts: Sequence[str], prompt: str) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        self.truncated += self._count_too_long(texts, prompt)
        # An empty prompt is passed too: it keeps the model from adding one by default.
        vectors = self._model.encode(
            list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False
        )
        return np.asarray(vectors, dtype=np.float32)

    def _count_too_long(self, texts: Sequence[str], prompt: str) -> int:
        """How many texts have more tokens than the model's window takes."""
        from transformers import PreTrainedTokenizerBase

        window = self._model.max_seq_length
        tokenizer = getattr(self._model[0], "tokenizer", None)
        # Models without a transformer (static tables) have no window to cut by.
        if window is None or not isinstance(tokenizer, PreTrainedTokenizerBase):
            return 0
        # verbose=False: the count is ours to report, not a log line for each.
        tokens = tokenizer([prompt + text for text in texts], truncation=False, verbose=False)
        return sum(len(ids) > window for ids in tokens["input_ids"])
