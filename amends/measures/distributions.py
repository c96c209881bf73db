"""The few distributions our intervals stand on: the typed border to scipy.special, imported when first needed."""


def normal_quantile(share: float) -> float:
    """The point of the standard normal below which this share lies."""
    from scipy import special

    return float(special.ndtri(share))


def student_quantile(share: float, freedom: float) -> float:
    """The point of Student's t with so many degrees of freedom below which this share lies."""
    from scipy import special

    return float(special.stdtrit(freedom, share))


def chi_square_above(value: float, freedom: float = 1) -> float:
    """The probability of a chi-square greater than this value."""
    from scipy import special

    return float(special.chdtrc(freedom, value))


def gamma_quantile(share: float, shape: float) -> float:
    """The point of the gamma with this shape and scale 1 below which this share lies."""
    from scipy import special

    return float(special.gammaincinv(shape, share))


def beta_below(value: float, a: float, b: float) -> float:
    """The probability that a beta is at most this value."""
    from scipy import special

    return float(special.betainc(a, b, value))


def log_beta(a: float, b: float) -> float:
    """The logarithm of the beta function."""
    from scipy import special

    return float(special.betaln(a, b))


def log_choose(n: float, k: float) -> float:
    """The logarithm of the number of ways to choose k of n."""
    from math import lgamma

    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def binomial_at_most(count: int, of: int, share: float) -> float:
    """The probability of at most this count among so many tries of one share."""
    from scipy import special

    if count < 0:
        return 0.0
    return 1.0 if count >= of else float(special.bdtr(count, of, share))


def poisson_at_most(count: int, mean: float) -> float:
    """The probability of at most this count when so many are expected."""
    from scipy import special

    return float(special.pdtr(count, mean)) if count >= 0 else 0.0


def poisson_above(count: int, mean: float) -> float:
    """The probability of more than this count when so many are expected, exact also where it is next to nothing."""
    from scipy import special

    return float(special.pdtrc(count, mean)) if count >= 0 else 1.0


def negative_binomial_at_most(count: float, size: float, share: float) -> float:
    """The probability of at most this count, where the mean is size * (1 - share) / share; size need not be whole."""
    return beta_below(share, size, count + 1) if count >= 0 else 0.0
