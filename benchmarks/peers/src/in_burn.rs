//! burn with its backend `flex`, the one it recommends for the CPU: tensors
//! that require gradients, and the update of its `Sgd`.

use burn::nn::DropoutConfig;
use burn::tensor::module::linear;
use burn::tensor::{DType, Device, Tensor, TensorData, activation};

use crate::workload::Workload;
use crate::{Outcome, Train};

/// (in × out) and (out), as burn's linear layer holds them.
struct Layer {
    weights: Tensor<2>,
    bias: Tensor<1>,
}

pub fn start(workload: &Workload) -> Outcome<Train> {
    let dtype = if workload.double { DType::F64 } else { DType::F32 };
    let device = Device::flex().autodiff();
    // A sample is a row in burn, and a weight matrix is (in × out).
    let turned = |columns: &[f64], rows, across| {
        let turned = Workload::transposed(columns, rows, across);
        let data = TensorData::new(turned, [across, rows]);
        Tensor::<2>::from_data(data, (&device, dtype))
    };
    let samples = workload.samples;
    let x = turned(&workload.x, workload.sizes[0], samples);
    let outputs = workload.sizes[workload.sizes.len() - 1];
    let y = turned(&workload.y, outputs, samples);
    let mut layers: Vec<Layer> = workload
        .layers()
        .map(|((outputs, inputs), weights)| Layer {
            weights: turned(weights, outputs, inputs).require_grad(),
            bias: Tensor::zeros([outputs], (&device, dtype)).require_grad(),
        })
        .collect();
    let dropout = DropoutConfig::new(workload.drop_prob).init();
    let step = workload.step_on_mean();

    Ok(Box::new(move |steps| {
        let mut last = None;
        for _ in 0..steps {
            let mut a = x.clone();
            for (l, layer) in layers.iter().enumerate() {
                let bias = Some(layer.bias.clone());
                a = linear(a, layer.weights.clone(), bias);
                if l + 1 < layers.len() {
                    a = dropout.forward(activation::sigmoid(a));
                }
            }
            let difference = a - y.clone();
            let loss = (difference.clone() * difference).mean();
            let mut gradients = loss.backward();
            for layer in &mut layers {
                layer.weights = descend(&layer.weights, step, &mut gradients);
                layer.bias = descend(&layer.bias, step, &mut gradients);
            }
            last = Some(loss);
        }
        Ok(last.ok_or("no steps")?.into_scalar::<f64>())
    }))
}

/// The parameter one step further, ready for the next pass.
fn descend<const D: usize>(
    parameter: &Tensor<D>,
    step: f64,
    gradients: &mut burn::tensor::Gradients,
) -> Tensor<D> {
    let moved = match parameter.grad_remove(gradients) {
        Some(gradient) => parameter.clone().inner() - gradient.mul_scalar(step),
        None => parameter.clone().inner(),
    };
    moved.autodiff().require_grad()
}
