"""Chapter 9's weights in NumPy, and in PyTorch where it is installed.

    cargo run -- --weights DIR     (in chapters/ch09_scale)
    python3 tests/scale/read.py DIR

Needs numpy and safetensors. The answers have to be those of the core crate.
"""

import sys
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file

folder = Path(sys.argv[1])
answers = np.loadtxt(folder / "sine_answers.txt")
m = answers.size
x = np.arange(m) / m


def below(name, found):
    apart = np.max(np.abs(found - answers) / np.abs(answers))
    if not apart < 1e-12:
        sys.exit(f"{name}: the answers are {apart:.1e} apart")
    print(f"{name}: largest relative difference below 1e-12")


# ANCHOR: read
w = load_file(folder / "sine.safetensors")
a = x[None, :]
for l in range(2):
    z = w[f"layers.{l}.weight"] @ a + w[f"layers.{l}.bias"][:, None]
    a = 1 / (1 + np.exp(-z)) if l == 0 else z
# ANCHOR_END: read
below("NumPy", a[0])

try:
    import torch
except ImportError:
    print("PyTorch: not installed, left out")
    sys.exit()

module = torch.nn.Module()
module.layers = torch.nn.ModuleList(
    [torch.nn.Linear(1, 25), torch.nn.Linear(25, 1)]
).double()
module.load_state_dict({name: torch.tensor(value) for name, value in w.items()})
with torch.no_grad():
    hidden = torch.sigmoid(module.layers[0](torch.tensor(x)[:, None]))
    below("PyTorch", module.layers[1](hidden)[:, 0].numpy())
