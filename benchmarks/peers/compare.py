"""The same training steps in NumPy, PyTorch, JAX, candle, burn and this book's crate.

    python3 compare.py                      every workload, 1 thread
    python3 compare.py --threads 2
    python3 compare.py --workload notebook --record FILE
    python3 compare.py --extra "mine, f64=./mine"

Every subject is a process of its own that stays alive. In each round each of
them in turn trains a block of steps; what is compared are the blocks of one
round, so that a machine that slows down slows everybody down. The median of
those ratios over all rounds is printed, with the middle half of them.

Before that, each subject trains a few steps without dropout, and their losses
must agree: the work is the same.
"""

import argparse
import datetime
import os
import platform
import shlex
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent


@dataclass
class Work:
    """A network, its data, and how long a block is."""

    title: str
    sizes: list
    samples: int
    learning_rate: float
    drop_prob: float
    seconds: float  # how long a block takes, roughly
    check: int  # steps after which the losses are compared


WORK = {
    "notebook": Work("[1, 25, 1], 100 samples", [1, 25, 1], 100, 0.3, 0.0, 0.1, 20),
    "class": Work("[1, 6, 1], 100 samples", [1, 6, 1], 100, 0.01, 0.0, 0.1, 20),
    "large": Work(
        "[784, 800, 800, 10], 128 samples, dropout 0.5", [784, 800, 800, 10], 128, 0.05, 0.5, 0.5, 5
    ),
}


