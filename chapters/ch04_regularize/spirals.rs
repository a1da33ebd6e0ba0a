//! Two spirals: a classifier, with softmax and cross-entropy.

use std::f64::consts::PI;
use std::io::Write;

use chainrule::figures::Figure;
use chainrule::{
    Activation, ChaCha8Rng, Descent, Dropout, Error, Loss, Network, Parameters,
    cross_entropy, seeded,
};
use chapters::cli::{Failure, Folder, Outcome, Progress};
use ndarray::{Array2, ArrayView2};
use rand::RngExt;

use crate::overfit::seeds;
use crate::spread::{mean_of, over_seeds};
use crate::{Args, DROP_PROBS, figures};

const SIZES: [usize; 4] = [2, 32, 32, 2];
const STEPS: usize = 2000;
const LEARNING_RATE: f64 = 0.3;
const SAMPLES: usize = 60;

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let steps = args.steps.unwrap_or(STEPS);
    writeln!(
        out,
        "two spirals: layers {SIZES:?}, relu, {SAMPLES} samples, 1000 held out"
    )?;
    writeln!(
        out,
        "{steps} steps at {LEARNING_RATE}, mean ± standard error over {} seeds\n",
        args.seeds
    )?;
    table(out, args, steps)?;
    let figure = panels(args, steps)?;
    folder.save_all(out, [("ch04_regularize_spirals", figure)])
}

/// The scores at every drop probability.
fn table(out: &mut dyn Write, args: &Args, steps: usize) -> Outcome {
    writeln!(
        out,
        "   p   cross-entropy: training        held out   right, held out"
    )?;
    let progress = Progress::new(DROP_PROBS.len() * args.seeds as usize);
    for p in DROP_PROBS {
        let dropout = Dropout::new(p)?;
        let runs = over_seeds(&seeds(args), &progress, |seed| {
            Ok(train(seed, dropout, steps)?.scores)
        })?;
        let [given, held_out, right] =
            [0, 1, 2].map(|i| mean_of(&runs, |scores| scores[i]));
        writeln!(
            out,
            "{p:>4} {given:>25} {held_out:>15} {:>14.1} % ± {:.1}",
            100.0 * right.mean,
            100.0 * right.error
        )?;
    }
    Ok(())
}

/// The regions of both classes, without dropout and with, and the samples.
fn panels(args: &Args, steps: usize) -> Result<Figure, Failure> {
    let mut panels = Vec::new();
    for dropout in [Dropout::NONE, args.drop_prob] {
        let run = train(args.seed, dropout, steps)?;
        let title = format!("p = {}", dropout.drop_prob());
        let regions = regions(&run.network).map_err(Failure::at(steps))?;
        panels.push((title, regions));
    }
    let (x, y) = spirals(SAMPLES, &mut seeded(args.seed));
    let samples: Vec<_> =
        (0..SAMPLES).map(|s| [x[[0, s]], x[[1, s]], y[[1, s]]]).collect();
    Ok(figures::regions(&panels, &samples))
}

// ANCHOR: spirals
/// x is (2 × samples); y has a 1 in the row of the sample's class.
fn spirals(samples: usize, rng: &mut ChaCha8Rng) -> (Array2<f64>, Array2<f64>) {
    let mut x = Array2::zeros((2, samples));
    let mut y = Array2::zeros((2, samples));
    for s in 0..samples {
        let t: f64 = rng.random();
        let class = s % 2;
        let radius = 0.1 + 0.9 * t;
        let angle = PI * (3.0 * t + class as f64);
        let mut noise = || 0.1 * (2.0 * rng.random::<f64>() - 1.0);
        x[[0, s]] = radius * libm::cos(angle) + noise();
        x[[1, s]] = radius * libm::sin(angle) + noise();
        y[[class, s]] = 1.0;
    }
    (x, y)
}
// ANCHOR_END: spirals

struct Run {
    network: Network,
    /// Cross-entropy in training and held out, and the share of held-out
    /// samples whose likelier class is the right one.
    scores: [f64; 3],
}

fn train(seed: u64, dropout: Dropout, steps: usize) -> Result<Run, Failure> {
    let mut rng = seeded(seed);
    let (x, y) = spirals(SAMPLES, &mut rng);
    let (held_x, held_y) = spirals(1000, &mut rng);
    // ANCHOR: classify
    let parameters = Parameters::xavier(&SIZES, &mut rng)?;
    let mut network = Network::new(parameters, Activation::Relu)
        .with_dropout(dropout)
        .with_loss(Loss::CrossEntropy);
    let mut descent = Descent::new(LEARNING_RATE)?;
    for step in 0..steps {
        network
            .train_step(x.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
    }
    // ANCHOR_END: classify
    let scores = |x: &Array2<f64>| {
        network.evaluate(x.view()).map_err(Failure::at(steps))
    };
    let (given, held_out) = (scores(&x)?, scores(&held_x)?);
    let scores = [
        cross_entropy(given.view(), y.view()).map_err(Failure::at(steps))?,
        cross_entropy(held_out.view(), held_y.view())
            .map_err(Failure::at(steps))?,
        right(held_out.view(), held_y.view()),
    ];
    Ok(Run { network, scores })
}

/// The share of columns whose largest score is that of the right class.
fn right(z: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> f64 {
    let columns = z.columns().into_iter().zip(y.columns());
    let right = columns.filter(|(z, y)| (z[1] > z[0]) == (y[1] > y[0]));
    right.count() as f64 / z.ncols() as f64
}

/// For each cell of the square from −1.25 to 1.25: is it the second class's?
fn regions(network: &Network) -> Result<Vec<Vec<bool>>, Error> {
    const CELLS: usize = 100;
    let at = |i: usize| 2.5 * (i as f64 + 0.5) / CELLS as f64 - 1.25;
    let x = Array2::from_shape_fn((2, CELLS * CELLS), |(axis, cell)| {
        if axis == 0 { at(cell % CELLS) } else { -at(cell / CELLS) }
    });
    let z = network.evaluate(x.view())?;
    let second = |cell: usize| z[[1, cell]] > z[[0, cell]];
    Ok((0..CELLS)
        .map(|r| (0..CELLS).map(|c| second(r * CELLS + c)).collect())
        .collect())
}
