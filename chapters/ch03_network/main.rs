//! Chapter 3: the network as a type.
//!
//! The same mathematics under one name, with any activation; and what the
//! initial weights decide: three seeds, three places to end.

mod census;
mod constant;
mod depth;
mod figures;
mod plateau;
mod saturation;

use std::io::Write;
use std::process::ExitCode;

use chainrule::{ChaCha8Rng, Descent, Network, seeded, sine};
use chapters::ch03_network::args::Args;
use chapters::cli::{self, Failure, Folder, Outcome, Progress};
use ndarray::Array2;

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let (x, y) = sine(100)?;
    if let Some(seeds) = args.census {
        return census::print(out, &args, seeds, &x, &y);
    }
    if let Some(samples) = args.constant {
        return constant::print(out, samples, &y);
    }
    let folder = args.figures.open()?;
    if args.plateau {
        return plateau::print(out, &args, &folder, &x, &y);
    }
    if args.saturation {
        return saturation::print(out, &args, &folder, &x, &y);
    }
    if args.depth {
        return depth::print(out, &args, &folder, &x, &y);
    }
    writeln!(
        out,
        "layers {:?}, {}, {} weights",
        args.layers.0, args.activation, args.init
    )?;
    writeln!(
        out,
        "learning rate {}, {} steps\n",
        args.learning_rate, args.steps
    )?;

    let progress = Progress::new(3 * args.steps);
    let mut runs = Vec::new();
    for seed in cli::seeds(args.first_seed(), 3) {
        runs.push(train(&args, seed, &x, &y, || progress.step())?);
    }
    drop(progress); // the bar makes room for the table
    report(out, &runs, args.steps)?;
    draw(out, &folder, &runs, &x, &y)
}

/// The answers beside the data, what they are made of, and how the losses fell.
fn draw(
    out: &mut dyn Write,
    folder: &Folder,
    runs: &[Run],
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    let steps = runs[0].losses.len();
    let answers: Result<Vec<_>, _> =
        runs.iter().map(|run| run.network.evaluate(x.view())).collect();
    let answers = answers.map_err(Failure::at(steps))?;
    let pairs = |y: &Array2<f64>| {
        x.iter().copied().zip(y.iter().copied()).collect::<Vec<_>>()
    };
    cli::plot(out, pairs(y).into_iter(), pairs(&answers[0]).into_iter())?;

    let fits = runs
        .iter()
        .zip(&answers)
        .map(|(run, answer)| (run.seed, pairs(answer)))
        .collect();
    folder.save_all(
        out,
        [
            ("ch03_network", figures::fits(pairs(y), fits)),
            ("ch03_network_loss", figures::losses(runs)),
            ("ch03_network_activations", figures::activations()),
        ],
    )
}

/// One trained network, and how it got there.
struct Run {
    seed: u64,
    network: Network,
    /// The loss before each step.
    losses: Vec<f64>,
    /// The loss after the last, without dropout.
    final_loss: f64,
    /// Where the generator stands then.
    rng: ChaCha8Rng,
}

// ANCHOR: train
fn train(
    args: &Args,
    seed: u64,
    x: &Array2<f64>,
    y: &Array2<f64>,
    mut tick: impl FnMut(),
) -> Result<Run, Failure> {
    let mut rng = seeded(seed);
    let parameters = args.init.draw(&args.layers.0, &mut rng)?;
    let mut network =
        Network::new(parameters, args.activation).with_dropout(args.drop_prob);
    let mut descent = Descent::new(args.learning_rate)?;
    let mut losses = Vec::with_capacity(args.steps);
    for step in 0..args.steps {
        let loss = network
            .train_step(x.view(), y.view(), &mut descent, &mut rng)
            .map_err(Failure::at(step))?;
        losses.push(loss);
        tick();
    }
    let final_loss =
        network.loss(x.view(), y.view()).map_err(Failure::at(args.steps))?;
    Ok(Run { seed, network, losses, final_loss, rng })
}
// ANCHOR_END: train

/// Ten rows of losses, a column a seed, and the last.
fn report(out: &mut dyn Write, runs: &[Run], steps: usize) -> Outcome {
    let heads: String = runs
        .iter()
        .map(|run| format!("{:>14}", format!("seed {}", run.seed)))
        .collect();
    writeln!(out, "  step{heads}")?;
    for step in (0..steps).step_by(steps.div_ceil(10)) {
        let losses: String = runs
            .iter()
            .map(|run| format!("{:>14.6}", run.losses[step]))
            .collect();
        writeln!(out, "{step:>6}{losses}")?;
    }
    let losses: String =
        runs.iter().map(|run| format!("{:>14.6}", run.final_loss)).collect();
    writeln!(out, "{steps:>6}{losses}")?;
    Ok(())
}
