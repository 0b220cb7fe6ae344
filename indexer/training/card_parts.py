"""What the card of a model says that depends on which kind of model it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CardParts:
    """Parts of a card, in Markdown.

    Attributes:
        title: of the card.
        about: what the model is made of.
        use: how it is used.
        terms: what of the texts it learnt from is in the folder.
        recipe: how it was trained.
        limits: lines on what it cannot do.
    """

    title: str
    about: str
    use: str
    terms: str
    recipe: str
    limits: tuple[str, ...]


KEPT = """ Weighted {keep_weight:g}, the distance that titles and leads of the bundled
corpus moved from where the start puts them."""
