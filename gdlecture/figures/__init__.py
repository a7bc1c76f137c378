"""The page of the visual vocabulary: every figure beside the lines that draw it."""
