"""What a text is about, as values that can be compared and kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Literal, get_args

QuantityKind = Literal[
    "rate", "spread", "percent", "share", "amount", "duration", "year", "month", "day", "age",
    "count",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Product:
    """A product, a platform or a kind of loan.

    Attributes:
        name: as `data/lexicon/subjects.txt` has it on the left.
        wider: every platform and kind that it belongs to: 京东 and 网贷 for 京东白条.
    """

    name: str
    wider: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that means something.

    Attributes:
        kind: ``rate`` a year's simple interest as a fraction of the principal, a month being
            a twelfth and a day a 360th of a year; ``spread`` what is added to the LPR, as a
            fraction; ``share`` a part of a whole, such as a down payment; ``percent`` one of
            these two where the text does not say which; ``amount`` in 元; ``duration`` in
            days, a month being 30 and a year 360; ``year``, ``month`` and ``day`` of a
            date; ``age`` in years; ``count`` of what `role` names.
        value: exact.
        role: what it counts or measures where that matters: ``overdue`` for how long
            something is overdue, ``ago`` for how long ago it was, ``income`` for what somebody
            earns, ``over`` for all rates from this one on, the measure word of a count; else
            empty.
    """

    kind: QuantityKind
    value: Fraction
    role: str = ""


@dataclass(frozen=True, slots=True)
class Aspects:
    """What a text is about.

    Attributes:
        products: what it is about by name, the narrowest named: 京东白条, not 京东 as well.
        touched: what an article's tags name that its title does not; a question has none.
        quantities: its numbers.
        contrasts: sides that it is on by contrast, as `data/lexicon/contrasts.ini` names
            both: ``{"还清": frozenset({"否"})}`` for 没还清.
    """

    products: tuple[Product, ...] = ()
    touched: tuple[Product, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    contrasts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """An object that `from_json` reads; empty parts are left out."""
        parts: dict[str, object] = {
            "products": _products_to_json(self.products),
            "touched": _products_to_json(self.touched),
            "quantities": [[each.kind, str(each.value), each.role] for each in self.quantities],
            "contrasts": {axis: sorted(sides) for axis, sides in self.contrasts.items()},
        }
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> Aspects:
        """Aspects as `to_json` gave them.

        Raises:
            ValueError, TypeError, AttributeError: it is no such object.
        """
        return cls(
            _products_from_json(values.get("products", {})),
            _products_from_json(values.get("touched", {})),
            tuple(
                Quantity(_kind(kind), Fraction(value), str(role))
                for kind, value, role in values.get("quantities", ())
            ),
            {
                str(axis): frozenset(map(str, sides))
                for axis, sides in values.get("contrasts", {}).items()
            },
        )


NOTHING = Aspects()


def _products_to_json(products: tuple[Product, ...]) -> dict[str, list[str]]:
    return {each.name: sorted(each.wider) for each in products}


def _products_from_json(values: Mapping[str, Any]) -> tuple[Product, ...]:
    return tuple(Product(str(name), frozenset(map(str, wider))) for name, wider in values.items())


def _kind(text: object) -> QuantityKind:
    for known in get_args(QuantityKind):
        if known == text:
            return known  # type: ignore[no-any-return]
    raise ValueError(f"no kind of number: {text!r}")
