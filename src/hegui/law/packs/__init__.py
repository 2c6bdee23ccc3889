"""Packs shipped with the house: one folder each, ``pack.yaml`` in it."""
