"""Runs the book's notebooks, whole, on the real kernel, and judges each cell.

    python3 tests/notebooks.py --kernel path/to/evcxr_jupyter [ch01_dropout …]

Needs jupyter_client. `cargo test --test notebooks` asks the same of the cells
as one Rust program, without Jupyter; what only the kernel can tell is asked
here: magic lines, variables that live from cell to cell, and what is shown.
"""

import argparse
import json
import queue
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "book/en/notebooks"
# A cell may compile the crate and everything below it.
PATIENCE = 600
# What a cell prints can arrive after the kernel has said that it is done.
QUIET = 0.3

# The second notebook finds what the first has compiled, up to so many MiB.
CACHE = ":cache 500"

# What may stand before the message of a stumble.
FOLD = "<details>\n<summary>What it says</summary>\n\n"

# What our types look like when they do not show themselves.
OURS = ("Chart(", "Figure(", "Sketch(", "Network(", "History(", "Mask ", "Heat ",
        "Comparison ")


def start(kernel, home):
    """The kernel, with no settings but ours, in the folder of the notebooks.

    A settings folder of its own keeps the user's out.
    """
    spec = Path(home, "rust")
    spec.mkdir(exist_ok=True)
    argv = [str(kernel), "--control_file", "{connection_file}"]
    settings = {"EVCXR_CONFIG_DIR": str(home)}
    words = {"argv": argv, "display_name": "Rust", "language": "rust", "env": settings,
             "interrupt_mode": "message"}
    (spec / "kernel.json").write_text(json.dumps(words))
    specs = KernelSpecManager(kernel_dirs=[str(home)])
    manager = KernelManager(kernel_name="rust", kernel_spec_manager=specs)
    manager.start_kernel(cwd=str(FOLDER))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    return manager, client


def run(client, source):
    """What a cell does: stdout, stderr, the error if any, what it shows."""
    request = client.execute(source)
    done = {"stdout": "", "stderr": "", "error": "", "shown": {}}
    idle = replied = False
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            message = client.get_iopub_msg(timeout=QUIET)
        except queue.Empty:
            if idle and replied:
                return done
            replied = replied or has_reply(client, request)
            continue
        kind, content = message["msg_type"], message["content"]
        if kind == "stream":
            done[content["name"]] += content["text"]
        elif kind == "error":
            done["error"] += content["evalue"] or content["ename"]
        elif kind in ("execute_result", "display_data"):
            done["shown"].update(content["data"])
        elif kind == "status" and content["execution_state"] == "idle":
            idle = idle or message["parent_header"].get("msg_id") == request
        replied = replied or has_reply(client, request)
    done["error"] += f"no answer in {PATIENCE} seconds"
    return done


def has_reply(client, request):
    try:
        reply = client.get_shell_msg(timeout=0.01)
    except queue.Empty:
        return False
    return reply["parent_header"].get("msg_id") == request


def ends_with_value(source):
    """Whether the kernel shows something: a last line that is no statement."""
    last = source.rstrip().split("\n")[-1].split(" //")[0]
    return not last.endswith((";", "}")) and not last.startswith((":", "//"))


def strays(source, printed):
    """The printed lines that are no part of a line of the snapshot."""
    named = re.match(r"// (tests/snapshots/\S+\.snap)\n", source)
    if not named:
        return []
    known = (ROOT / named[1]).read_text().split("\n")
    known = [" " + " ".join(line.split()) + " " for line in known]
    lines = [" ".join(line.split()) for line in printed.strip().split("\n")]
    found = [line for line in lines if not any(f" {line} " in k for k in known)]
    return [f"'{line}' is not in {named[1]}" for line in found]


def faults(source, tags, done, after):
    """Everything that is wrong with what a cell did."""
    found = []
    if done["error"]:
        found.append(done["error"])
    if done["stderr"].strip():
        found.append(done["stderr"].strip())
    errors = [line for line in done["stdout"].split("\n") if line.startswith("error: ")]
    if "raises-exception" in tags:
        said = [error.removeprefix("error: ") for error in errors]
        after = after.removeprefix(FOLD)
        if len(said) != 1 or not after.startswith(f"`{said[0]}`"):
            found.append(f"it said {done['stdout']!r}, the text below says otherwise")
    elif errors:
        found.extend(errors)
    elif "check" in tags and not done["stdout"].startswith("no"):
        found.append(f"the exercise is solved already: {done['stdout']!r}")
    else:
        found.extend(shown_faults(source, done["shown"]))
    return found + strays(source, done["stdout"])


def shown_faults(source, shown):
    """What is wrong with the value that a cell shows."""
    plain = shown.get("text/plain", "")
    if ends_with_value(source) and not shown:
        return ["it shows nothing"]
    if plain == "()":
        return ["it shows (): end its last statement with a semicolon"]
    if list(shown) == ["text/plain"] and plain.startswith(OURS):
        return [f"it shows {plain} as text: does it move a variable?"]
    return []


def solution(text):
    return text.split("```rust\n")[1].split("```")[0]


def judge(path, kernel, home):
    """Runs one notebook; returns its faults."""
    cells = json.loads(path.read_text())["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    manager, client = start(kernel, home)
    run(client, CACHE)
    found, check, seconds = [], None, []
    try:
        for number, (cell, source) in enumerate(zip(cells, sources), 1):
            tags = cell["metadata"].get("tags", [])
            wrong, begin = [], time.monotonic()
            if cell["cell_type"] == "code":
                after = sources[number] if number < len(sources) else ""
                wrong = faults(source, tags, run(client, source), after)
                seconds.append(time.monotonic() - begin)
                check = source if "check" in tags else check
            elif "solution" in tags:
                done = run(client, solution(source))
                wrong = [done["error"]] if done["error"] else []
                done = run(client, check)
                if not done["stdout"].startswith("yes"):
                    wrong.append(f"the solution does not pass: {done}")
            found += [f"{path.name}, cell {number}: {fault}" for fault in wrong]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    rest = sorted(seconds[1:])
    print(
        f"{path.stem}: {len(seconds)} cells; first {seconds[0]:.0f} s, then "
        f"{rest[len(rest) // 2]:.1f} s in the middle, {rest[-1]:.1f} s at most",
        flush=True,
    )
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kernel", default=shutil.which("evcxr_jupyter"))
    parser.add_argument("notebooks", nargs="*", help="stems; all, if none is given")
    args = parser.parse_args()
    if not args.kernel or not Path(args.kernel).is_file():
        sys.exit(f"no kernel at {args.kernel}; cargo install evcxr_jupyter --locked")
    paths = sorted(FOLDER.glob("*.ipynb"))
    unknown = set(args.notebooks) - {path.stem for path in paths}
    if unknown or not paths:
        sys.exit(f"no notebook {', '.join(unknown)} in {FOLDER}")
    found = []
    with tempfile.TemporaryDirectory() as home:
        for path in paths:
            if not args.notebooks or path.stem in args.notebooks:
                found += judge(path, Path(args.kernel).resolve(), home)
    for fault in found:
        print(fault, file=sys.stderr)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
