//! How curved the cost is along the way, against what the step size allows.

use std::io::Write;

use chainrule::kernels::dot;
use chainrule::{
    Activation, Buffers, Error, Parameters, backward, forward, seeded,
};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;

use crate::{Args, descend};

/// The steps of the default run that are looked at: the start and the first
/// calm, the first spike and what leads to it, the same of the late one, and
/// the end.
const STEPS: [usize; 14] =
    [0, 5, 15, 24, 27, 29, 100, 300, 350, 358, 400, 1000, 2000, 4000];

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
    writeln!(out, "  step         loss   rate × curvature   rounds")?;
    for step in 0..=args.steps {
        let here = parameters.clone();
        let loss = descend(&mut parameters, x, y, eta, &mut buffers)
            .map_err(Failure::at(step))?;
        if STEPS.contains(&step) || step == args.steps {
            let found =
                largest_curvature(&here, x, y).map_err(Failure::at(step))?;
            let product = eta * found.value;
            let rounds = match found.rounds {
                Some(rounds) => rounds.to_string(),
                None => format!("not in {MOST_ROUNDS}"),
            };
            writeln!(
                out,
                "{step:>6} {loss:>12.6} {product:>18.2} {rounds:>8}"
            )?;
        }
    }
    Ok(())
}

/// What power iteration has found.
pub struct Curvature {
    /// The eigenvalue of largest size.
    pub value: f64,
    /// How many products it took; none if they were not enough.
    pub rounds: Option<usize>,
}

/// So many products at most.
const MOST_ROUNDS: usize = 1000;

/// The largest curvature of the cost in any direction: the eigenvalue of
/// largest size of its matrix of second derivatives H, by power iteration. The
/// product H·v is a difference of two gradients.
// ANCHOR: curvature
pub fn largest_curvature(
    parameters: &Parameters,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Curvature, Error> {
    const BY: f64 = 1e-5;
    let mut v = vec![1.0; parameters.count()];
    let mut value = 0.0;
    for round in 1..=MOST_ROUNDS {
        let length = dot(&v, &v).sqrt();
        v.iter_mut().for_each(|v| *v /= length);
        let above = gradient(parameters, &v, BY, x, y)?;
        let below = gradient(parameters, &v, -BY, x, y)?;
        let slopes = above.iter().zip(&below);
        let product: Vec<_> =
            slopes.map(|(a, b)| (a - b) / (2.0 * BY)).collect(); // H·v
        value = dot(&v, &product); // λ, if H·v = λ·v
        let rest: Vec<_> =
            product.iter().zip(&v).map(|(p, v)| p - value * v).collect();
        if dot(&rest, &rest).sqrt() < 1e-3 * value.abs() {
            return Ok(Curvature { value, rounds: Some(round) });
        }
        v = product;
    }
    Ok(Curvature { value, rounds: None })
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
