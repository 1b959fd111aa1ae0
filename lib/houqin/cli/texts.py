"""Click in Chinese: the headings of its help and the sentences of its refusals."""

from __future__ import annotations

import os
import re
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

import click

from houqin.cli.columns import broken, definition_lines
from houqin.cli.examples import examples_of

if TYPE_CHECKING:
    from collections.abc import Iterable


class ChineseCommand(click.Command):
    """A command whose help is Chinese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, " ".join(_pieces(self, ctx)), prefix="用法：")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the command does."""
        _write_text(self, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options."""
        _write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what to type."""
        _write_examples(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give --help with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))


class ChineseGroup(click.Group):
    """A group of commands whose help is Chinese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        formatter.write_usage(ctx.command_path, "命令 [选项]", prefix="用法：")

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what the group is for."""
        _write_text(self, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and the commands."""
        _write_options(self, ctx, formatter)
        commands = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("命令"):
            _write_list(formatter, [(name, _first_sentence(each)) for name, each in commands if each is not None])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what to type."""
        _write_examples(ctx, formatter)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Give --help with a Chinese text."""
        return _in_chinese(super().get_help_option(ctx))


# What a line tells of -> how a terminal shows it; without colours the words say the same.
_TONES: dict[str, dict[str, Any]] = {
    "file": {"bold": True}, "table": {"bold": True, "fg": "cyan"}, "error": {"fg": "red"}, "question": {"fg": "yellow"},
    "title": {"fg": "blue"}, "header": {"fg": "bright_blue"}, "record": {"fg": "green"}, "total": {"fg": "magenta"},
    "subtotal": {"fg": "magenta"}, "opening": {"fg": "magenta"}, "column": {},
}  # fmt: skip


def toned(text: str, tone: str) -> str:
    """Give a line in the colour of what it tells of; the terminal's own wish (NO_COLOR) comes first.

    Where standard output is no terminal, click strips the colours again.
    """
    return text if os.environ.get("NO_COLOR") else click.style(text, **_TONES.get(tone, {"dim": True}))


def usage_sentence(fault: click.ClickException) -> str:
    """Say in Chinese what is wrong with a command line."""
    context = getattr(fault, "ctx", None)
    path = context.command_path if context is not None else "houqin"
    return f"{_complaint(fault)}用法见：{path} --help"


def _complaint(fault: click.ClickException) -> str:  # noqa: PLR0911  (one sentence a kind)
    if isinstance(fault, click.NoSuchOption):
        return f"没有“{fault.option_name}”这个选项。{_near(fault.possibilities)}"
    if isinstance(fault, click.MissingParameter):
        name = fault.param.make_metavar(fault.ctx) if fault.param is not None and fault.ctx is not None else ""
        option = f" {fault.param.opts[0]} " if isinstance(fault.param, click.Option) else ""
        return f"缺少{option}{name or '必要的参数'}。"
    if isinstance(fault, click.BadOptionUsage):
        return f"选项“{fault.option_name}”写得不对：后面要有一个值，或不该有值。"
    if isinstance(fault, click.BadParameter):
        return _bad_value(fault)
    if isinstance(fault, click.UsageError) and fault.ctx is not None and isinstance(fault.ctx.command, click.Group):
        words = list(fault.ctx.command.list_commands(fault.ctx))
        given = next((piece for piece in fault.message.split("'")[1:2]), "")
        near = _near(get_close_matches(given, words, 1, 0.5))
        return (f"没有“{given}”这个命令。{near}" if given else "要写一个命令。") + f"可以用的有：{'、'.join(words)}。"
    if isinstance(fault, click.UsageError):
        return "参数写多了或写得不对。"
    return f"{fault.message}。"


def _bad_value(fault: click.BadParameter) -> str:
    name = _param_name(fault)
    kind = fault.param.type if fault.param is not None else None
    said = fault.message
    # click's own sentences are English
    if isinstance(kind, click.types.IntParamType):
        least, most = (getattr(kind, end, None) for end in ("min", "max"))
        said = f"要写{_whole_number(least, most)}，收到的是“{_quoted_by(fault.message)}”"
    if isinstance(kind, click.Choice):
        said = f"没有“{next(iter(said.split(chr(39))[1:2]), '')}”，可用的有 {'、'.join(kind.choices)}"
    return f"“{name}”的值不对：{said}。"


def _param_name(fault: click.BadParameter) -> str:
    if fault.param is None:
        return ""
    if isinstance(fault.param, click.Argument) and fault.ctx is not None:
        return fault.param.make_metavar(fault.ctx)
    return fault.param.opts[0] if fault.param.opts else ""


def _quoted_by(message: str) -> str:
    """Give the value that click's sentence is about: 'abc' is not a valid integer; 0 is not in the range."""
    return message.split("'")[1] if message.startswith("'") else message.partition(" ")[0]


def _whole_number(least: float | None, most: float | None) -> str:
    if least is not None and most is not None:
        return f" {least} 到 {most} 的整数"
    return f"不小于 {least} 的整数" if least is not None else "整数"


def _near(words: Iterable[str] | None) -> str:
    first = next(iter(words or ()), None)
    return f"是不是“{first}”？" if first else ""


def _pieces(command: click.Command, ctx: click.Context) -> list[str]:
    arguments = [each.make_metavar(ctx) for each in command.params if isinstance(each, click.Argument)]
    return [*arguments, "[选项]"]


def _write_text(command: click.Command, formatter: click.HelpFormatter) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        for line in broken(_first_line(command), formatter.width - formatter.current_indent):
            formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def _write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    records = [each.get_help_record(ctx) for each in command.get_params(ctx)]
    with formatter.section("选项"):
        _write_list(formatter, [(name, _in_brackets(text)) for name, text in filter(None, records) if text])


def _write_list(formatter: click.HelpFormatter, rows: list[tuple[str, str]]) -> None:
    for line in definition_lines(rows, formatter.width, formatter.current_indent):
        formatter.write(f"{line}\n")


def _in_brackets(text: str) -> str:
    """Say click's own marks in Chinese: [required], [1<=x<=256], [x>=1]."""
    text = re.sub(r"\s*\[(\d+)<=x<=(\d+)\]", r"（\1 到 \2）", text)
    text = re.sub(r"\s*\[x>=(\d+)\]", r"（至少 \1）", text)
    return re.sub(r"\s*\[required\]", "（必写）", text)


def _write_examples(ctx: click.Context, formatter: click.HelpFormatter) -> None:
    lines = examples_of(ctx.command_path)
    if lines:
        with formatter.section("例子"):
            for line in lines:
                formatter.write(f"{' ' * formatter.current_indent}{line}\n")


def _first_sentence(command: click.Command) -> str:
    return f"{_first_line(command).partition('。')[0]}。"


def _first_line(command: click.Command) -> str:
    # A docstring ends with a full stop for the linter's sake, a Chinese sentence with its own.
    return (command.help or "").strip().rstrip("。.") + "。"


def _in_chinese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "显示这份说明。"
    return option
