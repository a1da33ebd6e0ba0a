//! How curved the cost is along the way, against what the step size allows.

use std::io::Write;

use chainrule::{
    Activation, Buffers, Error, Parameters, backward, forward, seeded,
};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;

use crate::{Args, descend};

/// The steps of the default run that are looked at: the start, the first
/// calm, the late spike, the end.
const STEPS: [usize; 9] = [0, 5, 100, 300, 358, 400, 1000, 2000, 4000];

/// The loss and η·λ, for the largest curvature λ, at some steps.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let eta = args.learning_rate;
    let mut parameters =
        Parameters::uniform(&args.layers.0, &mut seeded(args.seed))?;
    let mut buffers = Buffers::new();
    writeln!(out, "learning rate {eta}, layers {:?}\n", args.layers.0)?;
    writeln!(out, "  step         loss   rate × curvature")?;
    for step in 0..=args.steps {
        let here = parameters.clone();
        let loss = descend(&mut parameters, x, y, eta, &mut buffers)
            .map_err(Failure::at(step))?;
        if STEPS.contains(&step) || step == args.steps {
            let curvature =
                largest_curvature(&here, x, y).map_err(Failure::at(step))?;
            let product = eta * curvature;
            writeln!(out, "{step:>6} {loss:>12.6} {product:>18.2}")?;
        }
    }
    Ok(())
}

/// The largest curvature of the cost in any direction: the eigenvalue of
/// largest size of its matrix of second derivatives H, by power iteration. The
/// product H·v is a difference of two gradients.
// ANCHOR: curvature
pub fn largest_curvature(
    parameters: &Parameters,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<f64, Error> {
    const H: f64 = 1e-5;
    let mut v = vec![1.0; parameters.count()];
    let mut curvature = 0.0;
    for _ in 0..200 {
        let length: f64 = v.iter().fold(0.0, |sum, v| sum + v * v);
        v.iter_mut().for_each(|v| *v /= length.sqrt());
        let above = gradient(parameters, &v, H, x, y)?;
        let below = gradient(parameters, &v, -H, x, y)?;
        let slopes = above.iter().zip(&below);
        let product: Vec<_> =
            slopes.map(|(a, b)| (a - b) / (2.0 * H)).collect();
        curvature = v.iter().zip(&product).fold(0.0, |sum, (v, p)| sum + v * p);
        v = product;
    }
    Ok(curvature)
}
// ANCHOR_END: curvature

/// Every entry of the gradient, at the parameters moved by `by` along `v`.
fn gradient(
    parameters: &Parameters,
    v: &[f64],
    by: f64,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Vec<f64>, Error> {
    let mut moved = parameters.clone();
    for (parameter, v) in moved.values_mut().zip(v) {
        *parameter += by * v;
    }
    let mut buffers = Buffers::new();
    let pass = forward(&moved, Activation::Sigmoid, x.view(), &mut buffers)?;
    Ok(backward(pass, y.view())?.values().collect())
}
