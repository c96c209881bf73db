"""The reliability diagram as SVG text: dots near the diagonal are honest, bars below tell how many messages."""

from collections.abc import Iterator, Sequence

SIDE, LEFT, TOP, BARS = 320, 56, 20, 64
WIDTH, HEIGHT = LEFT + SIDE + 24, TOP + SIDE + 44 + BARS + 34
STYLE = """
  .paper { fill: #ffffff } .grid { stroke: #d9dee3 } .even { stroke: #6b7480; stroke-dasharray: 5 4 }
  .dot, .bar { fill: #00796b } .span { stroke: #00796b; stroke-width: 2 }
  text { fill: #24292f; font: 13px system-ui, sans-serif }
  @media (prefers-color-scheme: dark) {
    .paper { fill: #1e2129 } .grid { stroke: #3a404d } .even { stroke: #a3acb9 }
    .dot, .bar { fill: #4db6ac } .span { stroke: #4db6ac } text { fill: #e4e7ec }
  }"""
TITLE = "How often what is called a complaint is one"
Point = tuple[float, float, float, float, int]
"""What was said, what came true, the interval of it, and how many messages."""


def drawn(points: Sequence[Point]) -> str:
    """Return the picture; it follows the reader's light or dark theme on a ground of its own."""
    told = "; ".join(f"said {said:.2f}, true {true:.2f}, {count} messages" for said, true, _, _, count in points)
    lines = [*_ground(), *(line for point in points for line in _dot(point)), *_bars(points)]
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}"'
            ' role="img" aria-labelledby="title told">',
            f'<title id="title">{TITLE}</title>\n<desc id="told">{told}</desc>\n<style>{STYLE}\n</style>',
            *lines,
            "</svg>\n",
        ]
    )


def _ground() -> Iterator[str]:
    yield f'<rect class="paper" width="{WIDTH}" height="{HEIGHT}" rx="8"/>'
    for tick in (0, 0.2, 0.4, 0.6, 0.8, 1):
        yield _line("grid", _x(tick), _y(0), _x(tick), _y(1))
        yield _line("grid", _x(0), _y(tick), _x(1), _y(tick))
        yield _text(_x(tick), _y(0) + 18, f"{tick:.0%}", "middle")
        yield _text(_x(0) - 8, _y(tick) + 4, f"{tick:.0%}", "end")
    yield _line("even", _x(0), _y(0), _x(1), _y(1))
    yield _text(_x(0) + 8, _y(1) + 16, "share that are complaints")
    yield _text(_x(1) - 6, _y(0) - 8, "probability that was said", "end")


def _dot(point: Point) -> Iterator[str]:
    said, true, low, high, _ = point
    yield _line("span", _x(said), _y(low), _x(said), _y(high))
    yield f'<circle class="dot" cx="{_x(said):.1f}" cy="{_y(true):.1f}" r="5"/>'


def _bars(points: Sequence[Point]) -> Iterator[str]:
    floor = TOP + SIDE + 44 + BARS
    most = max((count for *_, count in points), default=1)
    for said, _, _, _, count in points:
        height = BARS * count / most
        yield f'<rect class="bar" x="{_x(said) - 8:.1f}" y="{floor - height:.1f}" width="16" height="{height:.1f}"/>'
    yield _text(_x(0), floor + 20, f"messages at each probability, the tallest bar {most}")


def _line(kind: str, *at: float) -> str:
    return '<line class="{}" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>'.format(kind, *at)


def _text(x: float, y: float, words: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{words}</text>'


def _x(share: float) -> float:
    return LEFT + SIDE * share


def _y(share: float) -> float:
    return TOP + SIDE * (1 - share)
