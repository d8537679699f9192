"""The workbench without a browser: what it answers, and whom."""

import json
import os
import socket
import threading
import time
from contextlib import suppress
from itertools import count
from urllib.request import urlopen

import pytest
from werkzeug.test import Client

from cleanpage import CleanpageError, Config
from cleanpage.config import load_config
from cleanpage.expectations import load_expectations
from cleanpage.labels import Label
from cleanpage.pipeline import load
from cleanpage.rules import _compile_rule, check_examples, parse_rules
from cleanpage.rules.toml import parse_toml
from cleanpage.serve import connections, serve
from cleanpage.serve.propose import SeenLine, propose
from cleanpage.serve.save import merged, save_trial
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


LINES = [
    "Buses 4 and 11 will stop at the yard's north gate.", "Subscribe to our newsletter", "订阅我们的每日新闻简报",
    r"C:\new folder (1) [draft]", "ÉCRIVEZ-NOUS À LA RÉDACTION",
    "Don't miss the 3 best offers of May 2024 " + "and more " * 30, "第12期 今日开奖：双色球", "letter '''b",
]  # fmt: skip
TEXT = "The council will look at the figures again in October, and buses will stop at the yard's gate until noon."


@pytest.mark.parametrize("line", LINES)
def test_a_rule_proposed_for_a_line_holds(line):
    """It matches the line and no counter-example, so it can be tried and saved as it is."""
    proposal = propose(line, Label.NEWSLETTER, [], [[SeenLine(line, "chrome"), SeenLine(TEXT, "body")]])
    (rule,) = parse_rules(parse_toml(proposal.toml), "proposed")
    assert check_examples(rule) == []
    assert (rule.label, proposal.matches, proposal.pages, proposal.in_text) == ("newsletter", 1, 1, ())
    assert rule.counter_examples == (TEXT,)


def test_a_proposed_rule_takes_other_numbers_as_examples_and_says_what_it_takes_from_texts():
    line = "Buses 4 and 11 will stop here"
    pages = [[SeenLine(line, "body")], [SeenLine("Buses 7 and 9 will stop here", "body"), SeenLine(TEXT, "body")], []]
    proposal = propose(line, Label.BODY, ["mine.buses_and_will"], pages)
    (rule,) = parse_rules(parse_toml(proposal.toml), "proposed")
    assert rule.id == "mine.buses_and_will_2"
    assert rule.label == "boilerplate"  # body is no label that a rule may give
    assert rule.examples == (line, "Buses 7 and 9 will stop here") == proposal.in_text
    assert (proposal.matches, proposal.pages) == (2, 2)


def test_a_line_without_words_gives_no_rule(client):
    answer = post(client, "/rule", text="1 2 3 | 4\n" + PAGE, block=0)
    assert (answer.status_code, "no words" in answer.json["error"]) == (400, True)


def test_a_block_of_a_page_becomes_a_rule_with_lines_of_the_folder(client):
    lines = post(client, name="a.txt").json["lines"]
    block = next(i for i, (text, _, _) in enumerate(lines) if text.startswith("今日开奖"))
    answer = post(client, "/rule", name="a.txt", block=block, toml="").json
    assert answer["folded"] == "今日开奖:双色球"
    assert post(client, name="a.txt", toml=answer["toml"]).json["problems"] == []
    assert post(client, "/rule", name="a.txt", block=99).status_code == 400


def test_what_lines_should_do_is_kept_and_checked_over_the_folder(client, tmp_path):
    assert post(client, "/expect", name="a.txt", line="今日开奖：双色球", goes=True).json["count"] == 1
    assert post(client, "/expect", name="a.txt", line="今日开奖：双色球", goes=True).json["count"] == 1
    assert post(client, "/expect", name="b.txt", line="第2天，施工队修好了2座小桥", goes=False).json["count"] == 2
    assert [one.page for one in load_expectations(tmp_path / "expectations.toml")] == ["a.txt", "b.txt"]
    rule = RULE.replace("今日开奖[:|].*", "第2天.*").replace('"今日开奖：双色球"', '"第2天，晴"')
    _, first, second = map(json.loads, post(client, "/folder", toml=rule).text.splitlines())
    assert second["broken"] == ["“第2天，施工队修好了2座小桥” should stay: it is boilerplate, by mine.lottery: a test"]
    assert all("should go" in problem for problem in first["broken"])
    assert post(client, "/expect", name="c.txt", line="x").status_code == 400
    assert post(client, "/expect", text=PAGE, line="x").status_code == 400


