"""What NumPy computes for the parity tests.

    python3 tests/parity/fixtures.py           writes tests/fixtures/*.json
    python3 tests/parity/fixtures.py --check   compares instead, and writes nothing

From the same initial parameters the Rust crate must come to the same numbers.
Everything is drawn by NumPy's legacy generator, whose numbers never change.
"""

import argparse
import json
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from network import (
    Network, adam_train, backward, dropout, dropout_backward, dropout_forward, dropout_train,
    forward, init, momentum_train, sine, train,
)

FOLDER = Path(__file__).resolve().parent.parent / "fixtures"

# How far --check lets a number be from its fixture: the order of a sum
# differs from one build of NumPy to the next.
TOLERANCE = 1e-10

# The mark of the network.py that the fixtures were made with: `cargo test`
# compares it, so that the book cannot show another script than the one that ran.
MARK = FOLDER / "network.py.fnv1a"

# The losses of this many first steps are stored one by one.
FIRST = 101


@dataclass
class Run:
    """One training run whose numbers are stored."""

    sizes: list
    seed: int
    learning_rate: float
    updates: int  # how many steps are taken
    every: int  # the losses of the steps that this divides are stored
    form: str = "functions"  # or "class", which counts its steps from 1
    drop_prob: float = 0.0
    momentum: float = 0.0
    betas: tuple = ()  # Adam's
    shift: float = 0.0  # added to every weight
    samples: int = 0  # of noise; 0 for the sine
    # With a learning rate of 0.3 the sine's run is at the edge of stability: a
    # different last digit becomes a different curve, and only the first
    # hundred steps can be compared.
    calm: bool = True


RUNS = {
    **{f"functions_s{k}": Run([1, 25, 1], k, 0.3, 4000, 100, calm=False) for k in range(3)},
    "functions_calm_s0": Run([1, 25, 1], 0, 0.03, 4000, 100),
    "momentum_s0": Run([1, 25, 1], 0, 0.003, 2000, 100, momentum=0.9),
    "momentum_deep_s3": Run([2, 6, 4, 2], 3, 0.02, 500, 50, momentum=0.5, samples=25),
    "adam_s0": Run([1, 25, 1], 0, 0.01, 2000, 100, betas=(0.9, 0.999)),
    # Small steps and a long memory: where slopes are almost 0, Adam divides one
    # by another, and 500 larger steps take the last digit to the third.
    "adam_deep_s3": Run([2, 6, 4, 2], 3, 0.005, 300, 50, betas=(0.8, 0.99), samples=25),
    **{f"class_s{k}": Run([1, 6, 1], k, 0.01, 49_999, 500, "class") for k in range(3)},
    "class_deep_s3": Run([2, 6, 4, 2], 3, 0.02, 1999, 50, "class", samples=25),
    "dropout_s0": Run([1, 25, 1], 0, 0.05, 40, 1, drop_prob=0.5, shift=-0.5),
    "dropout_deep_s1": Run([2, 8, 6, 2], 1, 0.05, 30, 1, drop_prob=0.2, shift=-0.5, samples=20),
}


def data(run):
    """x and y of a run: the sine, or noise from a seed of its own."""
    if run.samples == 0:
        return sine()
    np.random.seed(1000 + run.seed)
    x = np.random.randn(run.sizes[0], run.samples)
    return x, np.random.randn(run.sizes[-1], run.samples)


def start(run):
    """The first parameters; the generator stands where the first mask begins."""
    np.random.seed(run.seed)
    return [(w + run.shift, b) for w, b in init(run.sizes)]


def first_gradients(run, x, y):
    """The gradients of the first step."""
    layers = start(run)
    if run.drop_prob > 0:
        a, seen, masks = dropout_forward(layers, x, run.drop_prob)
        return dropout_backward(layers, a, seen, masks, y, run.drop_prob)
    return backward(layers, forward(layers, x), y)


def trained(run, x, y):
    """The parameters at the end, every loss on the way, and every mask."""
    layers, masks = start(run), []
    if run.drop_prob > 0:
        losses, masks = dropout_train(layers, x, y, run.learning_rate, run.drop_prob, run.updates)
    elif run.momentum > 0:
        losses = momentum_train(layers, x, y, run.learning_rate, run.momentum, run.updates)
    elif run.betas:
        losses = adam_train(layers, x, y, run.learning_rate, run.betas, run.updates)
    elif run.form == "class":
        network = Network(layers, run.learning_rate)
        losses = [network.train_step(x, y) for _ in range(run.updates)]
    else:
        losses = train(layers, x, y, run.learning_rate, run.updates)
    return layers, np.array(losses), masks


