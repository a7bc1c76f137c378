"""A surface in several colours: where faces are divided, and that nothing of them is lost."""

import numpy as np
import pytest

from gdstage.space.coat import Coat, labelled

LINES = np.linspace(0.0, 4.0, 5), np.linspace(0.0, 3.0, 4)


def area(corners):
    x, y = np.transpose(corners)
    return 0.5 * float(x @ np.roll(y, -1) - y @ np.roll(x, -1))


def right_of_a_line(points):
    return (points[:, 0] + 0.5 * points[:, 1] > 2.3).astype(int)


def thirds(points):
    """Three labels that meet in one point, aslant."""
    angle = np.arctan2(points[:, 1] - 1.4, points[:, 0] - 1.55) + 0.3
    return np.floor(3 * (angle % (2 * np.pi)) / (2 * np.pi)).astype(int)


def quarters(points):
    return 2 * (points[:, 0] > 1.5).astype(int) + (points[:, 1] > 1.5).astype(int)


@pytest.mark.parametrize("label", [right_of_a_line, thirds, quarters])
def test_pieces_of_a_face_fill_it_and_have_the_labels_of_their_places(label):
    _, pieces = labelled(LINES, label)
    assert pieces
    for face in {piece.face for piece in pieces}:
        own = [piece for piece in pieces if piece.face == face]
        assert sum(area(piece.corners) for piece in own) == pytest.approx(1.0)
    for piece in pieces:
        corners = [c for c in piece.corners if np.allclose(c, np.round(c))]
        assert {piece.colour} == {*label(np.array(corners)).tolist()}


def test_a_border_is_where_the_label_changes():
    faces, pieces = labelled(LINES, right_of_a_line)
    for piece in pieces:
        for x, y in piece.border:
            assert x + 0.5 * y == pytest.approx(2.3, abs=1e-4)
        assert {piece.colour, piece.beyond} == {0, 1}
    assert faces.tolist() == [[0, 0, 0], [0, 0, 0], [0, 1, 1], [1, 1, 1]]


def test_a_coat_comes_over_each_face_in_its_turn():
    turns = np.array([[0.0, 1.0]])
    coat = Coat(("#ffffff",), np.zeros((1, 2), dtype=int), turns, (), None)
    base = np.zeros((1, 2, 3))
    begun, half, done = (coat.over(base, share)[0, :, 0].tolist() for share in (0.0, 0.5, 1.0))
    assert (begun, half, done) == ([0, 0], [1, 0], [1, 1])
