"""The notebook's own way: a dictionary of names, fresh arrays at every step.

Its cells `forward`, `backward`, `update_grades` and `compute_loss`, with one
correction: each layer reads the activation of the layer before, not x.
"""

import numpy as np

from protocol import answer, read_workload


def sigmoid(z):
    return 1.0 / (1.0 + np.exp(-z))


def sigmoid_prime(z):
    return sigmoid(z) * (1 - sigmoid(z))


def forward(x, parameters, keep_prob):
    a, z, d = [x], [x], [None]
    layers = len(parameters) // 2
    for i in range(1, layers):
        z_temp = parameters["w" + str(i)].dot(a[i - 1]) + parameters["b" + str(i)]
        a_temp = sigmoid(z_temp)
        d_temp = None
        if keep_prob < 1:
            d_temp = np.random.rand(z_temp.shape[0], z_temp.shape[1])
            d_temp = d_temp < keep_prob
            a_temp = (a_temp * d_temp) / keep_prob
        z.append(z_temp)
        a.append(a_temp)
        d.append(d_temp)
    z_temp = parameters["w" + str(layers)].dot(a[layers - 1]) + parameters["b" + str(layers)]
    z.append(z_temp)
    a.append(z_temp)
    return {"z": z, "a": a, "d": d, "keep_prob": keep_prob}, a[layers]


def backward(parameters, caches, al, y):
    layers = len(parameters) // 2
    grades = {}
    m = y.shape[1]
    grades["dz" + str(layers)] = al - y
    grades["dw" + str(layers)] = grades["dz" + str(layers)].dot(caches["a"][layers - 1].T) / m
    grades["db" + str(layers)] = np.sum(grades["dz" + str(layers)], axis=1, keepdims=True) / m
    for i in reversed(range(1, layers)):
        da_temp = parameters["w" + str(i + 1)].T.dot(grades["dz" + str(i + 1)])
        if caches["d"][i] is not None:
            da_temp = (caches["d"][i] * da_temp) / caches["keep_prob"]
        grades["dz" + str(i)] = da_temp * sigmoid_prime(caches["z"][i])
        grades["dw" + str(i)] = grades["dz" + str(i)].dot(caches["a"][i - 1].T) / m
        grades["db" + str(i)] = np.sum(grades["dz" + str(i)], axis=1, keepdims=True) / m
    return grades


def update_grades(parameters, grades, learning_rate):
    for i in range(1, len(parameters) // 2 + 1):
        parameters["w" + str(i)] -= learning_rate * grades["dw" + str(i)]
        parameters["b" + str(i)] -= learning_rate * grades["db" + str(i)]
    return parameters


def compute_loss(al, y):
    return np.mean(np.square(al - y))


task = read_workload()
parameters = {}
for l, (w, b) in enumerate(task.layers, start=1):
    parameters["w" + str(l)], parameters["b" + str(l)] = w, b


def train(steps):
    global parameters
    for _ in range(steps):
        caches, al = forward(task.x, parameters, 1 - task.drop_prob)
        grades = backward(parameters, caches, al, task.y)
        parameters = update_grades(parameters, grades, task.learning_rate)
    return compute_loss(al, task.y)


answer(f"NumPy {np.__version__}", train)
