"""The losses against their formulas, written out by hand."""

from __future__ import annotations

from math import exp, log

import pytest
import torch
from torch import Tensor

from indexer.training.losses import cosent_loss, multiple_negatives_loss

NO_VECTORS = torch.zeros(0, 2)
NO_CLUSTERS = torch.zeros(0, dtype=torch.long)


def test_cosent_sums_over_pairs_in_the_wrong_order() -> None:
    cosines = torch.tensor([0.9, 0.2, 0.5])
    same = torch.tensor([True, True, False])
    expected = log(1 + exp(20 * (0.5 - 0.9)) + exp(20 * (0.5 - 0.2)))
    assert float(cosent_loss(cosines, same)) == pytest.approx(expected, rel=1e-5)


def test_cosent_with_several_of_both() -> None:
    cosines = torch.tensor([0.9, 0.2, 0.5, -0.1])
    same = torch.tensor([True, True, False, False])
    wrong = [(0.5, 0.9), (0.5, 0.2), (-0.1, 0.9), (-0.1, 0.2)]
    expected = log(1 + sum(exp(3 * (i - j)) for i, j in wrong))
    assert float(cosent_loss(cosines, same, scale=3)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("same", [[True, True], [False, False]])
def test_cosent_of_one_judgment_is_zero_and_can_be_descended(same: list[bool]) -> None:
    cosines = torch.tensor([0.9, 0.2], requires_grad=True)
    loss = cosent_loss(cosines, torch.tensor(same))
    loss.backward()  # type: ignore[no-untyped-call]
    assert float(loss.detach()) == 0.0
    assert cosines.grad is not None
    assert not cosines.grad.any()


def unit(*degrees: float) -> Tensor:
    radians = torch.deg2rad(torch.tensor(degrees))
    return torch.stack([radians.cos(), radians.sin()], dim=1)


def test_ranking_is_cross_entropy_in_both_directions() -> None:
    first = torch.tensor([[1.0, 0.0], [0.0, 1.0]])
    second = torch.tensor([[0.6, 0.8], [0.0, 1.0]])
    # Cosines: first 0 with second 0.6 and 0; first 1 with second 0.8 and 1.
    forth = -log(exp(0.6) / (exp(0.6) + exp(0))) - log(exp(1) / (exp(0.8) + exp(1)))
    back = -log(exp(0.6) / (exp(0.6) + exp(0.8))) - log(exp(1) / (exp(0) + exp(1)))
    loss = multiple_negatives_loss(
        first, second, NO_VECTORS, torch.tensor([0, 1]), NO_CLUSTERS, temperature=1.0
    )
    assert float(loss) == pytest.approx((forth / 2 + back / 2) / 2, rel=1e-5)


def test_labelled_negatives_are_candidates_of_both_directions() -> None:
    first, second = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.6, 0.8]])
    negative = torch.tensor([[0.0, 1.0]])
    forth = -log(exp(0.6 / 0.5) / (exp(0.6 / 0.5) + exp(0 / 0.5)))
    back = -log(exp(0.6 / 0.5) / (exp(0.6 / 0.5) + exp(0.8 / 0.5)))
    loss = multiple_negatives_loss(
        first, second, negative, torch.tensor([0]), torch.tensor([1]), temperature=0.5
    )
    assert float(loss) == pytest.approx((forth + back) / 2, rel=1e-5)


def test_the_temperature_is_a_twentieth_unless_told() -> None:
    vectors = unit(0, 40, 95), unit(10, 70, 90), NO_VECTORS, torch.arange(3), NO_CLUSTERS
    assert float(multiple_negatives_loss(*vectors)) == pytest.approx(
        float(multiple_negatives_loss(*vectors, temperature=0.05))
    )


def test_pairs_of_one_cluster_are_no_negatives_of_each_other() -> None:
    first, second = unit(0, 5, 90), unit(10, 15, 80)
    masked = multiple_negatives_loss(
        first, second, NO_VECTORS, torch.tensor([7, 7, 8]), NO_CLUSTERS, temperature=1.0
    )
    cos = (first @ second.T).tolist()
    forth = [
        -cos[0][0] + log(exp(cos[0][0]) + exp(cos[0][2])),
        -cos[1][1] + log(exp(cos[1][1]) + exp(cos[1][2])),
        -cos[2][2] + log(exp(cos[2][0]) + exp(cos[2][1]) + exp(cos[2][2])),
    ]
    back = [
        -cos[0][0] + log(exp(cos[0][0]) + exp(cos[2][0])),
        -cos[1][1] + log(exp(cos[1][1]) + exp(cos[2][1])),
        -cos[2][2] + log(exp(cos[0][2]) + exp(cos[1][2]) + exp(cos[2][2])),
    ]
    assert float(masked) == pytest.approx((sum(forth) / 3 + sum(back) / 3) / 2, rel=1e-5)


def test_a_negative_of_a_pairs_own_cluster_is_masked() -> None:
    first, second, negative = unit(0, 90), unit(10, 80), unit(5)
    with_it = multiple_negatives_loss(
        first[:1], second[:1], negative, torch.tensor([7]), torch.tensor([7])
    )
    assert float(with_it) == pytest.approx(0.0, abs=1e-6)


def test_no_pair_gives_zero() -> None:
    nothing = multiple_negatives_loss(NO_VECTORS, NO_VECTORS, NO_VECTORS, NO_CLUSTERS, NO_CLUSTERS)
    assert float(nothing) == 0.0
