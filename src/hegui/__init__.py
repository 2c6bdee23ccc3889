"""Hegui (合规) runs a generative AI service by the book, and proves that it did."""

__version__ = "0.1.0"
