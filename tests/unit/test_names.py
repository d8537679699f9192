"""Names of elements become tokens, each once, that tell how near the line stands."""

from cleanpage.body.class_name_weights import class_tokens, path_log_odds


def test_tokens_tell_how_near():
    assert set(class_tokens(("body", "div.post-main", "p.lead"))) == {
        "0:<p", "1:<div", "<body", "*lead", "0:lead", "*post-main", "1:post-main", "*post", "1:post", "*main", "1:main",
    }  # fmt: skip


def test_each_once_however_often_it_stands_there():
    path = ("div.box", "div.box", "div.box")
    assert len(class_tokens(path)) == len(set(class_tokens(path)))
    assert [*path_log_odds([path], {"*box": 1.0, "": 0.25})] == [1.25]


def test_unknown_names_say_nothing():
    assert [*path_log_odds([("div.x",)], {})] == [0.0]
