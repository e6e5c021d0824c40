"""A configured project: what its settings and its files mean, told to stations; verbs share it."""
