"""The workbench without a browser: what it answers, and whom."""

import json
import socket
import threading
import time
from contextlib import suppress
from itertools import count
from urllib.request import urlopen

import pytest
from werkzeug.test import Client

from cleanpage import CleanpageError, Config
from cleanpage.pipeline import load
from cleanpage.rules.toml import parse_toml
from cleanpage.serve import connections, serve
from cleanpage.serve.trial import read_trial, too_slow
from cleanpage.serve.workbench import Workbench

PAGE = "青石镇老桥重新通车\n今日开奖：双色球\n" + "\n".join(
    f"第{i}天，施工队修好了{i}座小桥，镇上的人都来帮忙。" for i in range(6)
)
RULE = """[[rule]]
id = "mine.lottery"
label = "boilerplate"
why = "a test"
pattern = '今日开奖[:|].*'
examples = ["今日开奖：双色球"]
counter_examples = ["今日开奖的是一家老书店。"]
"""


@pytest.fixture
def client(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(PAGE.replace("今日开奖：双色球\n", ""), encoding="utf-8")
    return Client(Workbench(tmp_path, Config()))


def post(client, path="/try", **data):
    return client.post(path, json=data)


def test_a_trial_says_what_it_changes(client):
    answer = post(client, text=PAGE, toml=RULE).json
    assert answer["problems"] == []
    assert {block["text"]: block["after"] for block in answer["changes"]["blocks"]}["今日开奖：双色球"] == "boilerplate"
    assert "→ boilerplate" in answer["report"]


def test_no_trial_changes_nothing(client):
    answer = post(client, text=PAGE).json
    assert (answer["tried"], answer["changes"]["differs"]) == (True, False)


def test_a_folder_is_answered_line_by_line(client):
    total, *lines = map(json.loads, post(client, "/folder", toml=RULE).text.splitlines())
    assert total == {"total": 2, "problems": []}
    assert {line["name"]: line["changes"]["differs"] for line in lines} == {"a.txt": True, "b.txt": False}


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("[[rule]\n", "this is no TOML"),
        ("[rule]\nid = 1", r"begin a rule with [[rule]]"),
        (RULE.replace("why", "wy"), "has no key 'wy'"),
        (RULE.replace("[:|].*", "["), "does not compile"),
        (RULE.replace("双色球", "书店").replace("今日开奖：书店", "书店"), "example does not match"),
        ('favor = "speed"', "favor: expected one of"),
        ("max_chars = " + "9" * 9_000, "this is no TOML: a value that is none"),
        ("keep_byline = 1", "the trial: keep_byline: "),
        ('colour = "red"', "the trial: a config has no key 'colour'"),
        ('rules = ["x.toml"]', "files are not read here"),
        ("a = " + "[" * 50_000, "nested too deep"),
        ("a = " + "{a = " * 5_000, "nested too deep"),
        ("a" + ".a" * 90_000 + " = 1", "more than 32 parts"),
        ("[a" + ' . "a"' * 30_000 + "]", "more than 32 parts"),
        ("# " + "a." * 100_000, "at most 200000 characters"),
    ],
)
def test_what_is_wrong_is_said(client, toml, message):
    assert any(message in problem for problem in post(client, text=PAGE, toml=toml).json["problems"])


def test_dots_in_strings_and_comments_are_none_of_a_key():
    dots = "." * 100
    toml = f'{RULE}keywords = ["{dots}", \'{dots}\']  # {dots}\nname = """a""{dots}\n""""\n'
    assert parse_toml(toml)["rule"][0]["keywords"] == [dots, dots]


def test_settings_stand_before_rules():
    trial = read_trial(f'favor = "recall"\n{RULE}', Config(keep_byline=True))
    assert (trial.config.favor, trial.config.keep_byline, len(trial.config.rules)) == ("recall", True, 1)


