"""What every test may rely on."""

import signal

# A shell that runs the tests in the background has them ignore Ctrl-C, and so every command they start.
signal.signal(signal.SIGINT, signal.default_int_handler)
