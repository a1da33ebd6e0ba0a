//! Two spirals: a classifier, with softmax and cross-entropy.

use std::f64::consts::PI;
use std::io::Write;

use chainrule::figures::Figure;
use chainrule::{
    Activation, ChaCha8Rng, Descent, Dropout, Error, Loss, Network, Parameters,
    cross_entropy, seeded,
};
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use ndarray::{Array2, ArrayView2};
use rand::RngExt;

use crate::overfit::seeds;
use crate::validation::apart;
use crate::{Args, DROP_PROBS, figures};
use chapters::spread::{mean_of, over_seeds};

const SIZES: [usize; 4] = [2, 32, 32, 2];
const STEPS: usize = 2000;
const LEARNING_RATE: f64 = 0.3;
const SAMPLES: usize = 60;

/// How far the first fresh seed lies from the first that settings are chosen
/// on, and how many there are for each of those.
const FRESH: u64 = 1000;
const TIMES: u64 = 2;

/// The weight decays that are compared.
const WEIGHT_DECAYS: [f64; 3] = [0.0001, 0.001, 0.01];

/// What is done against overfitting.
#[derive(Clone, Copy)]
enum Remedy {
    Dropout(Dropout),
    /// The inputs are dropped, and no hidden unit.
    Inputs(Dropout),
    /// L2, with this weight decay λ.
    WeightDecay(f64),
    /// Nothing in training; afterwards the scores are divided by what is best
    /// for the validation samples.
    Temperature,
}

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    let steps = args.steps.unwrap_or(STEPS);
    writeln!(
        out,
        "two spirals: layers {SIZES:?}, relu, {SAMPLES} samples, 1000 held out"
    )?;
    writeln!(out, "{steps} steps at {LEARNING_RATE}")?;
    tables(out, args, steps)?;
    let figure = panels(args, steps)?;
    folder.save_all(out, [("ch04_regularize_spirals", figure)])
}

/// No remedy, and then each that is compared with it.
fn rows(args: &Args) -> Result<Vec<(String, Remedy)>, Error> {
    let mut rows = Vec::new();
    for p in DROP_PROBS {
        rows.push((format!("p {p}"), Remedy::Dropout(Dropout::new(p)?)));
    }
    for lambda in WEIGHT_DECAYS {
        rows.push((format!("λ {lambda}"), Remedy::WeightDecay(lambda)));
    }
    rows.push(("temperature".to_owned(), Remedy::Temperature));
    let p = args.drop_prob.drop_prob();
    rows.push((format!("inputs {p}"), Remedy::Inputs(args.drop_prob)));
    Ok(rows)
}

