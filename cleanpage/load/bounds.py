"""Bounds of work: what of a page is not looked at, so that none costs more than its length. They decide nothing else.

The pages of ``bench/hostile`` are made to reach them.
"""

DEEPEST = 64
"""Elements, drawings, values of JSON in one another that are told apart: elements stand 42 deep on the deepest of 561
pages, while libxml2 reads 2,000."""
MOST_COSTLY = 100
"""Elements that are costly to look at: frames, texts that may be JSON, dated elements, layouts of columns."""
MOST_CHEAP = 1_000
"""Elements, attributes, objects of JSON-LD that are cheap to look at. The page with most ``pre`` of 2,690 has 187."""
MOST_TAGS = 5_000
"""Tags that are counted, and breaks of lines that are measured: the page with most of 2,690 has 831."""
MOST_VALUES, MOST_JSON = 200_000, 8_000_000
"""Values of JSON that are looked at, and characters of it that are read."""
DECLARED_WITHIN = 4_096
"""Bytes or characters at the start of a file in which it says what it is. WHATWG looks for a charset in 1,024,
but long comments stand before it."""
EDGE = 65_536
"""Bytes or characters of a file, at either end, that are looked at when it does not say what it is."""
