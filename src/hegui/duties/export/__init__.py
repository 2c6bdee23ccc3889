"""How the duties stand, as papers, sheets and files for other tools.

Everything is read once, by :func:`gather`; each of ``FORMATS`` makes a file of that.
"""

from hegui.duties.export.formats import FORMATS, Format, name_of
from hegui.duties.export.material import Material, Subject, gather, narrowed

__all__ = ["FORMATS", "Format", "Material", "Subject", "gather", "name_of", "narrowed"]
