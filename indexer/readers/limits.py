"""How large a source may be: what keeps memory and time bounded on any input.

Each limit is far above what an FAQ holds and far below what hurts a small machine.
"""

from __future__ import annotations

# A row of a table or a line of JSONL is held whole. The longest answers run to some
# 20,000 characters; 4 MiB is a hundred of these.
MAX_LINE_BYTES = 4 * 2**20

# One record of a CSV file, whose cells may hold line breaks.
MAX_RECORD_CHARACTERS = 4 * 2**20

# One field of an article. What is longer is a file in the wrong place, or a quote that
# was never closed.
MAX_CELL_CHARACTERS = 2**20

# A vector each, in memory too. FAQ products take some 100 wordings of one question.
MAX_WORDINGS = 200

# A page, a Markdown file or a dumped page is parsed whole, in some twenty times its size.
# Pages saved with their pictures inside reach 5 MB.
MAX_PAGE_BYTES = 10 * 2**20

# Elements cost time and memory beyond their bytes; a long FAQ page has some 5,000 tags.
MAX_PAGE_TAGS = 100_000

# All answers that a page's JSON-LD gives: many questions may refer to one answer.
MAX_ANSWERS_CHARACTERS = 4 * 2**20

# trafilatura looks at each element once for each that holds it. A larger page is read
# whole, but for what its tags and classes call furniture.
MAX_SEARCHED_ELEMENTS = 20_000

# Front matter is read by a parser that takes about 10 µs a character.
MAX_FRONT_MATTER_CHARACTERS = 2**16
MAX_FRONT_MATTER_DEPTH = 100

# What a workbook unpacks to, all its parts together; counted while unpacking, for what a
# zip file says of its sizes may be a lie. 50,000 articles of 1,000 characters are 150 MB.
MAX_WORKBOOK_BYTES = 256 * 2**20

# Parts of a workbook: sheets, styles, pictures.
MAX_WORKBOOK_PARTS = 10_000

# Cells and rows cost some 100 bytes of memory each however short they are: 6 million tags
# are about 200,000 rows of eight cells.
MAX_WORKBOOK_TAGS = 6_000_000

# A sheet in Excel ends there; a row number beyond it was never written by Excel.
MAX_SHEET_ROWS = 2**20

# One post of a WordPress export.
MAX_POST_CHARACTERS = 4 * 2**20

# The parser of XML holds a tag whole until its end.
MAX_XML_TAG_BYTES = 2**20

# Faults told of one file. Behind these the rest of it is not read, and that is told too.
MAX_FAULTS = 10_000

# A header row is looked for among the first rows that are not empty.
MAX_ROWS_BEFORE_HEADER = 20

# Columns of a table that are looked at.
MAX_COLUMNS = 500
