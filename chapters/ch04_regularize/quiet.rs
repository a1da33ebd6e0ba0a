//! Quieter units: what dropout does to the activations of rectifiers, to what
//! each unit contributes, and to the weights on either side of it.

use std::io::Write;

use chainrule::tasks::overfitting::noisy;
use chainrule::{
    Activation, Buffers, Descent, Dropout, Error, Network, Parameters, forward,
    seeded,
};
use chapters::cli::{self, Failure, Folder, Outcome, Progress};

use crate::{Args, DROP_PROBS, figures};
use chapters::spread::{mean, over_seeds};

const SEEDS: u64 = 5;
const UNITS: usize = 50;
/// How much larger the weights on the way in begin in the control.
const LOUD: f64 = 4.0;

/// What is kept of a run.
struct Heard {
    /// Every activation of the hidden layer at the held-out points.
    activations: Vec<f64>,
    /// |w·a|: what each of them adds to the answer, up or down.
    contributions: Vec<f64>,
    /// Mean squares over the units, before training and after.
    before: Sides,
    after: Sides,
}

/// The weights on either side of a hidden unit: w² + b² on the way in, and w²
/// on the way out.
#[derive(Clone, Copy)]
struct Sides {
    incoming: f64,
    outgoing: f64,
}

pub fn print(out: &mut dyn Write, args: &Args, folder: &Folder) -> Outcome {
    writeln!(
        out,
        "{UNITS} rectifiers, {} steps at a tenth of {}, {SEEDS} seeds from {}\n",
        args.steps(),
        args.learning_rate,
        args.seed
    )?;
    writeln!(
        out,
        "start    p    mean a  zeros  mean |w·a|   99 %    in²   out²  in² − out²: before  after"
    )?;
    let settings = DROP_PROBS.map(|p| ("drawn", 1.0, p));
    let loud = [0.0, 0.5].map(|p| ("loud", LOUD, p));
    let progress = Progress::new(0);
    let seeds: Vec<_> = cli::seeds(args.seed, SEEDS).collect();
    let mut spectra = Vec::new();
    for (start, factor, p) in settings.into_iter().chain(loud) {
        let dropout = Dropout::new(p)?;
        let runs = over_seeds(&seeds, &progress, |seed| {
            train(args, seed, factor, dropout)
        })?;
        let all = |of: fn(&Heard) -> &Vec<f64>| {
            let all = runs.iter().flat_map(|run| of(run).iter().copied());
            all.collect::<Vec<f64>>()
        };
        let side = |of: fn(&Heard) -> f64| {
            mean(&runs.iter().map(of).collect::<Vec<_>>()).mean
        };
        let (a, mut parts) =
            (all(|it| &it.activations), all(|it| &it.contributions));
        let zeros = a.iter().filter(|a| **a == 0.0).count() as f64;
        let loudest = {
            parts.sort_by(f64::total_cmp);
            parts[parts.len() * 99 / 100]
        };
        writeln!(
            out,
            "{start:<5} {p:>4} {:>9.3} {:>6.3} {:>11.3} {loudest:>6.2} {:>6.3} {:>6.3} {:>19.3} {:>6.3}",
            mean(&a).mean,
            zeros / a.len() as f64,
            mean(&parts).mean,
            side(|it| it.after.incoming),
            side(|it| it.after.outgoing),
            side(|it| it.before.incoming - it.before.outgoing),
            side(|it| it.after.incoming - it.after.outgoing),
        )?;
        if factor == 1.0 {
            spectra.push((p, a));
        }
    }
    let figure = figures::sparsity(&spectra);
    folder.save_all(out, [("ch04_regularize_sparsity", figure)])
}

/// The weights into each unit begin `factor` times as large as they are drawn,
/// and those out of it as much smaller: the same function.
fn train(
    args: &Args,
    seed: u64,
    factor: f64,
    dropout: Dropout,
) -> Result<Heard, Failure> {
    let mut rng = seeded(seed);
    let task = noisy(15, &mut rng)?;
    let drawn = Parameters::xavier(&[1, UNITS, 1], &mut rng)?;
    let mut layers = drawn.layers().to_vec();
    layers[0].weights *= factor;
    layers[1].weights /= factor;
    let parameters = Parameters::from_layers(layers)?;
    let before = sides(&parameters);
    let mut network =
        Network::new(parameters, Activation::Relu).with_dropout(dropout);
    let mut descent = Descent::new(args.small_rate())?;
    for step in 0..args.steps() {
        network
            .train_step(task.x.view(), task.y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
    }
    let mut heard =
        hear(&network, &task.held_x).map_err(Failure::at(args.steps()))?;
    heard.before = before;
    Ok(heard)
}

fn hear(network: &Network, x: &ndarray::Array2<f64>) -> Result<Heard, Error> {
    let mut buffers = Buffers::new();
    let parameters = network.parameters();
    let pass =
        forward(parameters, network.activation(), x.view(), &mut buffers)?;
    let a = pass.a(1);
    let out = &parameters.layers()[1].weights;
    let contributions =
        a.indexed_iter().map(|((j, _), a)| (out[[0, j]] * a).abs());
    let after = sides(parameters);
    Ok(Heard {
        activations: a.iter().copied().collect(),
        contributions: contributions.collect(),
        before: after,
        after,
    })
}

fn sides(parameters: &Parameters) -> Sides {
    let mean_square = |all: &mut dyn Iterator<Item = &f64>| {
        all.fold(0.0, |sum, w| sum + w * w) / UNITS as f64
    };
    let [first, second] = [0, 1].map(|l| &parameters.layers()[l]);
    Sides {
        incoming: mean_square(&mut first.weights.iter().chain(&first.bias)),
        outgoing: mean_square(&mut second.weights.iter()),
    }
}
