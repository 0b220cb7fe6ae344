"""The files loanfaq ships: corpus, lexicon, model, judgments.

They lie beside this module, in a checkout and in an installed wheel alike, so a
path from here works wherever the command is run.
"""

from pathlib import Path

_HERE = Path(__file__).resolve().parent

CORPUS = _HERE / "corpus"
LEXICON = _HERE / "lexicon"
MODEL = _HERE / "model"
JUDGMENTS = _HERE / "judgments"
