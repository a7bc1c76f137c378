"""What is shipped: clips rendered, captioned, listed, and read back to be verified."""

import os

# A clip a core: further threads of numpy's would only keep each other from working.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
