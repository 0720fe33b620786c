"""`python -m stepitup` is `stepitup`."""

import sys

from stepitup.site.console import main

if __name__ == "__main__":
    sys.exit(main())
