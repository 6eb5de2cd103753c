"""The command line."""

from reportedly.cli import correcting, dossiers, inputs, questions, serving
from reportedly.cli.app import app as main

__all__ = ["correcting", "dossiers", "inputs", "main", "questions", "serving"]
