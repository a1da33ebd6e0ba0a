//! The book's core crate, by its ordinary path.

use std::num::NonZero;

use chainrule::kernels::Instructions;
use chainrule::ndarray::Array2;
use chainrule::{
    Activation, Buffers, Dropout, Layer, Parameters, backward, forward_dropout,
    mse, seeded, update,
};

use crate::workload::Workload;
use crate::{Outcome, Train};

pub fn start(workload: &Workload) -> Outcome<Train> {
    if !workload.double {
        return Err("chainrule computes in 64 bits alone".into());
    }
    let threads = NonZero::new(workload.threads).ok_or("0 threads")?;
    let layers = workload.layers().map(|(shape, weights)| {
        Ok(Layer {
            weights: Array2::from_shape_vec(shape, weights.to_vec())?,
            bias: Array2::zeros((shape.0, 1)),
        })
    });
    let mut parameters =
        Parameters::from_layers(layers.collect::<Outcome<_>>()?)?;
    let matrix = |rows, entries: &[f64]| {
        Array2::from_shape_vec((rows, workload.samples), entries.to_vec())
    };
    let x = matrix(workload.sizes[0], &workload.x)?;
    let y = matrix(workload.sizes[workload.sizes.len() - 1], &workload.y)?;
    let dropout = Dropout::new(workload.drop_prob)?;
    let learning_rate = workload.learning_rate;
    let mut buffers =
        Buffers::with_instructions(instructions()?).with_threads(threads);
    let mut rng = seeded(0);

    Ok(Box::new(move |steps| {
        let mut loss = f64::NAN;
        for step in 1..=steps {
            let pass = forward_dropout(
                &parameters,
                Activation::Sigmoid,
                dropout,
                x.view(),
                &mut rng,
                &mut buffers,
            )?;
            if step == steps {
                loss = mse(pass.output(), y.view())?;
            }
            let gradients = backward(pass, y.view())?;
            update(&mut parameters, gradients, learning_rate)?;
        }
        Ok(loss)
    }))
}

/// Those that `PEERS_INSTRUCTIONS` names; the best that there are without it.
fn instructions() -> Outcome<Instructions> {
    let Ok(wanted) = std::env::var("PEERS_INSTRUCTIONS") else {
        return Ok(Instructions::best());
    };
    let is_wanted =
        |it: &Instructions| format!("{it:?}").to_lowercase().contains(&wanted);
    let found = Instructions::available().into_iter().find(is_wanted);
    found.ok_or_else(|| format!("no instructions '{wanted}' here").into())
}
