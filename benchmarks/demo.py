"""How long `./demo` takes in a fresh clone: environment, node, hub, a day of arrivals, published and verified.

    python -m benchmarks.demo [--keep]

Clones what is committed into a temporary folder and runs `./demo --no-serve` there. The environment is made from the package index or
from what the machine's package cache holds; Debian packages that are missing are installed too, and counted.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from benchmarks.bench import describe

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--keep", action="store_true", help="leave the clone where it is")
    keep = arguments.parse_args().keep
    describe("./demo in a fresh clone, until it would serve")
    clone = Path(tempfile.mkdtemp(prefix="panah-demo-")) / "panah"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": str(Path.home())}
    began = time.perf_counter()
    done = subprocess.run(
        ["./demo", "--no-serve"], cwd=clone, env=environment, capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - began
    if done.returncode:
        raise SystemExit(f"./demo ended with {done.returncode}: {done.stderr[-2000:]}")
    own = next((line for line in done.stdout.splitlines() if line.startswith("Done in")), "")
    print(f"cold: {seconds:.0f} s in all. The day itself: {own.split('.')[0].removeprefix('Done in ')}.")
    if not keep:
        shutil.rmtree(clone.parent)


if __name__ == "__main__":
    main()
