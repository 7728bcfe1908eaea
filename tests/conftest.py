"""What all tests share: how hard hypothesis tries."""

from hypothesis import HealthCheck, settings

settings.register_profile("rasid", max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("rasid")
