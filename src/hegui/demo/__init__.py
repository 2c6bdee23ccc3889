"""Days of simulated people, lived through the real service."""
