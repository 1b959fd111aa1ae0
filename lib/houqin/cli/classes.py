"""What goes out to the classes and comes back: `houqin blanks` and `houqin missing`."""

from __future__ import annotations

from pathlib import Path

import click

from houqin.cli.asking import password_asker
from houqin.cli.texts import ChineseCommand

DONE = 0
_FOLDER = click.Path(path_type=Path)
_SCHOOL = click.option("--school", metavar="文件夹", type=_FOLDER, help="学校文件夹；不写就用 houqin init 建的那一所。")


@click.command("blanks", cls=ChineseCommand)
@click.argument("forms", metavar="[表单]…", nargs=-1)
@_SCHOOL
@click.option("--out", metavar="文件夹", type=_FOLDER, help="写到这里；不写就在 output/校名/发给各班的空白表。")
@click.option(
    "--by", metavar="方式", type=click.Choice(["class", "form"]), default="class", show_default=False,
    help="class 一个班一本，一种表一张（默认）；form 一种表一本，一个班一张。",
)  # fmt: skip
@click.option("--class", "classes", metavar="班级", multiple=True, help="只写这个班的，如 七年级(3)班；可写几个。")
def blanks_command(
    forms: tuple[str, ...], school: Path | None, out: Path | None, by: str, classes: tuple[str, ...]
) -> int:
    """给各班写预填好的空白表：班级、班主任、人数已填好，带下拉和限制。."""
    from houqin.jobs.blanks import write_blanks  # noqa: PLC0415  (help loads no pandas)
    from houqin.jobs.new_school import default_school  # noqa: PLC0415

    folder = school or Path(default_school())
    click.echo("\n".join(write_blanks(folder, forms, out=out, by=by, classes=classes)))
    return DONE


@click.command("missing", cls=ChineseCommand)
@_SCHOOL
@click.option("--form", "forms", metavar="表单", multiple=True, help="只看这种表，可写几个；不写是开学每班都交的。")
@click.option("--out", metavar="文件夹", type=_FOLDER, help="把催交名单（.txt 和 .xlsx）写到这里；不写就只显示。")
def missing_command(school: Path | None, forms: tuple[str, ...], out: Path | None) -> int:
    """催交名单：哪个班还没有交哪张表，可以直接贴到群里。."""
    from houqin.jobs.missing import missing_lines  # noqa: PLC0415
    from houqin.jobs.new_school import default_school  # noqa: PLC0415

    folder = school or Path(default_school())
    click.echo("\n".join(missing_lines(folder, forms, out=out, ask=password_asker())))
    return DONE
