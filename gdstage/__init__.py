"""The visual vocabulary that clips share."""
