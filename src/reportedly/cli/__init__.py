"""The command line."""

from reportedly.cli import inputs, questions
from reportedly.cli.app import app as main

__all__ = ["inputs", "main", "questions"]
