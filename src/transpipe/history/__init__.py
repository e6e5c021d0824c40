"""The past of a project: the only door to git. Nothing is checked out, nothing is changed."""
