"""Public pages and the machine API; it carries no route of the staff's console."""

from hegui.portal.house import House

__all__ = ["House"]
