"""How the tables write numbers."""


def per_cent(share: float) -> str:
    """A share in per cent with as many digits as it deserves."""
    return f"{100 * share:.2f} %" if share < 0.02 else f"{100 * share:.1f} %" if share < 0.2 else f"{100 * share:.0f} %"
