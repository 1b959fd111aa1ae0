"""The grammar of rules: text -> a tree of nodes, or an error that says at which character and why."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARISONS = ("==", "<=", ">=", "!=", "<", ">")
FUNCTIONS = {"round": (2, 2), "abs": (1, 1), "max": (2, 9), "min": (2, 9), "coalesce": (2, 2), "contains": (2, 40),
             "lacks": (2, 40), "starts": (2, 40)}  # fmt: skip
# Questions about a field of words.
WORDY = ("contains", "lacks", "starts")
MAX_DEPTH = 40
MAX_DIGITS = 15
MAX_DECIMALS = 12
TOKEN = re.compile(
    r"(?P<space>\s+)|(?P<number>\d+(?:\.\d+)?)|(?P<name>[A-Za-z_]\w*)|(?P<text>'[^']*'|\"[^\"]*\")"
    r"|(?P<sign>==|<=|>=|!=|[-+*/(),<>])",
    re.ASCII,
)
# What a hand that thinks in Excel or in full width types instead.
MEANT = {"=": "==", "＝": "==", "≤": "<=", "≥": ">=", "≠": "!=", "（": "(", "）": ")", "，": ",", "＋": "+", "－": "-",
         "−": "-", "×": "*", "÷": "/", "^": "*", "%": "/ 100", "＜": "<", "＞": ">", "&": "and"}  # fmt: skip


class BadExpression(ValueError):
    """A rule that cannot be read; `position` counts characters from 1, the text is a Chinese sentence."""

    def __init__(self, position: int, message: str) -> None:
        super().__init__(f"第 {position} 个字符：{message}")
        self.position = position


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a rule. `kind` is number, field, text, negative, + - * /, a comparison, `and`, or a function's name."""

    kind: str
    parts: tuple[Node, ...] = ()
    value: str = ""


def read_rule(text: str) -> Node:
    """Read a rule into its tree; BadExpression names the character at which it cannot be understood."""
    return _Parser(text).whole()


def comparisons(node: Node) -> Iterator[Node]:
    """Give the comparisons that `and` joins, in order."""
    if node.kind in COMPARISONS or node.kind in WORDY:
        yield node
    elif node.kind == "and":
        yield from node.parts


def names(node: Node, *, outside_coalesce: bool = False) -> Iterator[str]:
    """Give the fields that a rule names, with repetitions."""
    if node.kind == "field":
        yield node.value
    if not (outside_coalesce and node.kind == "coalesce"):
        for part in node.parts:
            yield from names(part, outside_coalesce=outside_coalesce)


