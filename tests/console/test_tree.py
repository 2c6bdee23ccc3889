"""The way up the tree is the one that the proof walks, and its drawing says what it shows."""

import re

import pytest
from tests.ledger import naive

from hegui.console.tree import draw, steps
from hegui.ledger import merkle

LEAVES = naive.leaves(70)
LOG = naive.Log(LEAVES)


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 31, 64, 65, 70])
def test_the_way_ends_at_the_root_of_every_tree(size: int) -> None:
    root = naive.root(LEAVES[:size])
    for index in range(size):
        proof = merkle.inclusion_proof(size, index, LOG.read)
        way = steps(index, size, LEAVES[index], proof)
        assert [step.neighbour for step in way] == [each.hex() for each in proof]
        assert (way[-1].joined if way else LEAVES[index].hex()) == root.hex()


def test_a_step_joins_its_neighbour_on_the_side_it_tells() -> None:
    (step,) = steps(1, 2, LEAVES[1], [LEAVES[0]])
    assert step.left
    assert step.joined == merkle.node_hash(LEAVES[0], LEAVES[1]).hex()
    (step,) = steps(0, 2, LEAVES[0], [LEAVES[1]])
    assert not step.left
    assert step.joined == merkle.node_hash(LEAVES[0], LEAVES[1]).hex()


def test_the_drawing_has_a_dot_for_every_hash_and_words_that_are_escaped() -> None:
    proof = merkle.inclusion_proof(70, 5, LOG.read)
    way = steps(5, 70, LEAVES[5], proof)
    picture = draw(way, told="a <way>", root="<root>", entry="entry 5")
    assert picture.count("tree-other") == picture.count('"tree-own"') == len(way)
    assert picture.count("tree-root") == 1
    assert 'aria-label="a &lt;way&gt;"' in picture
    assert re.findall(r"<text[^>]*>([^<]*)</text>", picture) == ["entry 5", "&lt;root&gt;"]
    assert "style" not in picture


def test_a_tree_of_one_entry_is_its_own_root() -> None:
    picture = draw([], told="t", root="r", entry="e")
    assert picture.count("<circle") == picture.count("<text") == 1
