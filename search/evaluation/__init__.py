"""How well a search answers, measured on judged questions."""
