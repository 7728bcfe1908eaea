"""What all tests share: how hard hypothesis tries, and that Ctrl-C reaches what they start."""

import signal

from hypothesis import HealthCheck, settings

settings.register_profile("rasid", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rasid")

# A shell ignores Ctrl-C in what it starts in the background, and so would all that the tests start and interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)
