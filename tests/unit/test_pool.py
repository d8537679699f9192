"""Calls in worker processes: answers in order, and a call that ends its process costs nothing but itself."""

import os
import re
import subprocess
import sys
import time

import pytest

from cleanpage.errors import LostError
from cleanpage.pool import IN_FLIGHT, Limits, Worker, call_in_order


def test_a_worker_goes_on_after_what_it_lost():
    with Worker() as worker:
        assert worker.call(len, "four") == 4
        with pytest.raises(LostError, match="status 7"):
            worker.call(sys.exit, 7)
        with pytest.raises(TypeError, match="len"):
            worker.call(len, 4)
        assert worker.call(len, "five!") == 5


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_signal_is_named():
    with Worker() as worker, pytest.raises(LostError, match=r"signal 6 \(SIGABRT\)"):
        worker.call(os.abort)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_call_without_end_is_ended():
    for limits, call in ((Limits(cpu=0.2), (count, 10**12)), (Limits(clock=0.2), (time.sleep, 3600))):
        with Worker(limits) as worker:
            with pytest.raises(LostError, match=re.escape(f"did not end within {limits}")):
                worker.call(*call)
            assert worker.call(len, "abc") == 3


@pytest.mark.skipif(sys.platform != "linux", reason="other systems do not hold a process to such a limit")
def test_a_call_that_hoards_memory_is_an_error_of_that_call():
    with Worker(Limits(memory=2**28)) as worker:
        with pytest.raises(MemoryError):
            worker.call(bytearray, 2**28)
        assert worker.call(len, "abc") == 3


def test_bounds_end_with_the_call():
    with Worker(Limits(cpu=1.0)) as worker:
        assert [worker.call(count, 10**6) for _ in range(60)] == [10**6] * 60


def count(number):
    return sum(1 for _ in range(number))


def test_what_a_call_prints_is_no_answer():
    with Worker() as worker:
        assert worker.call(print, "words") is None
        assert worker.call(len, "abc") == 3


def test_what_cannot_be_sent_or_answered_is_an_error_of_that_call():
    with Worker() as worker:
        with pytest.raises((AttributeError, TypeError), match="pickle"):
            worker.call(lambda: 1)
        with pytest.raises(TypeError, match="pickle"):
            worker.call(memoryview, b"abc")
        assert worker.call(len, "abc") == 3


def test_answers_come_in_order_and_errors_as_values():
    answers = list(call_in_order(len, [("a",), (2,), ("abc",), ("abcd",)], 2))
    assert [answers[0], *answers[2:]] == [1, 3, 4]
    assert isinstance(answers[1], TypeError)


def test_a_call_that_ends_its_process_costs_that_call_only():
    answers = list(call_in_order(tenfold_or_exit, [(n,) for n in range(6)], 2))
    assert isinstance(answers.pop(3), LostError)
    assert answers == [0, 10, 20, 40, 50]


def tenfold_or_exit(number):
    if number == 3:
        os._exit(1)
    return number * 10


def test_no_more_is_taken_ahead_than_said():
    taken = []
    answers = call_in_order(len, ((taken.append(n) or "a",) for n in range(100)), 2)
    for count in range(1, 6):
        next(answers)
        assert len(taken) <= 2 * IN_FLIGHT + count
    answers.close()


def test_a_script_needs_no_guard(tmp_path):
    """Nothing imports the script again: processes of multiprocessing would."""
    script = tmp_path / "script.py"
    script.write_text("from cleanpage import clean_pages\nprint(len(list(clean_pages(['a', 'b'], workers=2))))\n")
    env = {**os.environ, "PYTHONPATH": os.getcwd()}
    done = subprocess.run([sys.executable, script], capture_output=True, check=True, env=env)
    assert (done.stdout.strip(), done.stderr) == (b"2", b"")
