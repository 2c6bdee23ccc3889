"""Packs and statuses in OSCAL 1.2, the format of NIST for controls and assessments, as JSON.

A provision is a control of the catalog and its duties are controls below it; what the house does
for a duty is an objective of that. Names and UUIDs come from the packs' own, so that two exports
differ only where something changed.
"""

from hegui.duties.export.oscal.catalog import catalog
from hegui.duties.export.oscal.component import component
from hegui.duties.export.oscal.results import results

__all__ = ["catalog", "component", "results"]
