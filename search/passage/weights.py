"""How much each feature of a passage speaks for showing it.

Fitted on the `train` part of the bundled judged passages by
``python -m search.evaluation.fit_passages``, which prints the table.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.passage.features import Feature

WEIGHTS: Mapping[Feature, float] = {
    "lead": 2.56,
    "lead_why": -0.48,
    "lead_choose": -0.09,
    "lead_effect": -0.15,
    "lead_amount": 0.75,
    "lead_whether": 1.24,
    "lead_meaning": 0.40,
    "list": -0.40,
    "list_why": 0.94,
    "item": -1.85,
    "fitting": 1.23,
    "fitting_list": 1.22,
    "first_fitting": 2.20,
    "near": 1.08,
    "told": 0.35,
    "number": 0.29,
}

# Another passage is shown in place of the lead where it is more than e times as likely to be
# the best: the lead is nearly always acceptable, and a wrong passage is worse than that. Of
# 0 to 1.5 this showed the fewest wrong ones, on `dev` and in the cross-validation on `train`,
# for the fewest best ones lost.
LEAD_MARGIN = 1.0
