"""Turns the JSON lines of a bench run into the table of the README, between its two marks."""

import json
import sys
from pathlib import Path

WORDS = {
    "start_again": ("`amends up` to the first answer, second start", "3 s", "s"),
    "memory_idle_start_again": ("memory of an idle desk, three processes", "150 MB", "MB PSS"),
    "intake_accept": ("a mail stored, synced, acknowledged", "0.6", "CPU-ms"),
    "one_mail_end_to_end": ("one mail by SMTP until its case is there, median", "15 ms", "ms"),
    "intake_full": ("a mail parsed, threaded, read, in its case, acknowledgement queued", "4.5", "CPU-ms"),
    "queue_page": ("queue page, 50 rows", "10", "CPU-ms"),
    "case_page_20": ("case page, 20 messages", "12", "CPU-ms"),
    "case_page_200": ("case page, 200 messages", "", "CPU-ms"),
    "reply": ("a reply: check, gates, outbox", "8", "CPU-ms"),
}
BEGIN, END = "<!-- bench -->", "<!-- /bench -->"


def table(lines: list[dict[str, object]]) -> str:
    """The figures as a Markdown table, each with what we want to reach; a figure not named here is left out."""
    rows = ["| What | at cases | measured | to reach |", "|---|---|---|---|"]
    for line in lines:
        named = WORDS.get(str(line["figure"]))
        if named:
            what, goal, unit = named
            rows.append(f"| {what} | {line.get('cases', '')} | {line['value']:.1f} {unit} | {goal} |")
    load = max(float(str(line["load"])) for line in lines)
    return "\n".join([*rows, "", f"{lines[0]['machine']}; the load average was at most {load:.1f} during this run."])


def main() -> None:
    """Read JSON lines from standard input and rewrite the file named on the command line."""
    path = Path(sys.argv[1])
    lines = [json.loads(line) for line in sys.stdin if line.startswith("{")]
    head, _, rest = path.read_text().partition(BEGIN)
    tail = rest.partition(END)[2]
    path.write_text(f"{head}{BEGIN}\n{table(lines)}\n{END}{tail}")


if __name__ == "__main__":
    main()
