"""The network of the book in NumPy, written from its formulas.

The pieces between ANCHOR lines stand in the book beside their Rust
counterparts, and their lines are short enough for that. `fixtures.py` runs
them, and the Rust tests compare.

A sample is a column: x is (features × samples), w is (out × in), b is
(out × 1). `layers` is a list of (w, b), from the first layer to the last.
"""

import numpy as np


# ANCHOR: sigmoid
def sigmoid(z):
    """Between 0 and 1, and ½ at z = 0."""
    return 1 / (1 + np.exp(-z))


def sigmoid_derivative(a):
    """The slope at z, from a = sigmoid(z)."""
    return a * (1 - a)
# ANCHOR_END: sigmoid


# ANCHOR: dropout
def dropout(x, drop_prob):
    """The mask, x with it, and that rescaled."""
    mask = np.random.random(x.shape) < 1 - drop_prob
    masked = mask * x
    return mask, masked, masked / (1 - drop_prob)
# ANCHOR_END: dropout


# ANCHOR: init
def init(sizes):
    """Weights uniform in [0, 1), biases 0."""
    return [
        (np.random.random((outputs, inputs)), np.zeros((outputs, 1)))
        for inputs, outputs in zip(sizes, sizes[1:])
    ]
# ANCHOR_END: init


# ANCHOR: forward
def forward(layers, x):
    """What every layer hands on; a[0] is x."""
    a = [x]
    for w, b in layers[:-1]:
        z = w @ a[-1] + b
        a.append(sigmoid(z))
    # The output is the weighted sum itself.
    w, b = layers[-1]
    a.append(w @ a[-1] + b)
    return a
# ANCHOR_END: forward


# ANCHOR: backward
def backward(layers, a, y):
    """Each (dw, db), of the cost Σ(a[-1] − y)²/2m."""
    m = y.shape[1]
    dz = a[-1] - y
    gradients = []
    for l in reversed(range(len(layers))):
        dw = dz @ a[l].T / m
        db = dz.sum(axis=1, keepdims=True) / m
        gradients.insert(0, (dw, db))
        if l > 0:
            w, _ = layers[l]
            dz = (w.T @ dz) * sigmoid_derivative(a[l])
    return gradients
# ANCHOR_END: backward


# ANCHOR: update
def update(layers, gradients, learning_rate):
    """One step against the gradient, in place."""
    for (w, b), (dw, db) in zip(layers, gradients):
        w -= learning_rate * dw
        b -= learning_rate * db
# ANCHOR_END: update


# ANCHOR: momentum
def momentum_update(
    layers, velocities, gradients,
    learning_rate, momentum,
):
    """One step that goes on like the last."""
    each = zip(layers, velocities, gradients)
    for (w, b), (vw, vb), (dw, db) in each:
        vw *= momentum  # v ← β·v − η·dw
        vb *= momentum
        vw -= learning_rate * dw
        vb -= learning_rate * db
        w += vw  # w ← w + v
        b += vb
# ANCHOR_END: momentum


# ANCHOR: adam
def adam_update(
    w, m, v, g, t, learning_rate,
    beta1=0.9, beta2=0.999, epsilon=1e-8,
):
    """Step t, counted from 1, of one matrix."""
    # m ← β₁·m + (1−β₁)·g
    m[:] = beta1 * m + (1 - beta1) * g
    # v ← β₂·v + (1−β₂)·g²
    v[:] = beta2 * v + (1 - beta2) * g**2
    m_hat = m / (1 - beta1**t)  # m̂ = m/(1−β₁ᵗ)
    v_hat = v / (1 - beta2**t)  # v̂ = v/(1−β₂ᵗ)
    # w ← w − η·m̂/(√v̂ + ε)
    root = np.sqrt(v_hat) + epsilon
    w -= learning_rate * m_hat / root
# ANCHOR_END: adam


# ANCHOR: mse
def mse(a, y):
    """The mean squared error over every entry."""
    return np.mean((a - y) ** 2)
# ANCHOR_END: mse


