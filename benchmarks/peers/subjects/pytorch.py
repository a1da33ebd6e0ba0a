"""PyTorch on the CPU, in three forms; the last argument chooses.

`module`   as the documentation's quick start writes it: nn.Sequential,
           nn.MSELoss and optim.SGD, here with its one fused update
`tensors`  as its tutorial *Learning PyTorch with Examples* does: bare tensors,
           updated in place inside `no_grad`
`compiled` the tensors' loss through torch.compile
"""

import sys

import torch
import torch.nn.functional as F
from torch import nn

from protocol import answer, read_workload

form = sys.argv.pop()
task = read_workload()
torch.set_num_threads(task.threads)
torch.set_num_interop_threads(1)
torch.manual_seed(0)

# A sample is a row in PyTorch.
x, y = torch.from_numpy(task.x.T.copy()), torch.from_numpy(task.y.T.copy())
layers = [
    (torch.from_numpy(w).requires_grad_(), torch.from_numpy(b[:, 0].copy()).requires_grad_())
    for w, b in task.layers
]
# mse_loss is the mean over every entry; the gradient that is descended is
# that of half the sum of squares for each sample.
step_size = task.learning_rate * y.shape[1] / 2


def module():
    """A step with a module and an optimiser."""
    parts = []
    for w, b in layers:
        linear = nn.Linear(w.shape[1], w.shape[0], dtype=w.dtype)
        linear.weight, linear.bias = nn.Parameter(w.detach()), nn.Parameter(b.detach())
        parts += [linear, nn.Sigmoid()] + [nn.Dropout(task.drop_prob)] * (task.drop_prob > 0)
    last = max(k for k, part in enumerate(parts) if isinstance(part, nn.Linear))
    model, loss_of = nn.Sequential(*parts[: last + 1]), nn.MSELoss()
    optimiser = torch.optim.SGD(model.parameters(), lr=step_size, fused=True)

    def step():
        loss = loss_of(model(x), y)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        return loss

    return step


def loss_of_tensors(x, y):
    a = x
    for w, b in layers[:-1]:
        a = torch.sigmoid(F.linear(a, w, b))
        if task.drop_prob > 0:
            a = F.dropout(a, task.drop_prob)
    w, b = layers[-1]
    return F.mse_loss(F.linear(a, w, b), y)


def tensors(loss_of):
    """A step with tensors and a loss that takes x and y."""
    parameters = [parameter for layer in layers for parameter in layer]

    def step():
        loss = loss_of(x, y)
        gradients = torch.autograd.grad(loss, parameters)
        with torch.no_grad():
            for parameter, gradient in zip(parameters, gradients):
                parameter.sub_(gradient, alpha=step_size)
        return loss

    return step


step = {
    "module": module,
    "tensors": lambda: tensors(loss_of_tensors),
    "compiled": lambda: tensors(torch.compile(loss_of_tensors)),
}[form]()


def train(steps):
    for _ in range(steps):
        loss = step()
    return loss


answer(f"PyTorch {torch.__version__}", train)
