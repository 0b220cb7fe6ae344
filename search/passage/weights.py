"""How much each feature of a passage speaks for showing it.

Fitted on the `train` part of the bundled judged passages by
``python -m search.evaluation.fit_passages``, which prints the table.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.passage.features import Feature

WEIGHTS: Mapping[Feature, float] = {
    "lead": 2.59,
    "lead_why": -0.65,
    "lead_choose": 0.16,
    "lead_effect": -0.32,
    "lead_amount": 0.18,
    "lead_whether": 0.26,
    "lead_meaning": 0.53,
    "list": -0.38,
    "list_why": 1.32,
    "item": -0.50,
    "fitting": 1.11,
    "fitting_list": 1.73,
    "first_fitting": 1.97,
    "near": 8.00,
    "told": 0.81,
    "named": 1.37,
    "number": 1.55,
}

# Another passage is shown in place of the lead where it is so much the likelier to be the best
# (e to this power): the lead is nearly always acceptable, and a wrong passage is worse than
# that. Chosen on `dev`.
LEAD_MARGIN = 1.5
