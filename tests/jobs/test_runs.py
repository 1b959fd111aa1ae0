"""Runs: the same input is the same run, what is published is whole, and what failed is kept apart."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest

from houqin.errors import BadParameter, FailedRun
from houqin.jobs.folder_lock import LOCK_FILE
from houqin.jobs.history import History
from houqin.jobs.parameters import SemesterStart
from houqin.jobs.places import EXAMPLE_SCHOOL
from houqin.jobs.plan import Plan, make_plan
from houqin.jobs.runs import CURRENT, FAILED, RECORD, TEMPORARY, current_run, open_run, publish, verify_run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def school(tmp_path: Path) -> Path:
    """Make a school with the example's settings and two files in its inbox."""
    folder = tmp_path / "我的 学校"
    (folder / "收件箱" / "校服").mkdir(parents=True)
    shutil.copy(EXAMPLE_SCHOOL / "school.toml", folder)
    (folder / "收件箱" / "报修.csv").write_text("日期,地点\n", encoding="utf-8")
    (folder / "收件箱" / "校服" / "七1班.csv").write_text("姓名,尺码\n", encoding="utf-8")
    return folder


def plan_of(school: Path, out: str = "结果", **more: object) -> Plan:
    """Plan a run of the school."""
    return make_plan("semester-start", SemesterStart(school=str(school), out=out, **more), base=school.parent)


def make(plan: Plan, content: str = "汇总") -> Path:
    """Make a run with one output and publish it."""
    with open_run(plan) as run:
        (run.folder / "问题清单.txt").write_text(content, encoding="utf-8")
        return publish(run, {"run": run.id, "sources": dict(run.sources)})


def test_a_run_is_published_with_its_sources_and_a_record_of_every_output(school: Path) -> None:
    """The record lists what was made, not itself, and verifies; the hint beside the runs names it."""
    folder = make(plan_of(school))
    record = json.loads((folder / RECORD).read_text(encoding="utf-8"))
    assert [each["path"] for each in record["outputs"]] == ["问题清单.txt"]
    assert sorted(record["sources"]) == ["报修.csv", "校服/七1班.csv"]
    assert (folder / "来源" / "校服" / "七1班.csv").read_bytes() == (school / "收件箱/校服/七1班.csv").read_bytes()
    assert verify_run(folder) is None
    assert current_run(folder.parent) == folder
    assert folder.relative_to(school.parent).parts[:4] == ("结果", "示例中学", "semester-start", "2025-2026-1")


def test_a_page_for_people_leads_to_the_newest_run(school: Path) -> None:
    """Ids tell a clerk nothing: the page beside the runs links each file of the run that was published last."""
    make(plan_of(school, as_of="2025-09-12"))
    newest = make(plan_of(school, as_of="2025-09-13"))
    page = (newest.parent / "最近一次结果.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"]+)"', page)
    assert [unquote(link) for link in links] == [f"{newest.name}/问题清单.txt"]
    assert all((newest.parent / unquote(link)).is_file() for link in links)


def test_the_same_input_is_the_same_run_wherever_school_and_output_lie(school: Path, tmp_path: Path) -> None:
    """The id hashes bytes and never a path; the first copy stays, the second is dropped."""
    first = make(plan_of(school))
    before = (first / RECORD).stat().st_mtime_ns
    again = make(plan_of(school))
    elsewhere = shutil.copytree(school, tmp_path / "另一处" / "学校")
    other = make(plan_of(elsewhere, out="别的结果"))
    assert again == first
    assert (first / RECORD).stat().st_mtime_ns == before
    assert other.name == first.name
    assert not list(first.parent.glob(".tmp-*"))


@pytest.mark.parametrize(
    "hint",
    ["", '{"run": "85a9', '{"run": 5}', "[]", '{"run": ""}', '{"run": "."}', '{"run": "../2024-2025-2/x"}', "\0" * 40],
)
def test_a_hint_that_says_nothing_good_is_as_good_as_lost(school: Path, hint: str) -> None:
    """Half written by a power cut or another program, or leading elsewhere: the newest record counts."""
    folder = make(plan_of(school))
    other = folder.parents[1] / "2024-2025-2" / "x" / RECORD
    other.parent.mkdir(parents=True)
    other.write_text("{}", encoding="utf-8")
    (folder.parent / CURRENT).write_text(hint, encoding="utf-8")
    assert current_run(folder.parent) == folder
    assert make(plan_of(school)) == folder
    assert json.loads((folder.parent / CURRENT).read_text(encoding="utf-8")) == {"run": folder.name}