# ANCHOR: data
def sine(samples=100):
    """A period of y = 20 sin 2πx; both (1 × samples)."""
    x = np.arange(samples).reshape(1, samples) / samples
    return x, 20 * np.sin(2 * np.pi * x)
# ANCHOR_END: data


# ANCHOR: train
def train(layers, x, y, learning_rate, steps):
    """The loss that each step started from."""
    losses = []
    for _ in range(steps):
        a = forward(layers, x)
        losses.append(mse(a[-1], y))
        gradients = backward(layers, a, y)
        update(layers, gradients, learning_rate)
    return losses
# ANCHOR_END: train


def momentum_train(layers, x, y, learning_rate, momentum, steps):
    """As train, with momentum; the velocities begin at 0."""
    losses = []
    velocities = [(np.zeros_like(w), np.zeros_like(b)) for w, b in layers]
    for _ in range(steps):
        a = forward(layers, x)
        losses.append(mse(a[-1], y))
        gradients = backward(layers, a, y)
        momentum_update(layers, velocities, gradients, learning_rate, momentum)
    return losses


def adam_train(layers, x, y, learning_rate, betas, steps):
    """As train, with Adam; both means of every matrix begin at 0."""
    losses = []
    matrices = [matrix for layer in layers for matrix in layer]
    means = [(np.zeros_like(matrix), np.zeros_like(matrix)) for matrix in matrices]
    for t in range(1, steps + 1):
        a = forward(layers, x)
        losses.append(mse(a[-1], y))
        slopes = [slope for layer in backward(layers, a, y) for slope in layer]
        for w, (m, v), g in zip(matrices, means, slopes):
            adam_update(w, m, v, g, t, learning_rate, *betas)
    return losses


# ------------------------------------------------- dropout between the layers


# ANCHOR: dropout_forward
def dropout_forward(layers, x, drop_prob):
    """As forward, with each hidden layer dropped.

    Returns the activations before dropout, what
    the next layer sees instead, and the masks. Index
    0 of each is the input, which is never dropped.
    """
    a, seen = [x], [x]
    masks = [np.ones(x.shape, bool)]
    for w, b in layers[:-1]:
        a.append(sigmoid(w @ seen[-1] + b))
        mask, _, rescaled = dropout(a[-1], drop_prob)
        masks.append(mask)
        seen.append(rescaled)
    w, b = layers[-1]
    a.append(w @ seen[-1] + b)
    return a, seen, masks
# ANCHOR_END: dropout_forward


# ANCHOR: dropout_backward
def dropout_backward(layers, a, seen, masks, y, drop_prob):
    """As backward, through the masks of the forward pass."""
    m = y.shape[1]
    dz = a[-1] - y
    gradients = []
    for l in reversed(range(len(layers))):
        dw = dz @ seen[l].T / m
        db = dz.sum(axis=1, keepdims=True) / m
        gradients.insert(0, (dw, db))
        if l > 0:
            w, _ = layers[l]
            da = masks[l] * (w.T @ dz) / (1 - drop_prob)
            dz = da * sigmoid_derivative(a[l])
    return gradients
# ANCHOR_END: dropout_backward


def dropout_train(layers, x, y, learning_rate, drop_prob, steps):
    """As train, with fresh masks at every step; returns the masks too."""
    losses, drawn = [], []
    for _ in range(steps):
        a, seen, masks = dropout_forward(layers, x, drop_prob)
        losses.append(mse(a[-1], y))
        drawn.append(masks)
        update(layers, dropout_backward(layers, a, seen, masks, y, drop_prob), learning_rate)
    return losses, drawn


# ----------------------------------------------------------------- as a class


class Network:
    """The same network as one object."""

    def __init__(self, layers, learning_rate):
        self.layers = layers
        self.learning_rate = learning_rate

    def train_step(self, x, y):
        """One step on all samples; returns the loss that it started from."""
        a = forward(self.layers, x)
        update(self.layers, backward(self.layers, a, y), self.learning_rate)
        return mse(a[-1], y)
