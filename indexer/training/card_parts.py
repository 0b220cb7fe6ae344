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

# How a model learns from pairs: for what was judged, and for what teachers say.
JUDGED = """\
Pairs by multiple-negatives ranking in both directions (temperature {temperature:g}) over the pairs
judged the same, among all texts of a batch that no chain of such pairs ties to them, plus
CoSENT (scale {cosent_scale:g}, weight {cosent_weight:g}) over all pairs, set by set"""

TAUGHT = """\
From teachers: each step both texts of some pairs and, for each pair, {beside} drawn of the {near}
texts that the teachers find nearest its first; among all of them the mean of the teachers'
cosines, by Kullback-Leibler divergence of softmaxes (temperature {temperature:g}) plus, weighted
{squares_weight:g}, squared differences, those of cosines above 0.4 eleven times"""