@pytest.mark.parametrize("change", ["input", "settings", "date", "decision"])
def test_whatever_decides_over_the_result_decides_over_the_id(school: Path, change: str) -> None:
    """A changed input, setting, decision or date is another run."""
    first = make(plan_of(school))
    more = {}
    if change == "input":
        (school / "收件箱" / "报修.csv").write_text("日期,地点,人\n", encoding="utf-8")
    elif change == "settings":
        with (school / "school.toml").open("a", encoding="utf-8") as settings:
            settings.write("\n# 改过\n")
    elif change == "date":
        more["as_of"] = "2025-10-01"
    else:
        (school / "决定").mkdir()
        (school / "决定" / "答复.toml").write_text("", encoding="utf-8")
    assert make(plan_of(school, **more)) != first


def test_a_published_run_that_was_tampered_with_moves_to_failed(school: Path) -> None:
    """Somebody edited a result, twice: the run is made anew, both edited ones are kept, and each time it is said."""
    folder = make(plan_of(school))
    for number in (1, 2):
        (folder / "问题清单.txt").write_text(f"改过 {number}", encoding="utf-8")
        assert verify_run(folder) == "“问题清单.txt”被改动过"
        with open_run(plan_of(school)) as run:
            (run.folder / "问题清单.txt").write_text("汇总", encoding="utf-8")
            assert publish(run, {"run": run.id, "sources": dict(run.sources)}) == folder
        kept = folder.parent / FAILED / f"{folder.name}-{number}"
        assert (kept / "问题清单.txt").read_text(encoding="utf-8") == f"改过 {number}"
        assert "“问题清单.txt”被改动过" in run.notes[0]
        assert str(kept) in run.notes[0]
    assert verify_run(folder) is None


def test_a_hint_that_cannot_be_written_does_not_unmake_the_run(school: Path) -> None:
    """The run is published before its hint: a person hears of it, and the run counts."""
    plan = plan_of(school)
    (plan.parent / CURRENT).mkdir(parents=True)
    with open_run(plan) as run:
        folder = publish(run, {"run": run.id, "sources": dict(run.sources)})
    assert verify_run(folder) is None
    assert "没有更新" in run.notes[0]
    assert current_run(plan.parent) == folder


def test_what_the_system_refuses_is_a_chinese_sentence(school: Path) -> None:
    """A run's own folder that is removed under it is no page of English, and the fault itself is what is told."""
    plan = plan_of(school)

    def remove_half_way() -> None:
        with open_run(plan) as run:
            shutil.rmtree(run.folder)
            (run.folder / "半截.txt").write_text("x", encoding="utf-8")

    with pytest.raises(FailedRun, match=r"半截\.txt”读写不成：已不在原处"):
        remove_half_way()


def test_a_lock_that_cannot_be_made_is_told(school: Path) -> None:
    """Something else lies where the lock file should be."""
    plan = plan_of(school)
    (plan.parent / LOCK_FILE).mkdir(parents=True)
    with pytest.raises(FailedRun, match=r"\.lock”读写不成"):
        make(plan)


def test_a_fault_leaves_no_result_and_keeps_what_there_was(school: Path) -> None:
    """What was made before the fault lies in failed/ for whoever looks into it."""
    plan = plan_of(school)

    def stop_half_way() -> None:
        with open_run(plan) as run:
            (run.folder / "半截.txt").write_text("x", encoding="utf-8")
            raise FailedRun("没有做完")

    with pytest.raises(FailedRun, match="没有做完"):
        stop_half_way()
    (kept,) = (plan.parent / FAILED).iterdir()
    assert (kept / "半截.txt").exists()
    assert not (plan.parent / kept.name).exists()
    assert current_run(plan.parent) is None


def test_leftovers_of_a_crashed_run_are_swept(school: Path) -> None:
    """A temporary folder that nobody works in is removed by the next run."""
    plan = plan_of(school)
    (plan.parent / ".tmp-999999" / "来源").mkdir(parents=True)
    (plan.parent / ".tmp-half").write_text("x", encoding="utf-8")
    make(plan)
    assert not list(plan.parent.glob(".tmp-*"))


