//! The notebook's own task: 25 hidden units, a hundred samples, no noise.

use std::io::Write;
use std::sync::Mutex;

use chainrule::cli::{Failure, Outcome, Progress};
use chainrule::{Activation, Dropout, Network, Parameters, seeded, sine};

use crate::spread::{mean, over_seeds};
use crate::{Args, DROP_PROBS};

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
    writeln!(out, "   p   loss in training   loss in evaluation")?;
    let progress = Mutex::new(Progress::new(0));
    let seeds = args.seed..args.seed.saturating_add(SEEDS);
    for p in DROP_PROBS {
        let dropout = Dropout::new(p)?;
        let losses =
            over_seeds(seeds.clone(), &progress, |seed| train(seed, dropout))?;
        let column = |i: usize| {
            mean(&losses.iter().map(|pair| pair[i]).collect::<Vec<_>>()).mean
        };
        writeln!(out, "{p:>4} {:>18.2} {:>20.2}", column(0), column(1))?;
    }
    Ok(())
}

/// The loss of the last hundred steps, with units dropped; then with none.
fn train(seed: u64, dropout: Dropout) -> Result<[f64; 2], Failure> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(seed);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network =
        Network::new(parameters, Activation::Sigmoid).with_dropout(dropout);
    let mut late = 0.0;
    for step in 0..STEPS {
        let loss = network
            .train_step(x.view(), y.view(), LEARNING_RATE, &mut rng)
            .map_err(Failure::at(step))?;
        if step >= STEPS - 100 {
            late += loss / 100.0;
        }
    }
    Ok([late, network.loss(x.view(), y.view())?])
}
