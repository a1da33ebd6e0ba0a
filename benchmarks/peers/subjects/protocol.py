"""What every Python subject shares: its arguments, its data, its answers.

A subject is started with the arguments below, says what it is in one line,
and then answers each number N on its input by training N steps:

    WALL CPU LOSS

wall seconds, CPU seconds of all its threads, and the loss that the last of
the N steps started from. It ends when its input does.
"""

import sys
import time
from dataclasses import dataclass

import numpy as np


@dataclass
class Workload:
    """A network, its data and how to train it. A sample is a column."""

    width: str  # "f64" or "f32"
    threads: int
    drop_prob: float
    learning_rate: float
    layers: list  # (w, b), from the first layer to the last
    x: np.ndarray
    y: np.ndarray


def read_workload():
    """The workload that the arguments describe."""
    width, threads, drop_prob, learning_rate, sizes, samples, path = sys.argv[1:]
    sizes = [int(size) for size in sizes.split(",")]
    dtype = {"f64": np.float64, "f32": np.float32}[width]
    shapes = [(sizes[0], int(samples)), (sizes[-1], int(samples))]
    shapes += [(o, i) for i, o in zip(sizes, sizes[1:])]
    size = 8 * sum(rows * columns for rows, columns in shapes)
    if path == "-":  # chapter 7's program sends them ahead of its questions
        numbers = np.frombuffer(sys.stdin.buffer.read(size), dtype="<f8")
    else:
        numbers = np.fromfile(path, dtype="<f8")
    taken = 0

    def take(rows, columns):
        nonlocal taken
        matrix = numbers[taken : taken + rows * columns].reshape(rows, columns)
        taken += rows * columns
        return matrix.astype(dtype)

    x, y, *weights = [take(*shape) for shape in shapes]
    layers = [(w, np.zeros((len(w), 1), dtype)) for w in weights]
    return Workload(width, int(threads), float(drop_prob), float(learning_rate), layers, x, y)


def answer(name, train):
    """Says `name`, then trains as often as asked; `train(n)` returns a loss."""
    print(name, flush=True)
    for line in sys.stdin.buffer:
        wall, cpu = time.perf_counter(), time.process_time()
        loss = train(int(line))
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        print(wall, cpu, float(loss), flush=True)
