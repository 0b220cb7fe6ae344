"""How much each feature of a passage speaks for showing it.

Fitted on the `train` part of the bundled judged passages by
``python -m search.evaluation.fit_passages``, which prints the table.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.passage.features import Feature

WEIGHTS: Mapping[Feature, float] = {
    "lead": 4.25,
    "lead_why": -0.62,
    "lead_choose": 0.31,
    "lead_effect": -1.84,
    "lead_amount": -0.79,
    "lead_whether": -1.11,
    "lead_meaning": 0.33,
    "list": -0.53,
    "list_why": 2.55,
    "item": 0.60,
    "fitting": 1.68,
    "fitting_list": 3.10,
    "first_fitting": 1.27,
    "near": 6.00,
    "told": 0.47,
    "told_share": 3.80,
    "named": 1.86,
    "number": 3.79,
}

# Another passage is shown in place of the lead where it is so much the likelier to be the best
# (e to this power): the lead is nearly always acceptable, and a wrong passage is worse than
# that. Chosen on `dev`.
LEAD_MARGIN = 1.5
