"""What the collector of garbage does in a server that has started."""

import gc

THRESHOLD = 50_000
"""Objects made, less those let go, between two looks at the young ones.

Python's 700 are made by one small page, and an export's page makes some 35,000 that die with it.
"""


def settle() -> None:
    """Take what has been made so far for lasting: the schema and its kin are never looked through again.

    A look through all of it takes 50 to 80 ms, in which nobody is answered; without it less than one.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(THRESHOLD, *gc.get_threshold()[1:])
