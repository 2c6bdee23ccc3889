"""One sample for all exports: it is made of nothing but the shipped packs."""

import pytest
from tests.duties.export import sample

from hegui.duties.export import Material, narrowed


@pytest.fixture(scope="session")
def material() -> Material:
    return sample.material()


@pytest.fixture(scope="session")
def measures(material: Material) -> Material:
    """The sample, narrowed to the Measures."""
    return narrowed(material, "cn-genai-measures-2023")
