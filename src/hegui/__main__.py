"""``python -m hegui`` is the command ``hegui``."""

import sys

from hegui.cli import main

sys.exit(main())
