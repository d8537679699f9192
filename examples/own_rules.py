"""Rules of your own: what they take from a page, and which rule took it: ``python examples/own_rules.py [FILE]``."""

import sys
from pathlib import Path

from cleanpage import Config, clean_page
from cleanpage.config import load_config

HERE = Path(__file__).parent


def effect(raw: bytes, config: Config) -> list[str]:
    """Return what the rules of ``config`` remove from a page, a line each."""
    own = {rule.id for rule in config.rules}
    article = clean_page(raw, config=config)
    return [f"{removed.rule}: {removed.text}" for removed in article.removed if removed.rule in own]


if __name__ == "__main__":
    page = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "pages" / "ferry.txt"
    print(*effect(page.read_bytes(), load_config(HERE / "own_rules.toml")), sep="\n")
