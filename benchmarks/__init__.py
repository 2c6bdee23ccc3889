"""Measurements and proofs that need a whole running service: ``make bench``, ``make prove``."""
