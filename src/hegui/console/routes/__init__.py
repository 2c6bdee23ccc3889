"""The console's areas, a module each: pages that read, and forms that act."""