class _Parser:
    """Recursive descent over the tokens of one rule."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(_tokens(text))
        self.at = 0
        self.depth = 0

    def whole(self) -> Node:
        """Read the rule to its end."""
        parts = [self.comparison()]
        while self.peek() == "and":
            self.at += 1
            parts.append(self.comparison())
        if self.at < len(self.tokens):
            word = self.peek()
            raise self.wrong(f"“{word}”前面少一个运算符或 and。" if word != ")" else "多了一个右括号。")
        if len(parts) > 1 and any(part.kind not in (*COMPARISONS, *WORDY) for part in parts):
            raise BadExpression(1, "and 的两边都要是比较，例如 a <= b and c <= d。")
        root = Node("and", tuple(parts)) if len(parts) > 1 else parts[0]
        self.check_texts(root)
        return root

    def check_texts(self, node: Node, parent: str = "and") -> None:
        """Refuse words where only numbers make sense."""
        lonely = node.kind == "text" and parent not in ("==", "!=", *WORDY)
        misplaced = node.kind in WORDY and parent != "and"
        kinds = [part.kind for part in node.parts]
        unequal = node.kind in COMPARISONS and "text" in kinds and "field" not in kinds
        if lonely or misplaced or unequal:
            first = next(at for at, word in self.tokens if word[0] in "'\"" or word in WORDY)
            raise BadExpression(first, "文字只能和一个字段比较，例如 state == '已完成'，或用 contains(name, '课桌')。")
        for part in node.parts:
            self.check_texts(part, node.kind)

    def comparison(self) -> Node:
        """Read one comparison, or a value where nothing is compared."""
        left = self.sum()
        if self.peek() not in COMPARISONS:
            return left
        sign = self.take()
        right = self.sum()
        if self.peek() in COMPARISONS:
            raise self.wrong("一次只能比较两个数，请用 and 连接，例如 a <= b and b <= c。")
        if "text" in (left.kind, right.kind) and sign not in ("==", "!="):
            raise self.wrong("文字只能用 == 或 != 比较。")
        return Node(sign, (left, right))

    def sum(self) -> Node:
        """Read terms joined by + and -."""
        node = self.product()
        while self.peek() in ("+", "-"):
            node = Node(self.take(), (node, self.product()))
        return node

    def product(self) -> Node:
        """Read factors joined by * and /."""
        node = self.factor()
        while self.peek() in ("*", "/"):
            node = Node(self.take(), (node, self.factor()))
        return node

    def factor(self) -> Node:
        """Read a number, a field, a text, a call, a parenthesis, or one of these with a sign."""
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong("括号套得太深。")
        node = self._factor()
        self.depth -= 1
        return node

    def _factor(self) -> Node:
        word = self.take()
        if word in ("-", "+"):
            inner = self.factor()
            return Node("negative", (inner,)) if word == "-" else inner
        if word == "(":
            inner = self.sum()
            self.expect(")")
            return inner
        if word[0] in "'\"":
            return Node("text", value=word[1:-1])
        if word[0].isdigit():
            if sum(map(str.isdigit, word)) > MAX_DIGITS:
                raise self.wrong(f"数字最多 {MAX_DIGITS} 位。", back=1)
            return Node("number", value=word)
        if not (word[0].isalpha() or word[0] == "_") or word == "and":
            raise self.wrong(f"这里要写字段名、数字或括号，写的是“{word}”。", back=1)
        return self.call(word) if self.peek() == "(" else Node("field", value=word)

    def call(self, name: str) -> Node:
        """Read a function's arguments."""
        if name not in FUNCTIONS:
            raise self.wrong(f"没有“{name}”这个函数，可用的有 {'、'.join(FUNCTIONS)}。", back=1)
        self.at += 1
        parts = [self.sum()]
        while self.peek() == ",":
            self.at += 1
            parts.append(self.sum())
        self.expect(")")
        least, most = FUNCTIONS[name]
        if not least <= len(parts) <= most:
            many = f"{least} 个" if least == most else f"{least} 到 {most} 个"
            raise self.wrong(f"{name} 要有 {many}参数，写了 {len(parts)} 个。", back=1)
        if name == "round" and not (parts[1].value.isdigit() and int(parts[1].value) <= MAX_DECIMALS):
            raise self.wrong(f"round 的第二个参数是小数位数，0 到 {MAX_DECIMALS} 的整数。", back=1)
        if name in WORDY and (parts[0].kind != "field" or any(p.kind != "text" for p in parts[1:])):
            raise self.wrong(f"{name} 先写字段名，再写带引号的文字，例如 {name}(name, '课桌')。", back=1)
        return Node(name, tuple(parts))

    def peek(self) -> str:
        """Give the next token, empty at the end."""
        return self.tokens[self.at][1] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        """Give the next token and pass it."""
        if self.at >= len(self.tokens):
            raise BadExpression(len(self.text) + 1, "到这里还没有写完。")
        self.at += 1
        return self.tokens[self.at - 1][1]

    def expect(self, sign: str) -> None:
        """Pass a sign that must stand here."""
        if self.peek() != sign:
            raise self.wrong(f"这里少一个“{sign}”。")
        self.at += 1

    def wrong(self, message: str, back: int = 0) -> BadExpression:
        """Make the error for the next token, or for one further back."""
        at = self.at - back
        return BadExpression(self.tokens[at][0] if at < len(self.tokens) else len(self.text) + 1, message)


def _tokens(text: str) -> Iterator[tuple[int, str]]:
    """Cut a rule into tokens with their positions from 1."""
    at = 0
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            meant = MEANT.get(text[at])
            raise BadExpression(at + 1, f"“{text[at]}”不能用" + (f"，这里应写“{meant}”。" if meant else "。"))
        if match.lastgroup != "space":
            yield at + 1, match.group()
        at = match.end()
