"""Matrices go down by Muon, all else by AdamW."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import Tensor, nn

from indexer.encoders.compact_files import Shape
from indexer.encoders.compact_network import CompactNetwork
from indexer.errors import InputError
from indexer.training.descent import Descent, Group, groups_of
from indexer.training.muon import Muon, orthogonal

SHAPE = Shape(dimension=8, layers=(1,), heads=2, window=4)


def iterated(value: float) -> float:
    """What the publication's polynomial makes of one singular value in five rounds."""
    for _ in range(5):
        value = 3.4445 * value - 4.7750 * value**3 + 2.0315 * value**5
    return value


def of_singular_values(values: Sequence[float], rows: int, columns: int, seed: int) -> Tensor:
    torch.manual_seed(seed)
    left = torch.linalg.qr(torch.randn(rows, rows)).Q[:, : len(values)]
    right = torch.linalg.qr(torch.randn(columns, columns)).Q[:, : len(values)]
    made: Tensor = left @ torch.diag(torch.tensor(values)) @ right.T
    return made


def stepped(weight: Tensor, grads: Sequence[Tensor], rate: float = 0.5) -> Tensor:
    learnt = nn.Parameter(weight.clone())
    muon = Muon([{"params": [learnt], "lr": rate}])
    for grad in grads:
        learnt.grad = grad.clone()
        muon.step()
    return learnt.detach()


@given(
    rows=st.integers(1, 9),
    columns=st.integers(1, 9),
    scale=st.floats(1e-3, 1e3),
    seed=st.integers(0, 99),
)
def test_a_matrix_becomes_orthogonal_whatever_its_shape_and_length(
    rows: int, columns: int, scale: float, seed: int
) -> None:
    shorter = min(rows, columns)
    values = [scale * (1 + n) / shorter for n in range(shorter)]
    found = orthogonal(of_singular_values(values, rows, columns, seed))
    assert found.shape == (rows, columns)
    singular = torch.linalg.svdvals(found)
    assert 0.6 < float(singular.min()) <= float(singular.max()) < 1.25


def test_directions_stay_and_each_length_goes_by_the_polynomial() -> None:
    # Of length 5 in all, so the singular values begin at 0.6 and 0.8.
    found = orthogonal(torch.diag(torch.tensor([3.0, 4.0])))
    expected = torch.diag(torch.tensor([iterated(0.6), iterated(0.8)]))
    torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-5)


def test_nothing_is_made_of_nothing() -> None:
    assert not bool(orthogonal(torch.zeros(3, 2)).any())


def test_a_step_is_a_fifth_of_the_rate_for_each_number_whatever_the_gradient() -> None:
    # A column of four numbers of which one goes down: 0.2 * sqrt(4) times the rate.
    grad = torch.tensor([[0.0], [7.0], [0.0], [0.0]])
    expected = torch.tensor([[0.0], [-0.5 * 0.2 * 2 * iterated(1.0)], [0.0], [0.0]])
    for scale in (1.0, 1e-2):
        found = stepped(torch.zeros(4, 1), [scale * grad])
        torch.testing.assert_close(found, expected, atol=1e-5, rtol=1e-5)


def test_the_step_before_counts_as_well() -> None:
    first, second = torch.tensor([[1.0, 0.0]]), torch.tensor([[0.0, 1.0]])
    found = stepped(torch.zeros(1, 2), [first, second]) - stepped(torch.zeros(1, 2), [first])
    # Momentum is 0.05 * second + 0.95 * 0.05 * first; the gradient itself counts a twentieth.
    way = torch.tensor([[0.95 * 0.95 * 0.05, 0.05 + 0.95 * 0.05]])
    length = 0.5 * 0.2 * 2**0.5 * iterated(1.0)
    torch.testing.assert_close(found, -length * way / way.norm(), atol=1e-5, rtol=1e-5)


def test_what_has_no_gradient_stays() -> None:
    weight = nn.Parameter(torch.ones(2, 2))
    Muon([{"params": [weight], "lr": 0.5}]).step()
    assert torch.equal(weight.detach(), torch.ones(2, 2))


def test_muon_takes_the_matrices_of_layers_and_neither_tables_nor_what_is_frozen() -> None:
    network = CompactNetwork(5, SHAPE)
    layer = network.newest.layers[0]
    assert isinstance(layer.attended, nn.Linear)
    layer.attended.requires_grad_(False)
    others, matrices = groups_of([network.newest, network.inputs], 0.1)
    assert [list(weight.shape) for weight in matrices.weights] == [[24, 8], [32, 8], [8, 32]]
    assert (matrices.by_muon, others.by_muon) == (True, False)
    left = {id(weight) for weight in others.weights}
    assert {id(network.inputs.weight), id(network.newest.positions)} <= left
    assert not left & {id(weight) for weight in layer.attended.parameters()}


def wandering(steps: int) -> tuple[nn.Linear, Descent]:
    """A layer that descends towards nothing."""
    torch.manual_seed(3)
    layer = nn.Linear(4, 3)
    return layer, Descent(groups_of([layer], 0.05), steps)


def test_a_descent_that_is_restored_goes_on_as_it_would_have() -> None:
    through, descent = wandering(20)
    for _ in range(7):
        descent.step((through.weight**2).sum() + (through.bias**2).sum())
    again, restored = wandering(20)
    again.load_state_dict(through.state_dict())
    restored.restore(deepcopy(descent.state()))  # As from a file: nothing is shared.
    for layer, own in ((through, descent), (again, restored)):
        for _ in range(7):
            own.step((layer.weight**2).sum() + (layer.bias**2).sum())
    assert torch.equal(through.weight, again.weight)
    assert torch.equal(through.bias, again.bias)


def test_both_kinds_go_down_and_rates_fall_to_nothing() -> None:
    layer, descent = wandering(30)
    before = [float(weight.detach().norm()) for weight in (layer.weight, layer.bias)]
    losses = [descent.step((layer.weight**2).sum() + (layer.bias**2).sum()) for _ in range(30)]
    after = [float(weight.detach().norm()) for weight in (layer.weight, layer.bias)]
    assert all(now < was for now, was in zip(after, before, strict=True))
    assert losses[-1] < losses[0] / 2
    stood = layer.weight.detach().clone()
    descent.step((layer.weight**2).sum())
    assert torch.equal(layer.weight.detach(), stood)


def test_a_loss_that_is_no_number_ends_the_run() -> None:
    layer, descent = wandering(5)
    with pytest.raises(InputError, match="training diverged, no model was written"):
        descent.step(layer.weight.sum() * float("nan"))


def test_groups_without_weights_are_left_out() -> None:
    weight = nn.Parameter(torch.ones(2, 2))
    descent = Descent([Group([], 0.1, by_muon=True), Group([weight], 0.1)], 4)
    assert descent.step((weight**2).sum()) == pytest.approx(4)
    assert len(descent.state()["optimizers"]) == 1
