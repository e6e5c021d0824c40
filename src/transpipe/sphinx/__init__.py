"""The only door to Sphinx: the extension, the gettext run and the builds."""
