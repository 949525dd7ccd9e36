"""`python -m world` is `ashes`."""

import sys

from world.cli import main

if __name__ == "__main__":
    sys.exit(main())
