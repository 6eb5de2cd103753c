"""From a document to its reading."""
