"""`python -m eval …` is `dateline eval …`."""

import sys

from eval.run import main

sys.exit(main(sys.argv[1:]))
