"""``python -m cleanpage``."""

import sys

from cleanpage.cli import main

sys.exit(main())
