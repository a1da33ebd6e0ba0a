//! Dropout in linear regression is ridge regression, each weight charged by
//! the size of its input: descent beside the closed form.

use std::io::Write;

use chainrule::{Activation, Descent, Network, Parameters, seeded};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;
use rand::RngExt;

use crate::Args;

const SAMPLES: usize = 20;
/// How large the inputs are, and what they have to do with the answer.
const SIZES: [f64; 4] = [0.5, 1.0, 1.0, 2.0];
const TRUE: [f64; 4] = [3.0, -2.0, 1.0, 1.0];
const STEPS: usize = 100_000;
const LEARNING_RATE: f64 = 0.05;

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    let (x, y) = data(args.seed);
    let p = args.drop_prob.drop_prob();
    let descended = descend(args, &x, &y)?;
    let ridge = closed_form(&x, &y, p);
    let plain = closed_form(&x, &y, 0.0);
    writeln!(
        out,
        "linear regression of {SAMPLES} samples, inputs dropped with p = {p}"
    )?;
    writeln!(
        out,
        "{STEPS} steps at {LEARNING_RATE}, the mean of all after a tenth\n"
    )?;
    writeln!(out, "weight   descent   ridge, weighted   least squares")?;
    let mut largest = 0.0_f64;
    for (j, (&w, &ridge)) in descended.iter().zip(&ridge).enumerate() {
        let name =
            if j < SIZES.len() { format!("w{}", j + 1) } else { "b".into() };
        writeln!(out, "{name:<6} {w:>9.3} {ridge:>17.3} {:>15.3}", plain[j])?;
        largest = largest.max((w - ridge).abs());
    }
    writeln!(out, "largest difference to the ridge: {largest:.4}\n")?;
    Ok(())
}

/// Inputs that have something in common, and an answer with noise.
fn data(seed: u64) -> (Array2<f64>, Array2<f64>) {
    let mut rng = seeded(seed);
    let mut x = Array2::zeros((SIZES.len(), SAMPLES));
    let mut y = Array2::zeros((1, SAMPLES));
    for s in 0..SAMPLES {
        let mut draw = || 2.0 * rng.random::<f64>() - 1.0;
        let common = draw();
        for (j, size) in SIZES.iter().enumerate() {
            x[[j, s]] = size * (common + draw());
            y[[0, s]] += TRUE[j] * x[[j, s]];
        }
        y[[0, s]] += 1.0 + draw();
    }
    (x, y)
}

/// The mean of the weights, and of the bias, on the way of a linear network
/// whose inputs are dropped.
fn descend(
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Result<Vec<f64>, Failure> {
    let mut rng = seeded(args.seed);
    let parameters = Parameters::xavier(&[x.nrows(), 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut descent = Descent::new(LEARNING_RATE)?;
    let mut sums = vec![0.0; x.nrows() + 1];
    for step in 0..STEPS {
        let dropped =
            args.drop_prob.draw(x.dim(), &mut rng)?.apply(x.view())?;
        network
            .train_step(dropped.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
        if step >= STEPS / 10 {
            let layer = &network.parameters().layers()[0];
            let now = layer.weights.iter().chain(&layer.bias);
            sums.iter_mut().zip(now).for_each(|(sum, w)| *sum += w);
        }
    }
    let steps = (STEPS - STEPS / 10) as f64;
    Ok(sums.iter().map(|sum| sum / steps).collect())
}

/// Solves (x·xᵀ + p/(1−p)·diag(x·xᵀ))·w = x·yᵀ, with an input of ones for the
/// bias, which is never dropped and so not charged.
fn closed_form(x: &Array2<f64>, y: &Array2<f64>, p: f64) -> Vec<f64> {
    let inputs = x.nrows();
    let at = |j: usize, s: usize| if j < inputs { x[[j, s]] } else { 1.0 };
    let sum = |of: &dyn Fn(usize) -> f64| {
        (0..x.ncols()).fold(0.0, |sum, s| sum + of(s))
    };
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for j in 0..=inputs {
        let mut row: Vec<_> =
            (0..=inputs).map(|k| sum(&|s| at(j, s) * at(k, s))).collect();
        if j < inputs {
            row[j] += p / (1.0 - p) * row[j];
        }
        row.push(sum(&|s| at(j, s) * y[[0, s]]));
        rows.push(row);
    }
    solve(rows)
}

/// Elimination, then substitution; the last column is the right-hand side. A
/// matrix of products as above needs no pivots.
fn solve(mut rows: Vec<Vec<f64>>) -> Vec<f64> {
    let n = rows.len();
    for j in 0..n {
        let (above, below) = rows.split_at_mut(j + 1);
        let pivot = &above[j];
        for row in below {
            let factor = row[j] / pivot[j];
            row.iter_mut().zip(pivot).for_each(|(x, p)| *x -= factor * p);
        }
    }
    let mut w = vec![0.0; n];
    for j in (0..n).rev() {
        let known = (j + 1..n).fold(0.0, |sum, k| sum + rows[j][k] * w[k]);
        w[j] = (rows[j][n] - known) / rows[j][j];
    }
    w
}
