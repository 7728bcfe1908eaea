from decimal import Decimal, localcontext

from hypothesis import given
from hypothesis import strategies as st

from pipelines.core.trends.surprise import surprise


def exactly(count: int, baseline: int, windows: int) -> float:
    """Add up all that is less than `count`, with 500 digits: no logarithms of gammas, no tail cut off."""
    with localcontext(prec=500):
        mean = (Decimal(baseline) + Decimal("0.5")) / windows
        term, below = (-mean).exp(), Decimal(0)
        for k in range(count):
            below += term
            term = term * mean / (k + 1)
        return float(-(1 - below).log10())


@given(st.integers(1, 60), st.integers(0, 800), st.sampled_from([1, 12, 24, 144]))
def test_is_the_probability_of_so_many_or_more(count: int, baseline: int, windows: int) -> None:
    assert abs(surprise(count, baseline, windows) - exactly(count, baseline, windows)) < 2e-4


@given(st.integers(1, 3000), st.integers(0, 20_000))
def test_more_is_more_surprising_and_a_busier_day_before_less_so(count: int, baseline: int) -> None:
    here = surprise(count, baseline, 24)
    assert surprise(count + 1, baseline, 24) >= here >= surprise(count, baseline + 1, 24) >= 0


def test_fewer_than_usual_is_no_surprise() -> None:
    assert surprise(5, 2400, 24) == 0
    assert surprise(0, 0, 24) == 0


def test_something_never_seen_before_counts_for_something_but_not_without_bound() -> None:
    assert 3 < surprise(2, 0, 24) < 4
