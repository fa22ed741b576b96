"""What every test may rely on."""

import signal

from hypothesis import settings

settings.register_profile("any machine", deadline=None)  # a busy one takes longer over what is as right
settings.load_profile("any machine")

# A shell that starts the tests in the background lets them, and all they start, ignore Ctrl-C; nohup a hang-up.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
