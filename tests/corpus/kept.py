"""Runs whose worker processes are kept from one test to the next: to start them takes longer than most runs."""

from cleanpage.corpus import collection
from cleanpage.pool import Pool

POOL = Pool(2)


def run(inputs, out, **how):
    """Do what ``cleanpage.corpus.run`` does."""
    return collection.run(inputs, out, **{"engine": POOL, **how})
