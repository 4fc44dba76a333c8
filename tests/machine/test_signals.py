"""Claims about signals: those that end a process politely are all heard as the keyboard is."""

import signal

import pytest

from sim.machine.signals import POLITE, Ended, exit_code, stoppable


@pytest.mark.parametrize(("number", "code"), [(signal.SIGTERM, 143), (signal.SIGHUP, 129)])
def test_a_polite_signal_acts_as_the_keyboard_and_handlers_are_as_before(number, code):
    signal.signal(number, signal.SIG_DFL)  # nohup has the tests ignore it
    before = [signal.getsignal(one) for one in POLITE]
    with pytest.raises(Ended) as caught, stoppable():
        signal.raise_signal(number)
    assert isinstance(caught.value, KeyboardInterrupt)
    assert exit_code(caught.value) == code
    assert exit_code(KeyboardInterrupt()) == 130
    assert [signal.getsignal(one) for one in POLITE] == before


def test_a_signal_that_is_ignored_stays_so():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)  # as nohup does
    try:
        with stoppable():
            signal.raise_signal(signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
