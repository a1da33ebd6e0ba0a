//! candle on the CPU: variables, `backward`, and the update of its `SGD`.

use candle_core::{DType, Device, Tensor, Var};
use candle_nn::{Optimizer, SGD, loss, ops};

use crate::workload::Workload;
use crate::{Outcome, Train};

pub fn start(workload: &Workload) -> Outcome<Train> {
    let dtype = if workload.double { DType::F64 } else { DType::F32 };
    let tensor = |entries: &[f64], shape: (usize, usize)| {
        Tensor::from_slice(entries, shape, &Device::Cpu)?.to_dtype(dtype)
    };
    // A sample is a row in candle.
    let rows = |columns: &[f64], features| {
        let turned = Workload::transposed(columns, features, workload.samples);
        tensor(&turned, (workload.samples, features))
    };
    let x = rows(&workload.x, workload.sizes[0])?;
    let y = rows(&workload.y, workload.sizes[workload.sizes.len() - 1])?;
    let layers = workload
        .layers()
        .map(|((outputs, inputs), weights)| {
            let weights = tensor(weights, (outputs, inputs))?;
            let bias = Tensor::zeros(outputs, dtype, &Device::Cpu)?;
            Ok((Var::from_tensor(&weights)?, Var::from_tensor(&bias)?))
        })
        .collect::<Outcome<Vec<_>>>()?;
    let variables = layers.iter().flat_map(|(w, b)| [w.clone(), b.clone()]);
    let mut optimiser = SGD::new(variables.collect(), workload.step_on_mean())?;
    let drop_prob = workload.drop_prob as f32;

    Ok(Box::new(move |steps| {
        let mut last = None;
        for _ in 0..steps {
            let mut a = x.clone();
            for (l, (w, b)) in layers.iter().enumerate() {
                a = a.matmul(&w.t()?)?.broadcast_add(b)?;
                if l + 1 < layers.len() {
                    a = ops::sigmoid(&a)?;
                    if drop_prob > 0.0 {
                        a = ops::dropout(&a, drop_prob)?;
                    }
                }
            }
            let loss = loss::mse(&a, &y)?;
            optimiser.backward_step(&loss)?;
            last = Some(loss);
        }
        let loss = last.ok_or("no steps")?;
        Ok(loss.to_dtype(DType::F64)?.to_scalar::<f64>()?)
    }))
}