def test_a_slow_pattern_is_refused(client):
    rule = RULE.replace("今日开奖[:|].*", "(?:今日开奖[:|]|(?:a|aa)+b).*")
    answer = post(client, text=f"{PAGE}\n" + "\n".join(["a" * 150] * 40), toml=rule).json
    assert not answer["tried"]
    assert "repeats inside repeats" in answer["problems"][0]


def test_many_rules_that_are_slow_together_are_refused(monkeypatch):
    ticks = count()
    monkeypatch.setattr("cleanpage.serve.trial.monotonic", lambda: next(ticks) / 1e3)
    blocks = load("\n\n".join(f"第{i}天，下雨。" for i in range(900)), Config()).blocks
    for number, slow in ((1, False), (40, True)):
        rules = read_trial("".join(RULE.replace("mine.", f"m{i}.") for i in range(number)), Config()).rules
        assert ("the other rules included" in (too_slow(rules, blocks) or "")) == slow


def test_examples_that_hang_end(client):
    examples = ", ".join(f'"{"a" * (60 + i)}!"' for i in range(100))
    rules = "\n".join(
        RULE.replace("今日开奖[:|].*", "(?:a|aa)+b").replace('"今日开奖：双色球"', examples).replace("mine.", f"m{i}.")
        for i in range(9)
    )
    began = time.monotonic()
    problems = read_trial(rules, Config()).problems
    assert time.monotonic() - began < 10
    assert "for the examples so far" in problems[-1]


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_local_names_are_answered(client, host):
    assert client.get("/pages", headers={"Host": host}).json["pages"] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example:8000", "localhost.evil.example", "[::1"])
def test_names_that_somebody_points_here_are_not(client, host):
    assert client.get("/pages", headers={"Host": host}).status_code in (400, 403)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://localhost"}, 200),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:1"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
    ],
)
def test_other_sites_may_not_post(client, headers, status):
    assert client.post("/try", json={"text": PAGE}, headers=headers).status_code == status


def test_a_form_is_not_json(client):
    assert client.post("/try", data=json.dumps({"text": PAGE}), content_type="text/plain").status_code == 415


def test_a_request_has_a_limit(client):
    assert client.post("/try", data=b"x" * (32 * 2**20 + 1), content_type="application/json").status_code == 413


@pytest.mark.parametrize("name", ["../a.txt", "/etc/passwd", "c.txt"])
def test_only_pages_of_the_folder_are_read(client, name):
    assert post(client, name=name).status_code == 404


def test_links_that_lead_out_of_the_folder_are_no_pages(tmp_path):
    folder, outside = tmp_path / "pages", tmp_path / "outside"
    folder.mkdir(), outside.mkdir()
    (outside / "secret.txt").write_text(PAGE, encoding="utf-8")
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    (folder / "in.txt").symlink_to(folder / "a.txt")
    (folder / "out.txt").symlink_to(outside / "secret.txt")
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "dir").symlink_to(outside)
    client = Client(Workbench(folder, Config()))
    assert client.get("/pages").json["pages"] == ["a.txt", "in.txt"]
    assert post(client, name="a.txt").status_code == 200
    (folder / "a.txt").unlink()
    (folder / "a.txt").symlink_to(outside / "secret.txt")
    assert post(client, name="a.txt").status_code == 404
    _, line, _ = map(json.loads, post(client, "/folder").text.splitlines())
    assert "no file in the folder" in line["error"]


def test_a_page_is_read_within_bounds_whatever_the_trial_says(client, monkeypatch):
    monkeypatch.setattr("cleanpage.serve.workbench.MOST_BLOCKS", 3)
    lines = "\n".join(f"第{i}天，施工队修好了{i}座小桥。" for i in range(9))
    folder = Workbench(None, Config(max_blocks=None))
    report = post(Client(folder), text=lines, toml="max_blocks = 1000").json["report"]
    assert "were not read (max_blocks)" in report


