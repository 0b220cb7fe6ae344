"""Takes away what a site pastes around every article: greetings and closing lines.

Known forms (`data/lexicon/boilerplate.txt`) are the seed; `learn` finds a site's own
forms in the collection, `Cleaner` takes both away.

The method is template detection by document frequency (Bar-Yossef & Rajagopalan 2002;
Gibson, Punera & Tomkins 2005), brought from blocks of pages down to clauses: a clause
that recurs at the edge of many articles once their titles are masked is pasted. Counting
follows the hash filter of Park, Chen & Yu (1995), so that memory does not grow with the
number of different clauses.
"""

from indexer.boilerplate.cleaning import Cleaner
from indexer.boilerplate.discovery import learn
from indexer.boilerplate.forms import Boilerplate, Place

__all__ = ["Boilerplate", "Cleaner", "Place", "learn"]
