"""From a document to its segments, and from segments and translations back to a document."""
