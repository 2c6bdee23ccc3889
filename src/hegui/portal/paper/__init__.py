"""A conversation as a file to keep, with the marks that a copied file owes (Measures, Art. 4)."""

from hegui.portal.paper.talk import FORMS, Form, Spoken, made

__all__ = ["FORMS", "Form", "Spoken", "made"]
