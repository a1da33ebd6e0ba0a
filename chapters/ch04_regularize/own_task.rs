//! The notebook's own task: 25 hidden units, a hundred samples, no noise.

use std::io::Write;

use chainrule::{
    Activation, Buffers, Descent, Dropout, Error, Network, Parameters, forward,
    seeded, sine,
};
use chapters::cli::{Failure, Outcome, Progress};
use ndarray::Array2;

use crate::overfit::seeds;
use crate::{Args, DROP_PROBS};
use chapters::spread::{mean_of, over_seeds};

const SEEDS: u64 = 5;
const STEPS: usize = 4000;
const LEARNING_RATE: f64 = 0.05;

pub fn print(out: &mut dyn Write, args: &Args) -> Outcome {
    writeln!(
        out,
        "the notebook's task: layers [1, 25, 1], 100 samples without noise"
    )?;
    writeln!(
        out,
        "{STEPS} steps at {LEARNING_RATE}, mean over {SEEDS} seeds\n"
    )?;
    writeln!(
        out,
        "   p   loss in training   loss in evaluation   price of the masks"
    )?;
    let progress = Progress::new(0);
    let seeds = seeds(&Args { seeds: SEEDS, ..args.clone() });
    for p in DROP_PROBS {
        let dropout = Dropout::new(p)?;
        let losses =
            over_seeds(&seeds, &progress, |seed| train(seed, dropout))?;
        let column = |i: usize| mean_of(&losses, |loss| loss[i]).mean;
        writeln!(
            out,
            "{p:>4} {:>18.2} {:>20.2} {:>20.2}",
            column(0),
            column(1),
            column(2)
        )?;
    }
    Ok(())
}

/// The loss of the last hundred steps, with units dropped; the loss with
/// none; and what the formula says that lies between the two.
fn train(seed: u64, dropout: Dropout) -> Result<[f64; 3], Failure> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(seed);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network =
        Network::new(parameters, Activation::Sigmoid).with_dropout(dropout);
    let mut descent = Descent::new(LEARNING_RATE)?;
    let mut late = 0.0;
    for step in 0..STEPS {
        let loss = network
            .train_step(x.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
        if step >= STEPS - 100 {
            late += loss / 100.0;
        }
    }
    let price = price(&network, &x).map_err(Failure::at(STEPS))?;
    let loss = network.loss(x.view(), y.view()).map_err(Failure::at(STEPS))?;
    Ok([late, loss, price])
}

// ANCHOR: price
/// p/(1−p)·Σ w²a², a mean over the samples: for one hidden layer and one output.
fn price(network: &Network, x: &Array2<f64>) -> Result<f64, Error> {
    let mut buffers = Buffers::new();
    let parameters = network.parameters();
    let pass =
        forward(parameters, network.activation(), x.view(), &mut buffers)?;
    let (a, weights) = (pass.a(1), parameters.layers()[1].weights.iter());
    let of_unit = |(w, a): (&f64, ndarray::ArrayView1<'_, f64>)| {
        a.iter().fold(0.0, |sum, a| sum + w * w * a * a)
    };
    let sum = weights.zip(a.rows()).map(of_unit);
    let p = network.dropout().drop_prob();
    Ok(p / (1.0 - p) * sum.fold(0.0, |all, unit| all + unit) / x.ncols() as f64)
}
// ANCHOR_END: price
