"""One verb a file: read the configuration, call the stations, hand on the result."""
