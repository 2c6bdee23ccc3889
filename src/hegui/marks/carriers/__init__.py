"""One module for each family of file formats: ``sniff``, ``read`` and ``write``."""
