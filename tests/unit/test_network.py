"""The network: lines in their order give what its weights say, and it comes back from its file."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleanpage._native import PYTHON, build_info
from cleanpage.body.models import shipped_models
from cleanpage.body.network import MOST, TAPS, Network, network_odds, read_network, write_network
from cleanpage.body.text_features import NAMES
from cleanpage.body.token_weights import SAID
from cleanpage.body.window_features import column

ONE = 1 << 10
"""A weight of 1."""
ODDS = 1 << 16
"""Log-odds of 1, as a bias."""


def network(*, page=(0, 0), layers=(), dilations=(), last=0, direct=0, bias=0):
    """Return a network of one input, which it sees as it is, and vectors of one number."""
    weights = [ONE, *page, *(weight for layer in layers for weight in layer), last, direct]
    biases = [0] * (1 + len(dilations)) + [bias]
    return Network((0,), array("d", (-3.0, 3.0, 0.0, 32.0)), dilations, 1, array("h", weights), array("i", biases))


def odds(own, values, asked=None):
    return [*network_odds(own, [column(values)], bytes([1] * len(values)) if asked is None else asked)]


def test_the_line_itself():
    assert odds(network(direct=ONE // 2, bias=ODDS // 2), [0.0, 1.0, -2.0, 9.0]) == [0.5, 1.0, -0.5, 2.0]


def test_log_odds_are_cut():
    assert odds(network(direct=ONE), [-3.0, 2.5]) == [-2.0, 2.0]


def test_vectors_are_not_negative():
    assert odds(network(last=ONE), [-2.0, 0.0, 2.0]) == [0.0, 0.0, 2.0]


def test_mean_and_maximum_of_the_page():
    assert odds(network(page=(ONE, 0), last=ONE // 2), [0.0, 1.0, 2.0]) == [0.5, 1.0, 1.5]
    assert odds(network(page=(0, ONE), last=ONE // 2), [0.0, 1.0, 2.0]) == [1.0, 1.5, 2.0]


@pytest.mark.parametrize("dilation", [1, 2, 4])
@pytest.mark.parametrize("tap", range(TAPS))
def test_a_layer_sees_the_lines_around(dilation, tap):
    layer = [ONE * (at == tap) for at in range(TAPS)]
    values = [0.0] * 20
    values[10] = 1.0
    place = 10 - (tap - TAPS // 2) * dilation
    expected = [float(at == 10) + float(at == place) for at in range(20)]
    assert odds(network(layers=[layer], dilations=(dilation,), last=ONE), values) == expected


def test_lines_that_nobody_asks_for_are_not_there():
    beside = network(layers=[[0, 0, 0, ONE, 0]], dilations=(1,), last=ONE // 2)
    assert odds(beside, [1.0, 3.0, 2.0], bytes([1, 0, 1])) == [1.5, 0.0, 1.0]
    assert odds(beside, [1.0, 3.0, 2.0], bytes(3)) == [0.0] * 3
    assert odds(beside, []) == []


def test_what_grows_is_cut():
    assert odds(network(layers=[[0, 0, 32000, 0, 0]] * 3, dilations=(1, 1, 1), last=16), [3.0]) == [MOST / 64 / 64]


@pytest.mark.parametrize("columns", [[], [column([1.0])]])
def test_fewer_or_shorter_columns_are_refused(columns):
    with pytest.raises(ValueError, match="fewer or shorter"):
        network_odds(network(), columns, b"\1\1")


def test_a_network_comes_back_from_its_file(tmp_path):
    own = network(page=(3, -4), layers=[range(-2, 3)], dilations=(2,), last=-7, direct=5, bias=-9)
    write_network(tmp_path / "a.bin", own, {"about": "made by hand"})
    read = read_network(tmp_path / "a.bin")
    for name in ("columns", "scales", "dilations", "width", "weights", "biases"):
        assert getattr(read, name) == getattr(own, name)


def test_weights_whose_sums_might_not_fit_are_refused(tmp_path):
    wide = Network((0,) * 20, array("d"), (), 1, array("h", [32767] * 20 + [0] * 23), array("i", [0, 0]))
    with pytest.raises(OverflowError, match="too large"):
        write_network(tmp_path / "a.bin", wide, {})


def test_the_shipped_network_fits_the_columns():
    own, columns = shipped_models("text").lines.network, len(NAMES) + len(SAID)
    assert own.columns == tuple(range(columns))
    assert len(network_odds(own, [column([0.0] * 3)] * columns, b"\1\1\1")) == 3


SMALL, NUMBERS = st.integers(-4000, 4000), st.floats(-9.0, 9.0)


@pytest.mark.skipif(not build_info().compiled, reason=build_info().reason)
@given(st.data())
def test_the_kernel_gives_what_python_gives(data):
    inputs, width, lines = (data.draw(st.integers(1, most)) for most in (5, 4, 12))
    dilations = tuple(data.draw(st.lists(st.integers(1, 3), max_size=2)))
    sizes = inputs * (width + 1) + width * width * (2 + TAPS * len(dilations)) + width, width * (1 + len(dilations)) + 1
    weights, biases = (data.draw(st.lists(SMALL, min_size=size, max_size=size)) for size in sizes)
    scales = array("d", [value for _ in range(inputs) for value in (-3.0, 5.0, data.draw(NUMBERS), data.draw(NUMBERS))])
    columns = [column(data.draw(st.lists(NUMBERS, min_size=lines, max_size=lines))) for _ in range(inputs)]
    asked = bytes(data.draw(st.lists(st.integers(0, 1), min_size=lines, max_size=lines)))
    own, other = (
        Network((*range(inputs),), scales, dilations, width, array("h", weights), array("i", biases)) for _ in "ab"
    )
    assert network_odds(own, columns, asked) == PYTHON["network.network_odds"](other, columns, asked)
