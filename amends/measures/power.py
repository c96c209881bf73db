"""How often a change would be seen to have worked, had it: what a desk's volume can tell at all."""

from typing import TYPE_CHECKING

from amends.measures.weeks import Total

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

SURE = 0.025
_REACH = 6.0


def power(before: Total, exposure: float, *, ratio: float = 0.5, phi: float = 1.0, sure: float = SURE) -> float:
    """The probability that the interval of the ratio lies below 1 after a true drop to this ratio of the rate before.

    `exposure` is what comes after. It is the exact power of the mid-p test, summed over all counts that can be; where
    weeks scatter, over counts divided by phi.
    """
    import numpy as np
    from scipy import special

    earlier, later = before.count / phi, before.rate * exposure * ratio / phi
    if not earlier:
        return 0.0
    mean = earlier + later
    least, most = max(0, int(mean - _REACH * mean**0.5)), int(mean + _REACH * mean**0.5) + 10
    of = np.arange(least, most + 1)
    chance = np.exp(of * np.log(mean) - mean - special.gammaln(of + 1))
    fewest = _clear(of, exposure / (exposure + before.exposure), sure)
    seen = np.where(fewest >= 0, special.bdtr(np.maximum(fewest, 0), of, later / mean), 0.0)
    return float((chance * seen).sum())


def power_words(chance: float) -> str:
    """A power in a sentence."""
    return f"With this volume we would see a halving {100 * chance:.0f} % of the time."


def _clear(of: "npt.NDArray[np.int_]", even: float, sure: float) -> "npt.NDArray[np.int_]":
    """For each sum the greatest count after that is clearly too few when nothing changed, -1 where none is."""
    import numpy as np
    from scipy import special

    low, high = np.full(len(of), -1), of + 1
    while (high - low > 1).any():
        middle = (low + high) // 2
        at_most = special.bdtr(np.clip(middle, 0, of), of, even)
        fewer = np.where(middle > 0, special.bdtr(np.clip(middle - 1, 0, of), of, even), 0.0)
        is_clear = (middle < of + 1) & (middle >= 0) & ((at_most + fewer) / 2 <= sure)
        going = high - low > 1
        low, high = np.where(going & is_clear, middle, low), np.where(going & ~is_clear, middle, high)
    return low