def named(prefix, w, b, layers):
    """Every layer's matrices, under names such as init_w1."""
    return {
        f"{prefix}_{letter}{l}": matrix
        for l, layer in enumerate(layers, start=1)
        for letter, matrix in zip((w, b), layer)
    }


def record(run):
    """The arrays of one run's fixture."""
    x, y = data(run)
    layers, losses, masks = trained(run, x, y)
    counts_from = 1 if run.form == "class" else 0
    numbers = np.arange(counts_from, counts_from + run.updates)
    stored = numbers % run.every == 0
    hidden = range(1, len(run.sizes) - 1) if masks else []
    return {
        **{"x": x, "y": y, "learning_rate": run.learning_rate, "drop_prob": run.drop_prob},
        **({"momentum": run.momentum} if run.momentum > 0 else {}),
        **({"betas": run.betas} if run.betas else {}),
        **{"updates": run.updates, "counts_from": counts_from},
        **{"steps": numbers[stored], "losses": losses[stored], "first_losses": losses[:FIRST]},
        **named("init", "w", "b", start(run)),
        **named("grad0", "dw", "db", first_gradients(run, x, y)),
        **named("final", "w", "b", layers),
        **{f"mask{l}": np.array([drawn[l] for drawn in masks]) for l in hidden},
    }


def record_vector():
    """The notebook's vector of ten, with the seed that draws its stored mask."""
    x = np.arange(1, 11, dtype=np.float32)
    np.random.seed(1340)
    mask, masked, rescaled = dropout(x, 0.4)
    return {"x": x, "mask": mask, "masked": masked, "rescaled": rescaled}


def fixtures():
    """Every fixture by its name: its arrays, and whether all of them are calm."""
    runs = {name: (record(run), run.calm) for name, run in RUNS.items()}
    return runs | {"dropout_vector": (record_vector(), True)}


def apart(name, mine, stored):
    """The largest relative difference of two arrays.

    Every loss is measured by itself, every other number by the largest of its
    array; a NaN, or another shape, is infinitely far.
    """
    mine, stored = np.asarray(mine, float), np.asarray(stored, float)
    if mine.shape != stored.shape:
        return np.inf
    size = np.abs(stored) if name.endswith("losses") else np.max(np.abs(stored))
    relative = np.abs(mine - stored) / np.where(size == 0, 1, size)
    return np.nan_to_num(np.max(relative), nan=np.inf)


def text(array):
    """An array as JSON: its shape, and its entries in row order, to the last
    digit; masks as ones and zeros in one string."""
    array = np.asarray(array)
    entries = array.ravel().tolist()
    if array.dtype == bool:
        entries = "".join("01"[entry] for entry in entries)
    return {"shape": list(array.shape), "entries": entries}


def array(text):
    """The array that text() was made of."""
    entries = text["entries"]
    if isinstance(entries, str):
        entries = [entry == "1" for entry in entries]
    return np.array(entries).reshape(text["shape"])


def check(name, mine, calm):
    """Compares with the stored fixture; prints one line; true if they agree."""
    path = FOLDER / f"{name}.json"
    stored = json.loads(path.read_text()) if path.exists() else {}
    stored = {key: array(text) for key, text in stored.items()}
    worst = (0.0, "") if mine.keys() == stored.keys() else (np.inf, "the names")
    for key in mine.keys() & stored.keys():
        if calm or not (key == "losses" or key.startswith("final_")):
            worst = max(worst, (apart(key, mine[key], stored[key]), key))
    agrees = bool(worst[0] <= TOLERANCE)
    print(f"{name:18} {'agrees' if agrees else 'DIFFERS'}  {worst[0]:.1e}  {worst[1]}")
    return agrees


def mark():
    """The 64-bit FNV-1a hash of network.py."""
    value = 0xCBF29CE484222325
    for byte in Path(__file__).with_name("network.py").read_bytes():
        value = (value ^ byte) * 0x100000001B3 % 2**64
    return f"{value:016x}\n"


def main():
    parser = argparse.ArgumentParser(description="What NumPy computes for the parity tests.")
    parser.add_argument("--check", action="store_true", help="compare, and write nothing")
    if parser.parse_args().check:
        results = [check(name, *fixture) for name, fixture in fixtures().items()]
        results.append(MARK.exists() and MARK.read_text() == mark())
        print(f"{MARK.name:18} {'agrees' if results[-1] else 'DIFFERS'}")
        sys.exit(0 if all(results) else 1)
    FOLDER.mkdir(exist_ok=True)
    for name, (arrays, _) in fixtures().items():
        lines = (f"{json.dumps(key)}: {json.dumps(text(mine))}" for key, mine in arrays.items())
        (FOLDER / f"{name}.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")
    MARK.write_text(mark())


if __name__ == "__main__":
    main()
