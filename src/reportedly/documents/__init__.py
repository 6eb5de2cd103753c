"""Bytes to documents: articles from files, with their blocks, their pieces and what is known of their publication."""

from reportedly.documents.article import Known
from reportedly.documents.blocks import find_blocks
from reportedly.documents.dates import parse_date
from reportedly.documents.document import make_document
from reportedly.documents.load import FORMATS, ending_of, load
from reportedly.documents.pieces import find_pieces

__all__ = ["FORMATS", "Known", "ending_of", "find_blocks", "find_pieces", "load", "make_document", "parse_date"]
