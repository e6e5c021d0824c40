"""Pages in headless Chromium."""

from __future__ import annotations

import json
import re
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from shutil import which
from typing import Any

import pytest

NODE_PROGRAMS = Path(__file__).parent.parent.parent / "build" / "node"
"""Where programs of npm are installed for the tests."""
PACKAGES = ("axe-core@4", "html-validate@10")


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder; gives the address of its top."""
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def dom_of(address: str, *, width: int = 1200, dark: bool = False) -> str:
    """Give a page's HTML after its scripts have run."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        pytest.skip("no Chromium: install it to run this test")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    options += ["--virtual-time-budget=8000", f"--window-size={width},900", "--dump-dom"]
    if dark:
        options.append("--blink-settings=preferredColorScheme=0")
    with tempfile.TemporaryDirectory() as profile:
        done = subprocess.run(
            [chromium, *options, f"--user-data-dir={profile}", address],
            capture_output=True,
            check=True,
            timeout=120,
        )
    return done.stdout.decode()


def installed(name: str) -> Path:
    """Give the folder of a package of npm; all of ours are installed by the first who asks."""
    folder = NODE_PROGRAMS / "node_modules" / name
    if not folder.is_dir():
        npm = which("npm")
        if npm is None:
            pytest.skip("no npm: install it to run this test")
        NODE_PROGRAMS.mkdir(parents=True, exist_ok=True)
        options = ["--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(NODE_PROGRAMS)]
        done = subprocess.run([npm, "install", *options, *PACKAGES], capture_output=True)
        if done.returncode:
            pytest.skip(f"npm cannot install {name}: {done.stderr.decode().strip()[-200:]}")
    return folder


def accessibility_violations(page: Path, *selectors: str, dark: bool, width: int) -> list[Any]:
    """Give what axe-core finds in the parts of a page that selectors name."""
    axe = installed("axe-core") / "axe.min.js"
    script = f"""<script src="{axe.as_uri()}"></script><script>
        addEventListener("load", () => axe.run({{include: {json.dumps([[s] for s in selectors])}}})
        .then(result => {{
            const said = document.createElement("script");
            said.type = "application/json";
            said.id = "axe";
            said.textContent = JSON.stringify([
                result.passes.length,
                result.violations.map(v => [v.id, v.nodes.map(n => n.failureSummary)])]);
            document.body.append(said);
        }}));</script></body>"""
    html = page.read_text("utf-8").replace("</body>", script)
    if dark:  # Furo asks nobody but its own setting
        html = html.replace("<body>", '<body data-theme="dark">')
        html = re.sub(r"document\.body\.dataset\.theme = [^;]*;", "", html)
    copy = page.with_name(f"axe-{page.name}")
    copy.write_text(html, "utf-8")
    try:
        dom = dom_of(copy.as_uri(), dark=dark, width=width)
    finally:
        copy.unlink()
    found = re.search(r'<script type="application/json" id="axe">(.*?)</script>', dom, re.DOTALL)
    assert found, "axe-core did not run"
    passes, violations = json.loads(found[1])
    assert passes, "axe-core found nothing to look at"
    return list(violations)


def html_errors(*pages: Path) -> dict[str, int]:
    """Give how often html-validate finds each fault of the HTML standard in pages."""
    program = installed("html-validate") / "bin" / "html-validate.mjs"
    node = which("node") or "node"
    done = subprocess.run(
        [
            node,
            str(program),
            "--preset=standard",
            "--formatter=json",
            *map(str, pages),
        ],
        capture_output=True,
        cwd=NODE_PROGRAMS,
    )
    counts: dict[str, int] = {}
    for result in json.loads(done.stdout):
        for message in result["messages"]:
            counts[message["ruleId"]] = counts.get(message["ruleId"], 0) + 1
    return counts
