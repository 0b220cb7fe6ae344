"""What training makes small: over judged pairs, over a batch's strangers, over what is told."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

# Cosines of texts that teachers find this alike count so much more: there answers are decided.
_ALIKE, _COUNTS = 0.4, 11.0


def cosent_loss(cosines: Tensor, same: Tensor, scale: float = 20.0) -> Tensor:
    """CoSENT: every pair judged the same must lie closer than every pair judged not.

    ``log(1 + sum over (i not same, j same) of exp(scale * (cos_i - cos_j)))``: Su Jianlin,
    "CoSENT (1): a more effective sentence-vector scheme than Sentence-BERT", 2022,
    https://kexue.fm/archives/8847. The double sum is a product of two single ones, so
    it costs O(n), not O(n^2).

    Args:
        cosines: ``(n,)`` cosine of each pair, -1 to 1.
        same: ``(n,)`` bool, True where the pair was judged the same.
        scale: the inverse temperature.

    Returns:
        A scalar; 0 where the batch holds pairs of one judgment only.
    """
    if not bool(same.any()) or bool(same.all()):
        return cosines.sum() * 0.0
    unlike = torch.logsumexp(scale * cosines[~same], dim=0)
    like = torch.logsumexp(-scale * cosines[same], dim=0)
    return functional.softplus(unlike + like)


def ranking_loss(
    vectors: Tensor,
    first: Tensor,
    second: Tensor,
    excluded: Tensor,
    temperature: float = 0.05,
    weights: Tensor | None = None,
) -> Tensor:
    """Symmetric multiple-negatives ranking: find your partner among the whole batch.

    Each text of a pair judged the same must pick its partner out of all texts of the batch,
    by softmax of ``cos / temperature``; cross entropies are averaged over both directions.
    In-batch negatives: Henderson et al., "Efficient Natural Language Response Suggestion for
    Smart Reply", 2017, arXiv:1705.00652; both directions: Radford et al., "Learning
    Transferable Visual Models From Natural Language Supervision", 2021, arXiv:2103.00020;
    labelled hard negatives, which are texts of the batch as well: Gao et al., "SimCSE",
    2021, arXiv:2104.08821.

    Args:
        vectors: ``(m, dim)`` L2-normalised vectors of the batch's distinct texts.
        first: ``(n,)`` int64, places of one text of each pair judged the same.
        second: ``(n,)`` int64, places of their partners.
        excluded: ``(m, m)`` bool, True where a text is no candidate for another: it means
            the same. A pair's own partner is a candidate all the same.
        temperature: the softmax temperature.
        weights: ``(n,)`` of the pairs; None for 1 each.

    Returns:
        A scalar, the mean over pairs and directions of their weighted cross entropies; 0
        where there is no pair.
    """
    if len(first) == 0:
        return vectors.sum() * 0.0
    logits = vectors @ vectors.T / temperature

    def pick(asking: Tensor, partner: Tensor) -> Tensor:
        masked = excluded[asking].scatter(1, asking[:, None], value=True)
        masked = masked.scatter(1, partner[:, None], value=False)
        found = logits[asking].masked_fill(masked, -torch.inf)
        each = functional.cross_entropy(found, partner, reduction="none")
        return (each if weights is None else each * weights).mean()

    return (pick(first, second) + pick(second, first)) / 2


def teaching_loss(
    vectors: Tensor, told: Tensor, temperature: float = 0.05, squares: float = 20.0
) -> Tensor:
    """Cosines as they are told: the order of each text's neighbours, and how near they are.

    For each text the Kullback-Leibler divergence of its softmax over all others from the told
    one (Fang et al., "SEED: Self-supervised Distillation for Visual Representation", 2021,
    arXiv:2101.04731), and the squared difference of every cosine (the distance-wise loss of
    Park et al., "Relational Knowledge Distillation", 2019, arXiv:1904.05068, with squares),
    eleven times for cosines told as more than 0.4.

    Args:
        vectors: ``(m, dim)`` L2-normalised vectors of distinct texts.
        told: ``(m, m)`` cosines that they should have.
        temperature: of the softmax.
        squares: weight of the mean square against 1 for the mean divergence.

    Returns:
        A scalar; 0 where the cosines are as told, or for a single text.
    """
    if len(vectors) < 2:
        return vectors.sum() * 0.0
    told = told.to(vectors.device)
    others = ~torch.eye(len(vectors), dtype=torch.bool, device=vectors.device)
    found, wanted = (
        cosines[others].view(len(vectors), -1) for cosines in (vectors @ vectors.T, told)
    )
    divergence = functional.kl_div(
        functional.log_softmax(found / temperature, dim=1),
        functional.log_softmax(wanted / temperature, dim=1),
        reduction="batchmean",
        log_target=True,
    )
    counts = 1 + (_COUNTS - 1) * (wanted > _ALIKE)
    return divergence + squares * (counts * (found - wanted) ** 2).mean()
