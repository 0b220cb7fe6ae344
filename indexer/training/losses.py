"""What training makes small: one loss over judged pairs, one over a batch's strangers."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


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


def multiple_negatives_loss(
    first: Tensor,
    second: Tensor,
    negatives: Tensor,
    clusters: Tensor,
    negative_clusters: Tensor,
    temperature: float = 0.05,
) -> Tensor:
    """Symmetric multiple-negatives ranking: find your partner among the whole batch.

    Each question must pick its partner out of the partners of all pairs and the
    labelled negatives, by softmax of ``cos / temperature``; then the partners pick
    their questions likewise, and the two cross entropies are averaged. In-batch
    negatives: Henderson et al., "Efficient Natural Language Response Suggestion for
    Smart Reply", 2017, arXiv:1705.00652; both directions: Radford et al., "Learning
    Transferable Visual Models From Natural Language Supervision", 2021,
    arXiv:2103.00020; a labelled hard negative each: Gao et al., "SimCSE", 2021,
    arXiv:2104.08821. Candidates of a pair's own cluster other than its partner are
    masked: they are the same question.

    Args:
        first: ``(n, dim)`` L2-normalised vectors of pairs judged the same.
        second: ``(n, dim)`` L2-normalised, their partners.
        negatives: ``(m, dim)`` L2-normalised, questions judged different from one of
            the pairs'; ``m`` may be 0.
        clusters: ``(n,)`` the cluster of each pair.
        negative_clusters: ``(m,)`` the cluster of each negative.
        temperature: the softmax temperature.

    Returns:
        A scalar, the mean over pairs and directions; 0 where there is no pair.
    """
    if len(first) == 0:
        return first.sum() * 0.0
    own = torch.eye(len(first), dtype=torch.bool, device=first.device)
    twins = (clusters[:, None] == clusters[None, :]) & ~own
    masked = torch.cat([twins, clusters[:, None] == negative_clusters[None, :]], dim=1)
    target = torch.arange(len(first), device=first.device)

    def pick(asking: Tensor, answering: Tensor) -> Tensor:
        logits = asking @ torch.cat([answering, negatives]).T / temperature
        return functional.cross_entropy(logits.masked_fill(masked, float("-inf")), target)

    return (pick(first, second) + pick(second, first)) / 2