/// What settings are chosen on, and then the scores on fresh seeds.
fn tables(out: &mut dyn Write, args: &Args, steps: usize) -> Outcome {
    let rows = rows(args)?;
    let first = seeds(args);
    let fresh = cli::seeds(args.seed.wrapping_add(FRESH), TIMES * args.seeds);
    let fresh: Vec<_> = fresh.collect();
    let progress = Progress::new(rows.len() * (first.len() + fresh.len()));
    let run = |remedy, seeds: &[u64]| {
        over_seeds(seeds, &progress, |seed| {
            Ok(train(seed, remedy, steps)?.scores)
        })
    };
    writeln!(
        out,
        "\nvalidation, cross-entropy: mean ± standard error over {} seeds from {}",
        first.len(),
        first[0]
    )?;
    for (name, remedy) in &rows {
        let validation = mean_of(&run(*remedy, &first)?, |it| it.validation);
        writeln!(out, "validation {name:<13} {validation:>13}")?;
    }
    writeln!(
        out,
        "\nheld out: mean ± standard error over {} seeds from {}, which are fresh",
        fresh.len(),
        fresh[0]
    )?;
    writeln!(
        out,
        "            training       held out  less p 0, by seed   right, held out"
    )?;
    let mut without: Vec<f64> = Vec::new();
    for (name, remedy) in &rows {
        let runs = run(*remedy, &fresh)?;
        if without.is_empty() {
            without = runs.iter().map(|run| run.held_out).collect();
        }
        let pairs: Vec<_> = runs.iter().zip(&without).collect();
        let right = mean_of(&runs, |run| run.right);
        writeln!(
            out,
            "{name:<11} {:>8.2} {:>14} {:>18} {:>10.1} % ± {:.1}",
            mean_of(&runs, |run| run.training).mean,
            mean_of(&runs, |run| run.held_out),
            mean_of(&pairs, |(run, without)| run.held_out - *without),
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
        let run = train(args.seed, Remedy::Dropout(dropout), steps)?;
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
    scores: Scores,
}

struct Scores {
    /// Cross-entropies.
    training: f64,
    validation: f64,
    held_out: f64,
    /// The share of held-out answers that are right.
    right: f64,
}

fn train(seed: u64, remedy: Remedy, steps: usize) -> Result<Run, Failure> {
    let mut rng = seeded(seed);
    let given = spirals(SAMPLES, &mut rng);
    let held_out = spirals(1000, &mut rng);
    let validation = spirals(SAMPLES, &mut apart(seed));
    let (dropout, lambda) = match remedy {
        Remedy::Dropout(dropout) => (dropout, 0.0),
        Remedy::WeightDecay(lambda) => (Dropout::NONE, lambda),
        _ => (Dropout::NONE, 0.0),
    };
    let (x, y) = &given;
    // ANCHOR: classify
    let parameters = Parameters::xavier(&SIZES, &mut rng)?;
    let mut network = Network::new(parameters, Activation::Relu)
        .with_dropout(dropout)
        .with_loss(Loss::CrossEntropy);
    let mut descent = Descent::new(LEARNING_RATE)?.with_weight_decay(lambda)?;
    // ANCHOR_END: classify
    for step in 0..steps {
        let seen = match remedy {
            Remedy::Inputs(dropout) => {
                &dropout.draw(x.dim(), &mut rng)?.apply(x.view())?
            }
            _ => x,
        };
        network
            .train_step(seen.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
    }
    let scores = scores(&network, remedy, &given, &validation, &held_out);
    Ok(Run { scores: scores.map_err(Failure::at(steps))?, network })
}

type Samples = (Array2<f64>, Array2<f64>);

fn scores(
    network: &Network,
    remedy: Remedy,
    given: &Samples,
    validation: &Samples,
    held_out: &Samples,
) -> Result<Scores, Error> {
    let surprise = |(x, y): &Samples, temperature: f64| {
        cross_entropy(
            (network.evaluate(x.view())? / temperature).view(),
            y.view(),
        )
    };
    let temperature = match remedy {
        Remedy::Temperature => coolest(|t| surprise(validation, t))?,
        _ => 1.0,
    };
    let answers = network.evaluate(held_out.0.view())?;
    Ok(Scores {
        training: surprise(given, temperature)?,
        validation: surprise(validation, temperature)?,
        held_out: surprise(held_out, temperature)?,
        right: right(answers.view(), held_out.1.view()),
    })
}

/// Of temperatures from 1 to 16, each a quarter above the last, the one with
/// the lowest surprise.
fn coolest(surprise: impl Fn(f64) -> Result<f64, Error>) -> Result<f64, Error> {
    let (mut best, mut temperature) = (1.0, 1.0);
    let mut lowest = surprise(1.0)?;
    while temperature < 16.0 {
        temperature *= 1.25;
        let now = surprise(temperature)?;
        if now < lowest {
            (best, lowest) = (temperature, now);
        }
    }
    Ok(best)
}

/// The share of columns whose largest score is that of the right class.
fn right(z: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> f64 {
    let columns = z.columns().into_iter().zip(y.columns());
    let right = columns.filter(|(z, y)| (z[1] > z[0]) == (y[1] > y[0]));
    right.count() as f64 / z.ncols() as f64
}

/// At each node of a grid over the square from −1.25 to 1.25, from its upper
/// left corner on: how much larger the second class's sum is than the first's.
fn regions(network: &Network) -> Result<Vec<Vec<f64>>, Error> {
    const NODES: usize = 101;
    let at =
        |i: usize| figures::REACH * (2.0 * i as f64 / (NODES - 1) as f64 - 1.0);
    let x = Array2::from_shape_fn((2, NODES * NODES), |(axis, node)| {
        if axis == 0 { at(node % NODES) } else { -at(node / NODES) }
    });
    let z = network.evaluate(x.view())?;
    let lead = |node: usize| z[[1, node]] - z[[0, node]];
    Ok((0..NODES)
        .map(|r| (0..NODES).map(|c| lead(r * NODES + c)).collect())
        .collect())
}
