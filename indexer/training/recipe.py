"""How a bag encoder is trained: every number that shapes it, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a training run.

    Attributes:
        dimension: how many numbers a vector has.
        epochs: how often each pair is seen.
        batch_size: pairs a step.
        learning_rate: Adam's at the first step; it falls linearly to 0 at the last.
        min_count: how many texts must share a feature for it to be known.
        max_features: how many features are known at most.
        dropout: the share of a text's features left out at random in each step.
        cosent_weight: weight of the loss over judged pairs, against 1 for the ranking.
        cosent_scale: scale of CoSENT's cosines.
        temperature: of the ranking's softmax.
        seed: of the starting table, the order of pairs, negatives and dropout.
    """

    dimension: int = 256
    epochs: int = 4
    batch_size: int = 1024
    learning_rate: float = 2e-2
    min_count: int = 4
    max_features: int = 49_000
    dropout: float = 0.4
    cosent_weight: float = 0.1
    cosent_scale: float = 20.0
    temperature: float = 0.05
    seed: int = 13
