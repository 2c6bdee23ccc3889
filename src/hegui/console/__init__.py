"""The staff's pages: an app and an address of their own."""
