"""What would break or shame a page, found in the catalogs: one check a function."""