@dataclass
class Subject:
    """One program and the width of its numbers."""

    label: str
    command: list
    width: str
    environment: dict = field(default_factory=dict)
    instructions: dict = field(default_factory=dict)
    name: str = ""
    process: subprocess.Popen = None
    steps: int = 1
    blocks: list = field(default_factory=list)  # (wall, cpu) seconds a step

    def start(self, arguments, threads):
        environment = os.environ | self.instructions | self.environment
        for name in ("OMP", "OPENBLAS", "MKL", "RAYON"):
            environment[f"{name}_NUM_THREADS"] = str(threads)
        self.process = subprocess.Popen(
            self.command[:1] + [str(a) for a in self.arguments(arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment,
        )
        self.name = self.process.stdout.readline().strip()
        if not self.name:
            raise Absent(self.process.stderr.read().strip().splitlines()[-1:])

    def arguments(self, described):
        """The program's own arguments, then the workload's, then its form."""
        own, form = self.command[1:2], self.command[2:]
        return own + [self.width] + described + form

    def train(self, steps):
        """Trains; returns wall seconds, CPU seconds and the last loss."""
        self.process.stdin.write(f"{steps}\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline().split()
        if not answer:
            raise Absent(self.process.stderr.read().strip().splitlines()[-1:])
        return [float(number) for number in answer]

    def stop(self):
        if self.process:
            self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process.stderr.close()
            self.process = None


class Absent(Exception):
    """A subject that cannot run here, and what it says."""

    def __str__(self):
        return " ".join(self.args[0]) or "it ended without a word"


def subjects(options):
    """Every subject, the yardstick first."""
    python, rust = [sys.executable], [str(options.peers)]
    literal = python + [HERE / "subjects/numpy_literal.py"]
    tidy = python + [HERE / "subjects/numpy_tidy.py"]
    torch = python + [HERE / "subjects/pytorch.py"]
    jax = python + [HERE / "subjects/jax_xla.py"]
    wide = {"OPENBLAS_CORETYPE": "SkylakeX"}
    found = []
    for width in options.widths:
        found += [
            Subject("NumPy, literal", literal, width),
            Subject("NumPy, tidy", tidy, width),
        ]
        if has_avx512() and not options.instructions:
            found.append(Subject("NumPy, tidy, AVX-512 BLAS", tidy, width, wide))
        found += [
            Subject("PyTorch, module", torch + ["module"], width),
            Subject("PyTorch, tensors", torch + ["tensors"], width),
            Subject("PyTorch, compiled", torch + ["compiled"], width),
            Subject("JAX, a step a call", jax + ["step"], width),
            Subject("JAX, a block a call", jax + ["loop"], width),
            Subject("candle", rust + ["candle"], width),
            Subject("burn", rust + ["burn"], width),
            Subject("chainrule", rust + ["chainrule"], width),
        ]
    for subject in found:
        subject.instructions = INSTRUCTIONS.get(options.instructions, {})
    for label, command in options.extra:
        found += [Subject(label, command, width) for width in options.widths]
    if options.subjects:
        wanted = options.subjects.split(",")
        found = [s for s in found if any(w in s.label for w in wanted)]
    return found


# How each is told to use no wider instructions than these. candle and burn
# choose for themselves.
INSTRUCTIONS = {
    "avx2": {
        "PEERS_INSTRUCTIONS": "avx2",
        "OPENBLAS_CORETYPE": "Haswell",
        "NPY_DISABLE_CPU_FEATURES": "X86_V4",
        "ATEN_CPU_CAPABILITY": "avx2",
        "ONEDNN_MAX_CPU_ISA": "AVX2",
        "MKL_ENABLE_INSTRUCTIONS": "AVX2",
        "JAX_MAX_ISA": "AVX2",
    },
}


def extra(text):
    """A label and the words of a command."""
    label, found, command = text.partition("=")
    if not (label and found and command):
        raise argparse.ArgumentTypeError(f"'{text}' is not LABEL=COMMAND")
    return label, shlex.split(command)


def kernels(options):
    """The processor that NumPy's BLAS says it has picked its kernels for."""
    stdout = subprocess.run(
        [sys.executable, "-c", "import numpy; numpy.show_runtime()"],
        env=os.environ | INSTRUCTIONS.get(options.instructions, {}),
        capture_output=True, text=True,
    ).stdout
    picked = [line.split("'")[3] for line in stdout.splitlines() if "'architecture'" in line]
    return picked[0] if picked else "one that it does not tell without threadpoolctl"


def has_avx512():
    """Whether Linux says that the processor has AVX-512; elsewhere no."""
    try:
        return " avx512f " in Path("/proc/cpuinfo").read_text()
    except OSError:
        return False


def processor():
    """The processor's name, family and model, as far as the system tells them."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        told = dict(line.split("\t", 1) for line in lines if "\t" in line)
        told = {name: value.strip("\t: ") for name, value in told.items()}
        return f"{told['model name']} (family {told['cpu family']}, model {told['model']})"
    except (OSError, KeyError):
        return platform.processor() or platform.machine()


def write_numbers(work, path):
    """x, y and the weights, which every subject reads."""
    random = np.random.Generator(np.random.PCG64(0))
    if work.sizes[0] == 1:  # the notebook's sine, and its weights in [0, 1)
        x = np.arange(work.samples).reshape(1, -1) / work.samples
        y = 20 * np.sin(2 * np.pi * x)
        weights = [random.random((o, i)) for i, o in zip(work.sizes, work.sizes[1:])]
    else:  # pictures of noise, one of ten answers each, and Xavier's weights
        x = random.random((work.sizes[0], work.samples))
        y = np.eye(work.sizes[-1])[:, random.integers(work.sizes[-1], size=work.samples)]
        weights = [
            (2 * random.random((o, i)) - 1) * np.sqrt(6 / (i + o))
            for i, o in zip(work.sizes, work.sizes[1:])
        ]
    with open(path, "wb") as file:
        for matrix in [x, y, *weights]:
            file.write(np.ascontiguousarray(matrix, "<f8").tobytes())


def described(work, threads, drop_prob, path):
    sizes = ",".join(str(size) for size in work.sizes)
    return [threads, drop_prob, work.learning_rate, sizes, work.samples, path]


def check(work, present, threads, path, say):
    """Starts everybody without dropout and compares losses; returns who can.

    The yardstick's loss is the right one: whoever has another is left out.
    """
    losses, able = {}, []
    for subject in present:
        try:
            subject.start(described(work, threads, 0.0, path), threads)
            _, _, loss = subject.train(work.check)
            right, allowed = losses.get(subject.width, [loss])[0], DIGITS[subject.width]
            if not abs(loss - right) <= allowed * abs(right):
                raise Absent(f"its loss is {loss:.7g} and not {right:.7g}".split())
        except Absent as absent:
            say(f"left out: {subject.label}, {subject.width}: {absent}")
            continue
        finally:
            subject.stop()
        able.append(subject)
        losses.setdefault(subject.width, []).append(loss)
    for width, found in losses.items():
        low, high = min(found), max(found)
        say(f"losses after {work.check} steps, {width}: {low:.7g} to {high:.7g}")
    return able


# How far losses of the first steps may lie apart, as a share.
DIGITS = {"f64": 1e-6, "f32": 1e-3}


def measure(work, able, options, path):
    """Rounds of blocks; fills in every subject's times."""
    for subject in able:
        arguments = described(work, options.threads, work.drop_prob, path)
        subject.start(arguments, options.threads)
        subject.train(2)
        wall, _, _ = subject.train(3)
        subject.steps = max(1, round(work.seconds * 3 / wall))
        subject.blocks = []
    for _ in range(options.rounds):
        for subject in able:
            wall, cpu, _ = subject.train(subject.steps)
            subject.blocks.append((wall / subject.steps, cpu / subject.steps))
    for subject in able:
        subject.stop()


def table(able, options, say):
    """Median time a step, and ratios of the blocks of one round."""
    clock = {"wall": 0, "cpu": 1}[options.clock]

    def ratios(one, other):
        pairs = zip(one.blocks, other.blocks)
        return sorted(a[clock] / b[clock] for a, b in pairs)

    def middle(values):
        quarter = len(values) // 4
        half = values[quarter : len(values) - quarter]
        return f"{statistics.median(values):6.2f}  {half[0]:.2f}–{half[-1]:.2f}"

    def alike(label, subject):
        """The subject of that name, of the same width where there is one."""
        named = [other for other in able if other.label == label]
        return min(named, key=lambda other: other.width != subject.width, default=None)

    def against(label, subject, turned=False):
        other = alike(label, subject)
        if other is None:
            return ""
        pair = (subject, other) if turned else (other, subject)
        note = "" if other.width == subject.width else f" ({other.width})"
        return middle(ratios(*pair)) + note

    say(f"{'subject':<26}     µs a step   × NumPy, literal      chainrule is × this one")
    for subject in able:
        time = statistics.median(block[clock] for block in subject.blocks) * 1e6
        say(
            f"{subject.label:<26} {subject.width} {time:>9.1f}   "
            f"{against('NumPy, literal', subject):<20} "
            f"{against('chainrule', subject, turned=True)}".rstrip()
        )


def run(name, options, say):
    """Checks, measures and prints one workload; returns what ran."""
    work = WORK[name]
    say(f"\n{work.title}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers"
        write_numbers(work, path)
        able = check(work, subjects(options), options.threads, path, say)
        if not able:
            sys.exit("nobody can run")
        measure(work, able, options, path)
        table(able, options, say)
    return {subject.name for subject in able}


def typed():
    """The flags as they were given, without the paths of this machine."""
    words = sys.argv[1:]
    for flag in ("--peers", "--record"):
        if flag in words:
            at = words.index(flag)
            del words[at : at + 2]
    return "".join(f" {word}" for word in words)


def arguments():
    parser = argparse.ArgumentParser(description="training steps side by side")
    parser.add_argument("--workload", choices=WORK, action="append")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument(
        "--instructions", choices=INSTRUCTIONS, help="the widest, as far as each lets itself be told"
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--widths", default="f64,f32", type=lambda text: text.split(","))
    parser.add_argument("--clock", choices=("cpu", "wall"), help="cpu with 1 thread, else wall")
    parser.add_argument(
        "--extra", type=extra, action="append", default=[], metavar="LABEL=COMMAND",
        help="a subject of your own, which speaks the protocol of subjects/protocol.py",
    )
    parser.add_argument("--subjects", help="only labels that contain one of these, by commas")
    parser.add_argument("--peers", default=HERE / "target/release/peers", type=Path)
    parser.add_argument("--record", type=Path, metavar="FILE")
    options = parser.parse_args()
    options.clock = options.clock or ("cpu" if options.threads == 1 else "wall")
    return options


def main():
    options, lines = arguments(), []

    def say(line):
        lines.append(line)
        print(line, flush=True)

    say(f"$ python3 compare.py{typed()}")
    say(f"measured on {datetime.date.today()}, {processor()}, {os.cpu_count()} processors")
    say(
        f"{options.threads} thread{'s' * (options.threads > 1)}, {options.clock} time, "
        f"median and middle half of {options.rounds} rounds"
    )
    say(f"NumPy's BLAS has picked its kernels for {kernels(options)}")
    names = set()
    for name in options.workload or WORK:
        names |= run(name, options, say)
    python = f"Python {platform.python_version()}"
    say(f"\n{', '.join(sorted(names) + [python])}")
    if options.record:
        options.record.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
