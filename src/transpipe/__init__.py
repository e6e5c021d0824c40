"""transpipe: documentation in every language of its readers."""

__version__ = "0.1.0"
