"""From segments to templates, from templates to catalogs, from catalogs to tallies."""
