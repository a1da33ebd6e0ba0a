//! The network in burn's terms.

use burn::module::{Module, Param};
use burn::nn::{Linear, LinearConfig};
use burn::optim::{GradientsParams, SgdConfig};
use burn::tensor::{DType, Device, Tensor, TensorData, activation};
use chainrule::ndarray::{Array2, ArrayView2};
use chainrule::{Activation, Loss, Mask, Parameters};
use shared::task::Task;

/// One layer after another; the last has no activation.
// ANCHOR: module
#[derive(Module, Debug)]
pub struct Network {
    layers: Vec<Linear>,
}

impl Network {
    /// x and the masks have a sample a row, and so has the answer.
    pub fn forward(
        &self,
        x: Tensor<2>,
        masks: &[Tensor<2>],
        f: Activation,
    ) -> Tensor<2> {
        let mut a = x;
        for (l, layer) in self.layers.iter().enumerate() {
            let z = layer.forward(a); // z = a·w + b
            if l + 1 == self.layers.len() {
                return z; // the output is z itself
            }
            a = activate(f, z); // a = f(z)
            if let Some(mask) = masks.get(l) {
                a = a * mask.clone(); // ã = m ⊙ a / (1−p)
            }
        }
        a
    }
}
// ANCHOR_END: module

fn activate(f: Activation, z: Tensor<2>) -> Tensor<2> {
    match f {
        Activation::Sigmoid => activation::sigmoid(z),
        Activation::Tanh => activation::tanh(z),
        Activation::Relu => activation::relu(z),
    }
}

impl Network {
    /// With the core crate's parameters. burn multiplies from the right, so
    /// its weights are (in × out): the core's, turned.
    pub fn of(parameters: &Parameters, to: (&Device, DType)) -> Network {
        let layers = parameters.layers().iter().map(|layer| linear(layer, to));
        Network { layers: layers.collect() }
    }

    /// With weights of burn's own.
    pub fn fresh(sizes: &[usize], device: &Device) -> Network {
        let layers = sizes
            .windows(2)
            .map(|pair| LinearConfig::new(pair[0], pair[1]).init(device));
        Network { layers: layers.collect() }
    }
}

/// One layer with the core crate's parameters.
pub fn linear(layer: &chainrule::Layer, to: (&Device, DType)) -> Linear {
    let bias = turned(layer.bias.view(), to).reshape([layer.outputs()]);
    Linear {
        weight: Param::from_tensor(turned(layer.weights.view(), to)),
        bias: Some(Param::from_tensor(bias)),
    }
}

/// A matrix of ours, whose samples are columns, as one of burn's, whose samples
/// are rows.
pub fn turned(matrix: ArrayView2<'_, f64>, to: (&Device, DType)) -> Tensor<2> {
    let (rows, columns) = matrix.dim();
    let values: Vec<f64> = matrix.t().iter().copied().collect();
    Tensor::from_data(TensorData::new(values, [columns, rows]), to)
}

/// 0 where a unit is dropped and 1/(1−p) where it is kept.
// ANCHOR: factors
pub fn factors(mask: &Mask) -> Array2<f64> {
    mask.kept().mapv(|kept| if kept { mask.scale() } else { 0.0 })
}
// ANCHOR_END: factors

/// What is reported, and what is descended: burn finds the gradient of the
/// second by itself.
// ANCHOR: loss
pub fn loss(kind: Loss, z: Tensor<2>, y: Tensor<2>) -> (Tensor<1>, Tensor<1>) {
    match kind {
        Loss::MeanSquare => {
            let d = z - y;
            let mean = (d.clone() * d).mean();
            (mean.clone(), mean * 0.5)
        }
        Loss::CrossEntropy => {
            let surprise = activation::log_softmax(z, 1) * y;
            let mean = surprise.sum_dim(1).mean().neg();
            (mean.clone(), mean)
        }
    }
}
// ANCHOR_END: loss

/// Trains with given masks, those of each step in turn; returns the losses.
pub fn train(
    task: &Task,
    masks: &[Vec<Mask>],
    learning_rate: f64,
    to: (&Device, DType),
) -> Vec<f64> {
    let mut network = Network::of(&task.parameters, to);
    let (x, y) = (turned(task.x.view(), to), turned(task.y.view(), to));
    // ANCHOR: train
    let mut descent = SgdConfig::new().init();
    let mut losses = Vec::new();
    for masks in masks {
        let masks: Vec<_> =
            masks.iter().map(|m| turned(factors(m).view(), to)).collect();
        let z = network.forward(x.clone(), &masks, task.activation);
        let (loss, cost) = loss(task.loss, z, y.clone());
        losses.push(loss);
        let gradients = cost.backward(); // all of chapter 2
        let gradients = GradientsParams::from_grads(gradients, &network);
        network = descent.step(learning_rate, network, gradients);
    }
    // ANCHOR_END: train
    losses.into_iter().map(Tensor::into_scalar).collect()
}
