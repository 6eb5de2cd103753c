"""The command line."""

from reportedly.cli import correcting, dossiers, handing_over, inputs, questions, reconciling, serving
from reportedly.cli.app import app as main

__all__ = ["correcting", "dossiers", "handing_over", "inputs", "main", "questions", "reconciling", "serving"]
