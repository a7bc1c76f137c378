"""The lab in a notebook: a function by hand, and the student's own code on it, drawn."""

from gdlecture.notebook.checks import check_derivative, check_descent, check_number
from gdlecture.notebook.lab import Lab, lab

__all__ = ["Lab", "check_derivative", "check_descent", "check_number", "lab"]
