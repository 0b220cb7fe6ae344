"""The losses against their formulas, written out by hand."""

from __future__ import annotations

from math import exp, log

import pytest
import torch
from torch import Tensor

from indexer.training.losses import cosent_loss, ranking_loss, teaching_loss


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


def places(*numbers: int) -> Tensor:
    return torch.tensor(numbers, dtype=torch.long)


def none_excluded(count: int) -> Tensor:
    return torch.eye(count, dtype=torch.bool)


def test_ranking_is_cross_entropy_over_all_other_texts_in_both_directions() -> None:
    vectors = torch.tensor([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    # The pair is 0 and 1; 2 is a stranger. Cosines: 0-1 0.6, 0-2 0, 1-2 0.8.
    forth = -log(exp(0.6) / (exp(0.6) + exp(0.0)))
    back = -log(exp(0.6) / (exp(0.6) + exp(0.8)))
    loss = ranking_loss(vectors, places(0), places(1), none_excluded(3), temperature=1.0)
    assert float(loss) == pytest.approx((forth + back) / 2, rel=1e-5)


def test_several_pairs_are_averaged() -> None:
    vectors = unit(0, 10, 90, 80)
    both = ranking_loss(vectors, places(0, 2), places(1, 3), none_excluded(4))
    one = ranking_loss(vectors, places(0), places(1), none_excluded(4))
    other = ranking_loss(vectors, places(2), places(3), none_excluded(4))
    assert float(both) == pytest.approx((float(one) + float(other)) / 2, rel=1e-5)


def test_the_temperature_divides_cosines() -> None:
    vectors = torch.tensor([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    forth = -log(exp(0.6 / 0.5) / (exp(0.6 / 0.5) + exp(0.0)))
    back = -log(exp(0.6 / 0.5) / (exp(0.6 / 0.5) + exp(0.8 / 0.5)))
    loss = ranking_loss(vectors, places(0), places(1), none_excluded(3), temperature=0.5)
    assert float(loss) == pytest.approx((forth + back) / 2, rel=1e-5)


def test_the_temperature_is_a_twentieth_unless_told() -> None:
    batch = unit(0, 40, 95), places(0), places(1), none_excluded(3)
    assert float(ranking_loss(*batch)) == pytest.approx(
        float(ranking_loss(*batch, temperature=0.05))
    )


def test_what_means_the_same_is_no_candidate_but_the_partner_is() -> None:
    vectors = unit(0, 10, 5)
    excluded = torch.ones(3, 3, dtype=torch.bool)
    loss = ranking_loss(vectors, places(0), places(1), excluded)
    assert float(loss) == pytest.approx(0.0, abs=1e-6)


def test_no_pair_gives_zero() -> None:
    assert float(ranking_loss(unit(0, 10), places(), places(), none_excluded(2))) == 0.0


def test_a_pair_counts_by_its_weight() -> None:
    vectors, excluded = unit(0, 10, 120, 150), none_excluded(4)
    one = ranking_loss(vectors, places(0), places(1), excluded)
    two = ranking_loss(vectors, places(2), places(3), excluded)
    weights = torch.tensor([0.5, 2.0])
    both = ranking_loss(vectors, places(0, 2), places(1, 3), excluded, weights=weights)
    assert float(both) == pytest.approx((0.5 * float(one) + 2 * float(two)) / 2, rel=1e-5)


def test_teaching_asks_for_the_told_order_of_neighbours_and_for_the_told_cosines() -> None:
    vectors = torch.tensor([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0]])
    # Cosines: 0-1 0.6, 0-2 0, 1-2 0.8. Told: 0-1 0.9, 0-2 0.1, 1-2 0.3.
    told = torch.tensor([[1.0, 0.9, 0.1], [0.9, 1.0, 0.3], [0.1, 0.3, 1.0]])

    def divergence(told: tuple[float, float], found: tuple[float, float]) -> float:
        wanted, there = ([exp(x) / sum(map(exp, row)) for x in row] for row in (told, found))
        return sum(p * log(p / q) for p, q in zip(wanted, there, strict=True))

    rows = [((0.9, 0.1), (0.6, 0.0)), ((0.9, 0.3), (0.6, 0.8)), ((0.1, 0.3), (0.0, 0.8))]
    # Only 0-1 is told as more than 0.4: it counts eleven times.
    squares = (11 * 0.3**2 + 0.1**2 + 0.5**2) / 3
    expected = sum(divergence(*row) for row in rows) / 3 + 2 * squares
    found = float(teaching_loss(vectors, told, temperature=1.0, squares=2.0))
    assert found == pytest.approx(expected, rel=1e-5)


def test_what_is_as_told_is_learnt() -> None:
    vectors = unit(0, 10, 120, 150)
    assert float(teaching_loss(vectors, vectors @ vectors.T)) == pytest.approx(0.0, abs=1e-6)


def test_one_text_alone_teaches_nothing_and_can_be_descended() -> None:
    vectors = unit(30).requires_grad_()
    loss = teaching_loss(vectors, torch.ones(1, 1))
    loss.backward()  # type: ignore[no-untyped-call]
    assert float(loss.detach()) == 0.0
