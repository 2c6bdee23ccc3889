"""The portal's pages, one module for each concern; ``hegui.portal.app`` puts them together."""
