"""`python -m bench.language.foreign`: `read` on texts of others: GoEmotions (feeling) and CFPB (category).

Neither is shipped: `--general` and `--cfpb` name their folders. The test part of GoEmotions was not trained on; of CFPB
nothing was.
"""

import argparse
import csv
from pathlib import Path

from amends.language.issues import CATEGORIES
from amends.language.reading import read
from amends.language.trained.signs import FEELINGS
from bench.language.material import general
from bench.language.score_reading import macro, share
from bench.language.tables import Table

# The issues of the CFPB's complaint database as our categories; an issue that fits none is left out.
CFPB = {
    "Incorrect information on your report": "information",
    "Problem with a credit reporting company's investigation into an existing problem": "service_received",
    "Problem with a company's investigation into an existing issue": "service_received",
    "Improper use of your report": "privacy",
    "Credit monitoring or identity theft protection services": "privacy",
    "Identity theft protection or other monitoring services": "privacy",
    "Threatened to contact someone or share information improperly": "privacy",
    "Unable to get your credit report or credit score": "access",
    "Closing an account": "access",
    "Closing your account": "access",
    "Opening an account": "access",
    "Trouble using the card": "access",
    "Trouble using your card": "access",
    "Can't contact lender or servicer": "service_received",
    "Dealing with your lender or servicer": "service_received",
    "Problem with a purchase shown on your statement": "price_billing",
    "Problem with a lender or other company charging your account": "price_billing",
    "Attempts to collect debt not owed": "price_billing",
    "Fees or interest": "price_billing",
    "Unexpected or other fees": "price_billing",
    "Trouble during payment process": "price_billing",
    "Problem when making payments": "price_billing",
    "Wrong amount charged or received": "price_billing",
    "Unauthorized transactions or other transaction problem": "price_billing",
    "Advertising and marketing, including promotional offers": "expectation_promise",
    "Confusing or missing disclosures": "information",
    "Written notification about debt": "information",
    "False statements or representation": "information",
}


def of_general(folder: Path) -> Table:
    """Return how the feeling read meets the labels of GoEmotions test; where there are several, any of them."""
    rows = [(felt, read(text).feeling.kind) for text, felt in general(folder, "test")]
    pairs = [(said if said in felt else min(felt, key=FEELINGS.index), said) for felt, said in rows]
    single = [(next(iter(felt)), said) for felt, said in rows if len(felt) == 1]
    return Table(
        ("GoEmotions test", "macro-F1 (%)", "to reach"),
        (
            (f"all {len(pairs)}, any of several labels", f"{100 * macro(pairs, FEELINGS):.1f}", "58"),
            (f"the {len(single)} with one label", f"{100 * macro(single, FEELINGS):.1f}", ""),
        ),
    )


def of_cfpb(folder: Path) -> Table:
    """Return how the category of the first issue read meets the CFPB's, and how many are read as complaints."""
    rows = [(CFPB.get(issue), read(text)) for text, issue in narratives(folder)]
    placed = [(want, reading.issues[0]) for want, reading in rows if want and reading.issues]
    pairs = [(want, issue.category) for want, issue in placed]
    some = share(any(want == issue.category for issue in reading.issues) for want, reading in rows if want)
    return Table(
        ("CFPB", "figure (%)", "to reach"),
        (
            (
                f"read as a complaint, of {len(rows)}",
                f"{100 * share(one.complaint.is_ is True for _, one in rows):.1f}",
                "",
            ),
            (f"category of the first issue, macro-F1, of {len(pairs)}", f"{100 * macro(pairs, CATEGORIES):.1f}", "55"),
            (
                "among its first two",
                f"{100 * share(want in (one.category, one.second) for want, one in placed):.1f}",
                "75",
            ),
            ("among those of all issues", f"{100 * some:.1f}", ""),
        ),
    )


def narratives(folder: Path) -> list[tuple[str, str]]:
    """Return (narrative, issue) of every row that has both."""
    found = []
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            rows = csv.DictReader(lines)
            found += [(row["Consumer complaint narrative"], row["Issue"]) for row in rows]
    return [(text, issue) for text, issue in found if (text or "").strip() and issue]


def main() -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--general", type=Path, required=True)
    asked.add_argument("--cfpb", type=Path, required=True)
    options = asked.parse_args()
    print(of_general(options.general).markdown())
    print(of_cfpb(options.cfpb).markdown())


if __name__ == "__main__":
    main()
