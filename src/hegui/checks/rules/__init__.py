"""The checks themselves, by what they look at. To add one is to add a class and its words."""
