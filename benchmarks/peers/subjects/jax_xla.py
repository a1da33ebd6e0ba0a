"""JAX on the CPU, in two forms; the last argument chooses.

`step`  one compiled step a call, as its documentation writes a training loop
`loop`  the whole block of steps inside one compiled program, a `fori_loop`
"""

import os
import sys

form = sys.argv.pop()
# Read when JAX starts; XLA has no number of threads to be told, only one or all.
flags = ["--xla_cpu_multi_thread_eigen=false"] * (sys.argv[2] == "1")
if "JAX_MAX_ISA" in os.environ:
    flags.append("--xla_cpu_max_isa=" + os.environ["JAX_MAX_ISA"])
    # Its usual library for products, YNNPACK, asks the processor and nobody
    # else; without it they are Eigen's, which are compiled for AVX2.
    flags.append("--xla_cpu_experimental_ynn_fusion_type=")
os.environ["XLA_FLAGS"] = " ".join(flags)
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp

from protocol import answer, read_workload

task = read_workload()
jax.config.update("jax_enable_x64", task.width == "f64")
x, y = jnp.asarray(task.x), jnp.asarray(task.y)
keep_prob = 1 - task.drop_prob


def cost(layers, key):
    """Half the sum of squares for each sample; and the mean square."""
    a = x
    for w, b in layers[:-1]:
        a = jax.nn.sigmoid(w @ a + b)
        if keep_prob < 1:
            key, this = jax.random.split(key)
            a = jnp.where(jax.random.bernoulli(this, keep_prob, a.shape), a / keep_prob, 0)
    w, b = layers[-1]
    square = (w @ a + b - y) ** 2
    return square.sum() / (2 * y.shape[1]), square.mean()


def step(state):
    layers, key, _ = state
    key, this = jax.random.split(key)
    (_, loss), gradients = jax.value_and_grad(cost, has_aux=True)(layers, this)
    descended = jax.tree.map(lambda p, g: p - task.learning_rate * g, layers, gradients)
    return descended, key, loss


one_step = jax.jit(step, donate_argnums=0)
block = jax.jit(
    lambda state, steps: jax.lax.fori_loop(0, steps, lambda _, state: step(state), state),
    donate_argnums=0,
)
layers = [(jnp.asarray(w), jnp.asarray(b)) for w, b in task.layers]
# JAX's fast generator for masks, where there are any.
state = (layers, jax.random.key(0, impl="rbg"), jnp.zeros((), x.dtype))


def train(steps):
    global state
    if form == "loop":
        state = block(state, steps)
    else:
        for _ in range(steps):
            state = one_step(state)
    return state[2].block_until_ready()


answer(f"JAX {jax.__version__}", train)
