"""Casework: what people file, its clocks, and decisions with reasons."""
