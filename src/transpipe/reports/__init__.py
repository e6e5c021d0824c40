"""From a computed result to text: one format a file. No report reads a catalog."""
