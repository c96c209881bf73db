"""Small changes to a module's functions, each of which could open a gate: a check left out, a bound moved, a row in.

What is said to people is no gate: the text of a sentence, what is given to `raise` and what is given to `record` stay.
Whether it is raised and whether it is recorded are changed.
"""

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import CodeType

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    **{ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq},
    **{ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd},
}
OTHERS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# Calls on something that can be left out, which gives that something: a filter that lets everything through.
NARROWING = frozenset({"filter", "exclude", "strip", "order_by", "select_for_update"})
AROUND = 40  # characters of what stays, shown on each side of what changes
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: in which function, in which line, from what to what, and the changed function."""

    function: str
    line: int
    before: str
    after: str
    code: CodeType

    @property
    def change(self) -> str:
        """The change in one line, as it is shown and as a known one is listed: what differs, with some words around."""
        same = _shared(self.before, self.after)
        start = self.before.rfind(" ", 0, max(same - AROUND, 0)) + 1
        shown = [text[start:] for text in (self.before, self.after)]
        same = _shared(*(text[::-1] for text in shown))
        end = max(same - AROUND, 0)
        shown = [text[: len(text) - end] + ("…" if end else "") for text in shown]
        return " → ".join(f"…{text}" if start else text for text in shown)


def _shared(one: str, other: str) -> int:
    """With how many letters both begin."""
    return next(
        (at for at, (left, right) in enumerate(zip(one, other, strict=False)) if left != right),
        min(len(one), len(other)),
    )


def mutants(source: str, filename: str) -> Iterator[Mutant]:
    """Every change of this source, in the order of its lines."""
    tree = ast.parse(source, filename)
    for name, function in _functions(tree.body, ""):
        for number in range(len(function.body)):
            for node, put in _places(function.body, number):
                for new in _changes(node):
                    before, after = ast.unparse(node), ast.unparse(new)
                    put(ast.fix_missing_locations(ast.copy_location(new, node)))
                    code = compile(tree, filename, "exec")
                    put(node)
                    yield Mutant(
                        name, node.lineno, before.partition("\n")[0], after.partition("\n")[0], _code_of(code, name)
                    )


def _functions(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, Function):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{prefix}{node.name}.")


def _places(holder: list, index: int) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    """Each statement and expression below one entry of a list, with how to put another in its place."""
    node = holder[index]
    if isinstance(node, ast.expr | ast.stmt):
        yield node, lambda new: holder.__setitem__(index, new)
    if isinstance(node, ast.JoinedStr | ast.Raise) or _is_record(node):
        return
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "type"}:
            continue
        if isinstance(value, list):
            for place, below in enumerate(value):
                if isinstance(below, ast.AST):
                    yield from _places(value, place)
        elif isinstance(value, ast.AST):
            yield from _below(node, field)


def _below(parent: ast.AST, field: str) -> Iterator[tuple[ast.AST, Callable[[ast.AST], None]]]:
    slot = [getattr(parent, field)]
    for number, (node, put) in enumerate(_places(slot, 0)):
        if number or not isinstance(slot[0], ast.expr | ast.stmt):
            yield node, put
        else:
            yield node, lambda new: setattr(parent, field, new)


def _is_record(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Call)
        and isinstance(node.value.func, ast.Name)
        and node.value.func.id == "record"
    )


def _changes(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in the place of this node."""
    kind = type(node)
    if kind in CHANGES:
        yield from CHANGES[kind](node)


def _statement(node: ast.Expr) -> Iterator[ast.AST]:
    if not isinstance(node.value, ast.Constant | ast.Yield | ast.YieldFrom):
        yield ast.Pass()


def _leave_out(_: ast.AST) -> Iterator[ast.AST]:
    yield ast.Pass()


def _if(node: ast.If | ast.IfExp) -> Iterator[ast.AST]:
    yield _with(node, test=ast.Constant(True))
    if not _only_raises(node):  # leaving the `raise` out is the same
        yield _with(node, test=ast.Constant(False))


def _only_raises(node: ast.If | ast.IfExp) -> bool:
    return isinstance(node, ast.If) and len(node.body) == 1 and isinstance(node.body[0], ast.Raise) and not node.orelse


def _return(node: ast.Return) -> Iterator[ast.AST]:
    says_no = isinstance(node.value, ast.Constant) and node.value.value in (None, False)
    if node.value is not None and not says_no:
        yield ast.Return(ast.Constant(None))


def _either(node: ast.BoolOp) -> Iterator[ast.AST]:
    for left_out in range(len(node.values)):
        rest = [value for number, value in enumerate(node.values) if number != left_out]
        yield rest[0] if len(rest) == 1 else _with(node, values=rest)


def _compare(node: ast.Compare) -> Iterator[ast.AST]:
    for number, operator in enumerate(node.ops):
        yield _with(node, ops=[*node.ops[:number], SWAPS[type(operator)](), *node.ops[number + 1 :]])


def _sum(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in SWAPS and not isinstance(node.left, ast.JoinedStr):
        yield _with(node, op=SWAPS[type(node.op)]())


def _not(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.Not):
        yield node.operand


def _constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, int):
        yield ast.Constant(node.value + 1)


def _call(node: ast.Call) -> Iterator[ast.AST]:
    narrows = isinstance(node.func, ast.Attribute) and node.func.attr in NARROWING
    if narrows:
        yield node.func.value
    if not narrows or len(node.args) + len(node.keywords) > 1:
        for number in range(len(node.keywords)):
            yield _with(node, keywords=node.keywords[:number] + node.keywords[number + 1 :])
        for number in range(len(node.args) if narrows else 0):
            yield _with(node, args=node.args[:number] + node.args[number + 1 :])
    if isinstance(node.func, ast.Name) and node.func.id in OTHERS:
        yield _with(node, func=ast.Name(OTHERS[node.func.id], ast.Load()))


def _loops(node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> Iterator[ast.AST]:
    """The same without one of its conditions."""
    for loop, generator in enumerate(node.generators):
        for left_out in range(len(generator.ifs)):
            open_to_all = _with(generator, ifs=generator.ifs[:left_out] + generator.ifs[left_out + 1 :])
            yield _with(node, generators=[*node.generators[:loop], open_to_all, *node.generators[loop + 1 :]])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    other = copy.copy(node)
    for name, value in fields.items():
        setattr(other, name, value)
    return other


CHANGES: dict[type[ast.AST], Callable] = {
    ast.Expr: _statement,
    ast.Raise: _leave_out,
    ast.Continue: _leave_out,
    ast.If: _if,
    ast.IfExp: _if,
    ast.Return: _return,
    ast.BoolOp: _either,
    ast.Compare: _compare,
    ast.BinOp: _sum,
    ast.UnaryOp: _not,
    ast.Constant: _constant,
    ast.Call: _call,
    **dict.fromkeys((ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp), _loops),
}


def _code_of(code: CodeType, name: str) -> CodeType:
    """The code of the function of this name within the code of its module."""
    for part in name.split("."):
        code = next(one for one in code.co_consts if isinstance(one, CodeType) and one.co_name == part)
    return code