def test_requests_wait_for_their_turn(monkeypatch):
    monkeypatch.setattr("cleanpage.serve.workbench.PATIENCE", 0.01)
    application = Workbench(None, Config())
    client = Client(application)
    with application._turn(), application._turn():
        assert post(client, text=PAGE).status_code == 503
        assert client.get("/").status_code == 200
    assert post(client, text=PAGE).status_code == 200


def test_who_has_no_token_is_not_answered():
    client = Client(Workbench(None, Config(), "0.0.0.0", "tok"))
    for path in ("/", "/pages", "/workbench.js", "/?token=", "/?token=tokk", "/pages?token=tok"):
        assert client.get(path).status_code == 403
    client.set_cookie("cleanpage-token", "\u00e9")
    assert post(client, text=PAGE).status_code == 403
    answer = client.get("/?token=tok")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert "HttpOnly" in answer.headers["Set-Cookie"] and "SameSite=Strict" in answer.headers["Set-Cookie"]
    assert client.get("/").status_code == 200
    assert post(client, text=PAGE).status_code == 200


@pytest.fixture
def port(monkeypatch):
    """A workbench that listens, with little patience."""
    monkeypatch.setattr(connections.Handler, "timeout", 0.3)
    monkeypatch.setattr(connections, "LONGEST", 0.6)
    monkeypatch.setattr(connections, "MOST", 3)
    monkeypatch.setattr(connections.Handler, "log", lambda *_: None)
    server = connections.Server("127.0.0.1", 0, Workbench(None, Config()))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.port
    server.shutdown()
    thread.join()
    server.server_close()


HEAD = b"POST /try HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"


@pytest.mark.parametrize("sent", [b"", b"GET / HT", HEAD, HEAD + b"{"])
@pytest.mark.parametrize("dripping", [False, True])
def test_slow_connections_are_ended(port, sent, dripping):
    began = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=5) as caller:
        caller.sendall(sent)
        with suppress(OSError):
            while dripping and time.monotonic() - began < 5:
                caller.sendall(b" ")
                caller.settimeout(0.1)
                with suppress(TimeoutError):
                    if not caller.recv(65536):
                        break
        caller.settimeout(5)
        with suppress(ConnectionError):
            while caller.recv(65536):
                pass
    assert time.monotonic() - began < 3


def test_so_many_connections_are_open_at_once(port):
    callers = [socket.create_connection(("127.0.0.1", port), timeout=5) for _ in range(4)]
    with suppress(ConnectionError):
        assert callers[3].recv(1) == b""
    for caller in callers:
        caller.close()
    time.sleep(0.1)
    assert urlopen(f"http://127.0.0.1:{port}/", timeout=5).status == 200


@pytest.mark.parametrize(("host", "warned"), [("127.0.0.1", False), ("0.0.0.0", True)])
def test_other_machines_need_a_token_which_is_printed_once(host, warned, capsys, monkeypatch):
    monkeypatch.setattr(connections.Server, "serve_forever", lambda _: None)
    serve(None, host=host, port=0, config=Config())
    printed = capsys.readouterr().err
    assert ("warning: other machines" in printed) == warned
    assert printed.count("?token=") == warned


@pytest.mark.parametrize("data", [{"text": 3}, {"base64": "?"}, {"toml": []}])
def test_a_wrong_request_is_the_callers_mistake(client, data):
    assert post(client, **data).status_code == 400


def test_every_answer_has_a_policy(client):
    for path in ("/", "/workbench.js", "/pages", "/nothing"):
        assert "default-src 'none'" in client.get(path).headers["Content-Security-Policy"]


def test_serve_needs_a_folder_and_a_port(tmp_path):
    with pytest.raises(CleanpageError, match="is no folder"):
        serve(tmp_path / "none", config=Config(), port=0)
    with pytest.raises(CleanpageError, match="choose another port"):
        serve(tmp_path, config=Config(), port=70_000)
