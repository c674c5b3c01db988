"""`python -m bot.cli` is the command too."""

import sys

from bot.cli import main

sys.exit(main())
