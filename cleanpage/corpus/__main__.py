"""``python -m cleanpage.corpus run IN… --out DIR``."""

import sys

from cleanpage.corpus.command import main

if __name__ == "__main__":
    sys.exit(main())
