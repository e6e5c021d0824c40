"""A tree kept by hand -> what is wrong with it: one question a file."""
