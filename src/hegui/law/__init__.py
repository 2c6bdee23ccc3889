"""Instruments as data: parameters with their clauses, and clocks in working days."""
