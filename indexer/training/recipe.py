"""How an encoder is trained: every number that shapes it, in one place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Recipe:
    """The settings of a training run.

    The sizes of the network matter only from nothing, an adapted model keeps its own; what
    begins with ``pretrain`` matters from nothing and to a model that grows.

    Attributes:
        dimension: how many numbers a vector has.
        layers: of the transformer of a new model.
        grow: layers of another transformer to put beside those of the start, which stay as
            they are; 0 for none.
        heads: of its attention.
        window: how many characters it reads at once.
        min_count: how many texts must share a bigram for it to be known.
        max_bigrams: how many bigrams are known at most.
        pretrain_steps: steps of masked reading; 0 for none.
        pretrain_characters: in each of them, about.
        pretrain_rate: the learning rate that they begin with, of Muon and of AdamW.
        masked: the share of words hidden.
        steps: steps over pairs.
        batch_pairs: pairs in each of them, about.
        near: taught, how many texts the teachers find nearest the first of a pair.
        beside: taught, how many of these are drawn to stand beside the pair.
        rate: the learning rate of transformers' weights at the first of them.
        input_rate: of the rows that transformers read.
        bag_rate: of the rows that the bag sums.
        dropout: of what transformers read and of what their layers add.
        bag_dropout: the share of a text's rows that the bag leaves out at random.
        hidden: the share of characters hidden from transformers.
        cosent_weight: weight of the loss over judged pairs, against 1 for the ranking.
        cosent_scale: scale of CoSENT's cosines.
        temperature: of the ranking's softmax, and of the teachers'.
        squares_weight: taught, weight of the squared differences against 1 for the divergence.
        short_weight: weight of the losses over the first half of the numbers alone.
        alone_weight: weight of the losses over the newest transformer alone.
        keep_weight: adapting, weight of staying where the start puts other texts.
        evaluate_every: steps from one measurement on the dev pairs to the next.
        patience: measurements without a gain after which training ends.
        seed: of all chance.
    """

    dimension: int = 256
    layers: int = 2
    grow: int = 0
    heads: int = 4
    window: int = 128
    min_count: int = 3
    max_bigrams: int = 44_000
    pretrain_steps: int = 2_000
    pretrain_characters: int = 4_096
    pretrain_rate: float = 2e-3
    masked: float = 0.22
    steps: int = 1_200
    batch_pairs: int = 400
    near: int = 48
    beside: int = 14
    rate: float = 6e-4
    input_rate: float = 2e-3
    bag_rate: float = 2e-2
    dropout: float = 0.1
    bag_dropout: float = 0.4
    hidden: float = 0.04
    cosent_weight: float = 0.1
    cosent_scale: float = 20.0
    temperature: float = 0.05
    squares_weight: float = 20.0
    short_weight: float = 0.3
    alone_weight: float = 0.5
    keep_weight: float = 5.0
    evaluate_every: int = 100
    patience: int = 5
    seed: int = 13


# A site's own few hundred pairs, from a model that is trained already.
ADAPT = Recipe(
    steps=60,
    batch_pairs=128,
    rate=1e-4,
    input_rate=3e-4,
    bag_rate=1e-3,
    evaluate_every=15,
    patience=2,
)

# Another transformer, which shall err in other places: it learns by itself.
GROW = Recipe(
    grow=4,
    pretrain_steps=2_700,
    pretrain_rate=1e-3,
    steps=2_300,
    batch_pairs=290,
    rate=5e-4,
    alone_weight=1.0,
    keep_weight=0.0,
)

# A model that learns from others what they would say, rather than from judgments.
TEACH = Recipe(
    steps=1_000,
    batch_pairs=30,
    rate=4e-4,
    input_rate=1.2e-3,
    bag_rate=4e-3,
    bag_dropout=0.2,
    keep_weight=0.0,
    evaluate_every=100,
    patience=5,
)

# Another kind of model, adapted, which only its one rate and the losses shape.
TUNE = Recipe(
    steps=200,
    batch_pairs=64,
    rate=3e-5,
    cosent_weight=0.5,
    keep_weight=1.0,
    evaluate_every=40,
    patience=2,
)