def test_a_trial_is_saved_to_the_config_file(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text('# ours\nfavor = "recall"  # more\n\n' + RULE.replace("mine.", "old."), encoding="utf-8")
    client = Client(Workbench(None, load_config(path), config_file=path, reload=lambda: load_config(path)))
    assert client.get("/pages").json["config"] == str(path)
    assert post(client, "/save", toml=f'favor = "precision"\n\n{RULE}').json["favor"] == "precision"
    config = load_config(path)
    assert ([rule.id for rule in config.rules], config.favor) == (["old.lottery", "mine.lottery"], "precision")
    assert path.read_text(encoding="utf-8").startswith("# ours\n")
    assert not post(client, text=PAGE).json["changes"]["differs"]  # trials are compared with what was saved
    again = post(client, "/save", toml=RULE)
    assert (again.status_code, "another id" in again.json["error"]) == (400, True)
    assert post(client, "/save", toml=RULE.replace("why", "wy")).status_code == 400
    assert load_config(path) == config
    assert [file.name for file in tmp_path.iterdir()] == ["mine.toml"]


def test_nothing_is_saved_without_a_config_file(client):
    assert post(client, "/save", toml=RULE).status_code == 400


@pytest.mark.parametrize(
    ("config", "trial", "result"),
    [
        ("", "a = 1", "a = 1\n"),
        ("# only\n", "a = 1", "# only\na = 1\n"),
        ("a = 1\nb = 2\n\n[[rule]]\nid = 'x'\n", "b = 3\n[[rule]]\nid = 'y'",
         "a = 1\nb = 3\n\n[[rule]]\nid = 'x'\n\n[[rule]]\nid = 'y'\n"),
        ("a = 1", '[[rule]]\nid = "y"', 'a = 1\n\n[[rule]]\nid = "y"\n'),
        ("[[rule]]\nwhy = 'x'", "[[rule]]\nwhy = 'y'", "[[rule]]\nwhy = 'x'\n\n[[rule]]\nwhy = 'y'\n"),
    ],
)  # fmt: skip
def test_settings_go_before_the_tables_of_a_file_and_rules_behind_them(config, trial, result):
    assert merged(config, trial) == result


def test_a_config_that_cannot_be_changed_stays_as_it_is(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("favor = 'recall'\n", encoding="utf-8")
    with pytest.raises(CleanpageError, match="favor: expected one of"):
        save_trial(path, 'favor = "speed"')
    assert [file.read_text(encoding="utf-8") for file in tmp_path.iterdir()] == ["favor = 'recall'\n"]


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


def test_patterns_of_earlier_trials_are_not_kept(client):
    kept = []
    for number in range(4):
        rules = (RULE.replace("mine.", f"m{i}.").replace("[:|]", f"[:|]x{{0,{number}}}y{{0,{i}}}") for i in range(30))
        assert post(client, text=PAGE, toml="\n".join(rules)).json["tried"]
        kept.append(_compile_rule.cache_info().currsize)
    assert kept[-1] == kept[1]


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
        ({"Origin": "http://["}, 403),
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


def test_nothing_is_read_or_written_through_links_in_the_folder(tmp_path):
    """Whoever made the folder may have put links in the places of the two files that are written."""
    folder, outside = tmp_path / "pages", tmp_path / "outside.toml"
    folder.mkdir()
    outside.write_text("[secret]\n", encoding="utf-8")
    (folder / "a.txt").write_text(PAGE, encoding="utf-8")
    (folder / "mine.toml").write_text('favor = "recall"\n', encoding="utf-8")
    for name in ("expectations.toml", ".mine.toml.new"):
        (folder / name).symlink_to(outside)
    client = Client(Workbench(folder, Config()))
    answer = post(client, "/expect", name="a.txt", line="今日开奖：双色球", goes=True)
    assert (answer.status_code, "is a link" in answer.json["error"]) == (400, True)
    assert "secret" not in post(client, "/folder").text
    save_trial(folder / "mine.toml", 'favor = "precision"')
    assert load_config(folder / "mine.toml").favor == "precision"
    assert not (folder / "mine.toml").is_symlink()
    assert outside.read_text(encoding="utf-8") == "[secret]\n"


DEEP = "[" * 100_000


NO_OBJECTS = [DEEP, '{"text": ' + DEEP, '{"block": ' + "9" * 9_000 + "}", "[1]", "", "\ud800", "NaN"]


@pytest.mark.parametrize("sent", NO_OBJECTS)
def test_a_request_that_is_no_object_is_the_callers_mistake(client, sent):
    data = sent.encode("utf-8", "surrogatepass")
    assert client.post("/try", data=data, content_type="application/json").status_code == 400


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipes_and_large_files_are_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.txt")
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(20 * 2**20 + 1)
    client = Client(Workbench(tmp_path, Config()))
    assert client.get("/pages").json["pages"] == ["large.txt"]
    answer = post(client, name="large.txt")
    assert (answer.status_code, "more than 20 MB" in answer.json["error"]) == (404, True)


def test_names_of_pages_are_no_markup(tmp_path):
    name = "<img src=x onerror=alert(1)>.txt"
    (tmp_path / name).write_text(PAGE, encoding="utf-8")
    client = Client(Workbench(tmp_path, Config()))
    assert client.get("/pages").headers["Content-Type"] == "application/json"
    assert "<img" not in post(client, name=name).json["report"]


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
