"""One file a revision; two branches, ``house`` and ``keys``."""
