"""A clerk's way: JupyterLab in Chinese, the notebook opened, Run All, and the files as links; in a real browser."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING

import psutil
import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from houqin.jobs import workers
from houqin.jobs.places import EXAMPLE_SCHOOL, NOTEBOOKS, REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TOKEN = "houqin-test"  # noqa: S105  (of a server that lives as long as the test)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
MISSING = (CHROMIUM is None or DRIVER is None) and "CI" not in os.environ
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
    "--window-size=1400,1000",
)  # fmt: skip
PATIENCE = 120

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(MISSING, reason="no Chromium here; where CI is set its absence is a failure"),
]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a clerk has into a folder with Chinese and blanks: runs must not write into this repository."""
    folder = tmp_path_factory.mktemp("lab") / "后勤 文件夹"
    shutil.copytree(REPOSITORY / "lib", folder / "lib", ignore=shutil.ignore_patterns("__pycache__", "*.egg-info"))
    shutil.copytree(NOTEBOOKS, folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(EXAMPLE_SCHOOL.parent, folder / "templates")
    return folder


@contextlib.contextmanager
def started_lab(checkout: Path, **more: str) -> Iterator[tuple[str, psutil.Process]]:
    """Start `houqin lab` as a clerk does, without the browser, and give its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable, "-m", "houqin", "lab", "--no-browser", "--allow-root", f"--port={port}",
        f"--IdentityProvider.token={TOKEN}",
    ]  # fmt: skip
    environment = {**os.environ, "PYTHONPATH": str(checkout / "lib"), **more}
    log = (checkout / f"lab-{port}.log").open("w", encoding="utf-8")
    server = subprocess.Popen(command, env=environment, cwd=checkout, stdout=log, stderr=subprocess.STDOUT)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until(lambda: ask(address, "/api/status") is not None, "JupyterLab to answer")
        yield address, psutil.Process(server.pid)
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(20)
        server.kill()
        server.wait()
        log.close()


@pytest.fixture(scope="module")
def lab(checkout: Path) -> Iterator[str]:
    """Start `houqin lab` and give its address."""
    with started_lab(checkout) as (address, _):
        yield address


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[webdriver.Chrome]:
    """Start a browser that knows nothing of earlier ones."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


def ask(address: str, path: str) -> object | None:
    """Ask the server's API; None while it does not answer."""
    try:
        with urllib.request.urlopen(f"{address}{path}?token={TOKEN}", timeout=5) as answer:  # noqa: S310  (our own)
            return json.load(answer)
    except (urllib.error.URLError, OSError):
        return None


def download(address: str | None) -> bytes:
    """Fetch what a link leads to, as the browser would with its cookie."""
    with urllib.request.urlopen(f"{address}?token={TOKEN}", timeout=30) as answer:  # noqa: S310  (our own server)
        return answer.read()


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Poll until something holds, or say what did not come about."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end, f"waited {PATIENCE} s for {what}"
        time.sleep(0.2)


def take_picture(browser: webdriver.Chrome, name: str) -> None:
    """Save what the browser shows, the chart in its middle, where HOUQIN_SCREENSHOTS names a folder."""
    if folder := os.environ.get("HOUQIN_SCREENSHOTS"):
        for chart in browser.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output svg"):
            browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", chart)
        browser.save_screenshot(f"{folder}/{name}")


def click_menu(browser: webdriver.Chrome, menu: str, entry: str) -> None:
    """Open a menu by its Chinese name and click an entry."""
    find = WebDriverWait(browser, PATIENCE).until
    bar = f"//*[contains(@class,'lm-MenuBar-itemLabel') and text()='{menu}']"
    find(lambda b: b.find_element(By.XPATH, bar)).click()
    path = f"//*[contains(@class,'lm-Menu-itemLabel') and text()='{entry}']"
    target = find(lambda b: b.find_element(By.XPATH, path))
    ActionChains(browser).move_to_element(target).click().perform()


LINKS = "//*[contains(@class,'jp-OutputArea-output')]//a[contains(@href,'.xlsx') or contains(@href,'xlsx')]"


def run_all(browser: webdriver.Chrome, lab: str) -> None:
    """Open the job's notebook, run all its cells, and wait for its links."""
    browser.get(f"{lab}/lab/tree/notebooks/semester_start.ipynb?token={TOKEN}")
    # The page says idle before there is a kernel: the server knows better.
    wait_until(
        lambda: [s for s in ask(lab, "/api/sessions") or [] if s["kernel"]["execution_state"] == "idle"],
        "a kernel",
    )
    click_menu(browser, "运行", "运行所有单元格")
    try:
        WebDriverWait(browser, PATIENCE).until(lambda b: b.find_elements(By.XPATH, LINKS))
    finally:
        take_picture(browser, "jupyterlab.png")


def test_run_all_in_a_chinese_jupyterlab_shows_the_figures_and_the_files(
    lab: str, browser: webdriver.Chrome, checkout: Path
) -> None:
    """Menus are Chinese without any setting of the user's; Run All ends with links to files that exist."""
    run_all(browser, lab)
    text = browser.find_element(By.CSS_SELECTOR, ".jp-Notebook").text
    for word in ("开学后勤汇总", "在册学生", "必须改", "03打印单据.xlsx"):
        assert word in text
    assert not browser.find_elements(By.CSS_SELECTOR, ".jp-OutputArea-output[data-mime-type*='stderr']")
    (summary,) = (each for each in browser.find_elements(By.XPATH, LINKS) if each.text == "开学后勤汇总.xlsx")
    assert download(summary.get_attribute("href")).startswith(b"PK")
    (record,) = (checkout / "output").glob("示例中学/semester-start/2025-2026-1/*/99技术文件/run.json")
    assert json.loads(record.read_text(encoding="utf-8"))["status"] == "done"


def test_the_first_page_opens_first_and_leads_to_the_job(lab: str, browser: webdriver.Chrome) -> None:
    """`houqin lab` begins with 首页, and its link opens the notebook."""
    browser.get(f"{lab}/?token={TOKEN}")
    find = WebDriverWait(browser, PATIENCE).until
    find(lambda b: b.find_element(By.XPATH, "//h1[contains(.,'首页')]"))
    link = find(lambda b: b.find_element(By.XPATH, "//td/a[contains(.,'开学后勤汇总')]"))
    browser.execute_script("arguments[0].click()", link)
    find(lambda b: b.find_element(By.XPATH, "//h1[contains(.,'开学后勤汇总')]"))


@pytest.mark.skipif(not workers.CAN_FORK, reason="forks are Linux's")
def test_kernels_of_our_provisioner_run_are_interrupted_restarted_and_ended_in_jupyterlab(
    browser: webdriver.Chrome, checkout: Path
) -> None:
    """With the variable set, JupyterLab's kernels are forks of the prepared process, and nobody notices."""
    with started_lab(checkout, JUPYTER_DEFAULT_PROVISIONER_NAME="houqin-provisioner") as (lab, server):
        run_all(browser, lab)
        (prepared,) = (each for each in server.children() if "houqin.jobs.prepared" in " ".join(each.cmdline()))
        kernels = prepared.children()  # of every notebook that the last workspace had open
        sessions = {each["path"]: each["kernel"]["id"] for each in ask(lab, "/api/sessions")}
        name = sessions["notebooks/semester_start.ipynb"]
        order(lab, f"/api/kernels/{name}/interrupt")
        assert all(each.is_running() for each in kernels)
        order(lab, f"/api/kernels/{name}/restart")
        wait_until(lambda: len(set(prepared.children()) & set(kernels)) == len(kernels) - 1, "the old kernel's end")
        run_all(browser, lab)
        kernels = prepared.children()
        order(lab, f"/api/kernels/{name}", "DELETE")
        wait_until(lambda: len(prepared.children()) == len(kernels) - 1, "the kernel's end")
    psutil.wait_procs([prepared], timeout=PATIENCE)
    assert not prepared.is_running() or prepared.status() == psutil.STATUS_ZOMBIE


def order(address: str, path: str, method: str = "POST") -> None:
    """Have the server do something to a kernel."""
    request = urllib.request.Request(f"{address}{path}?token={TOKEN}", method=method)  # noqa: S310  (our own)
    request.add_header("Authorization", f"token {TOKEN}")
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310  (as above)
        assert answer.status in {200, 204}