def test_a_broken_workbook_is_not_published(school: Path) -> None:
    """A zip that does not pass its own check means a full disk; the run fails instead of being half good."""
    plan = plan_of(school)

    def publish_broken() -> None:
        with open_run(plan) as run:
            book = run.folder / "坏.xlsx"
            with zipfile.ZipFile(book, "w") as container:
                container.writestr("xl/workbook.xml", "x" * 1000)
            book.write_bytes(book.read_bytes().replace(b"xxxx", b"xxxy", 1))
            publish(run, {"sources": dict(run.sources)})

    with pytest.raises(FailedRun, match="没有写完整"):
        publish_broken()
    assert current_run(plan.parent) is None


def test_the_hint_can_be_lost(school: Path) -> None:
    """current.json is a hint; without it the newest record counts, and failed runs never do."""
    folder = make(plan_of(school))
    (folder.parent / CURRENT).unlink()
    shutil.copytree(folder, folder.parent / FAILED / "x")
    assert current_run(folder.parent) == folder


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"school_year": "2024-2025"}, "学校设置是 2025-2026 学年第一学期"),
        ({"semester": 2}, "请先改学校设置"),
        ({"as_of": "2024-09-12"}, "不在 2025-2026 学年里"),
    ],
)
def test_parameters_that_contradict_the_settings_are_refused(school: Path, given: dict, said: str) -> None:
    """The settings' calendar belongs to one semester; a run of another one would be wrong without a word."""
    with pytest.raises(BadParameter, match=said):
        plan_of(school, **given)


def test_a_school_without_a_folder_or_an_inbox_is_refused(school: Path, tmp_path: Path) -> None:
    """The sentence says which folder is missing, and what to do."""
    with pytest.raises(BadParameter, match="哪里”这个文件夹"):
        plan_of(tmp_path / "哪里")
    shutil.rmtree(school / "收件箱")
    with pytest.raises(BadParameter, match="没有“收件箱”文件夹"):
        plan_of(school)


@pytest.mark.parametrize("below", ["", "结果"])
def test_results_do_not_go_into_the_inbox(school: Path, below: str) -> None:
    """The next run would read its own results as the office's workbooks."""
    with pytest.raises(BadParameter, match="会被当成要读的表"):
        plan_of(school, out=str(school / "收件箱" / below))


class Cut(list):
    """A list of decisions that is looked at once the run is published, and then somebody presses Ctrl-C."""

    def __init__(self, record: Path) -> None:
        self.record = record

    def __len__(self) -> int:
        """Interrupt as soon as the run is published."""
        if self.record.is_file():
            raise KeyboardInterrupt
        return 0


def test_what_interrupts_a_run_that_is_published_does_not_unsay_it(school: Path) -> None:
    """The result lies there and verifies: the history says done, and nothing of it moves to failed/."""
    plan = plan_of(school)
    with pytest.raises(KeyboardInterrupt), open_run(plan) as run:
        publish(run, {"run": run.id, "sources": dict(run.sources), "decided": Cut(run.target / RECORD)})
    assert verify_run(run.target) is None
    assert [(each.status, each.run) for each in History(plan.out).entries()] == [("done", run.id)]
    assert not (plan.parent / FAILED).exists()
    assert current_run(plan.parent) == run.target


def test_a_cut_between_a_run_and_its_hint_leaves_no_old_run_as_the_newest(school: Path) -> None:
    """The hint lies ready before the run is published: whoever looks finds it, and the next run puts it in place."""
    first, second = make(plan_of(school, as_of="2025-09-12")), make(plan_of(school, as_of="2025-09-13"))
    place = first.parent
    (place / f"{TEMPORARY}{CURRENT}").write_text(json.dumps({"run": second.name}), encoding="utf-8")
    (place / CURRENT).write_text(json.dumps({"run": first.name}), encoding="utf-8")
    assert current_run(place) == second
    with pytest.raises(FailedRun), open_run(plan_of(school, as_of="2025-09-14")):
        raise FailedRun("没有做成")
    assert json.loads((place / CURRENT).read_text(encoding="utf-8")) == {"run": second.name}
    assert list(place.glob(f"{TEMPORARY}*")) == []


def test_a_hint_to_a_run_that_was_never_published_is_none(school: Path) -> None:
    """The power went before the run was in its place."""
    first = make(plan_of(school))
    (first.parent / f"{TEMPORARY}{CURRENT}").write_text(json.dumps({"run": "0" * 12}), encoding="utf-8")
    assert current_run(first.parent) == first
