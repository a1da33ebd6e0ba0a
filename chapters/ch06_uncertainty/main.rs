//! Chapter 6: dropout left on, on purpose.
//!
//! Trains a network on a sine with a gap in the data, asks it many times with
//! the coins on, and measures what the spread of its answers is worth.

mod amounts;
mod controls;
mod convergence;
mod ensemble;
mod figures;
mod regions;
mod sample_in_gap;
mod seeds;
mod setting;
mod sweep;
mod thinned;

use std::io::Write;
use std::process::ExitCode;

use chainrule::tasks::gap::{self, Task};
use chainrule::{
    ChaCha8Rng, Descent, Network, Parameters, Predictive, mc_dropout, seeded,
};
use chapters::ch06_uncertainty::args::Args;
use chapters::cli::{self, Failure, Outcome, Progress, Whole};
use chapters::{record, weights};
use ndarray::Array2;

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let keep = |out, print: fn(&mut dyn Write, &Args) -> Outcome| {
        let file = args.record.as_ref();
        record::keep(out, "ch06_uncertainty", file, |out| print(out, &args))
    };
    if args.controls {
        return keep(out, controls::print);
    }
    if args.amounts {
        return keep(out, amounts::print);
    }
    let folder = args.figures.open()?;
    if args.sweep {
        return sweep::print(out, &args, &folder);
    }
    // After the folder, which may be made where the weights would be.
    let file = args.weights.as_ref().map(Whole::open).transpose()?;
    writeln!(
        out,
        "layers {:?}, {}, drop probability {}, seed {}",
        args.layers.0,
        args.activation,
        args.drop_prob.drop_prob(),
        args.seed
    )?;
    writeln!(
        out,
        "learning rate {}, {} steps, {} passes\n",
        args.learning_rate, args.steps, args.passes
    )?;

    let progress = Progress::new(args.steps);
    let (task, network, mut rng) = train(&args, || progress.step())?;
    drop(progress);
    if let Some(file) = file {
        file.write(weights::bytes(network.parameters()))?;
    }
    with_and_without_coins(out, &args, &task, &network, &mut rng)?;
    regions::report(out, &args, &task, &network, &mut rng)?;
    let rows = convergence::measure(&args, &network, &mut rng)?;
    convergence::report(out, &rows)?;

    let x = gap::grid();
    let smooth = Args { passes: 2000, ..args.clone() };
    let band = ask(&smooth, &network, &x, &mut rng)?;
    let passes = (0..60)
        .map(|_| thinned::curve(&network, args.drop_prob, x.view(), &mut rng))
        .collect::<Result<Vec<_>, _>>()
        .map_err(Failure::at(args.steps))?;
    let evaluated =
        network.evaluate(x.view()).map_err(Failure::at(args.steps))?;
    let (moved, other, mut rng) = sample_in_gap::report(out, &args)?;
    let with_moved = ask(&smooth, &other, &x, &mut rng)?;
    let five = ensemble::report(out, &args)?.ask(&x)?;
    cli::plot(out, task.points(), figures::pairs(&x, &band.mean).into_iter())?;

    folder.save_all(
        out,
        [
            ("ch06_uncertainty", figures::band(&task, &x, &band)),
            ("ch06_uncertainty_moved", figures::band(&moved, &x, &with_moved)),
            ("ch06_uncertainty_ensemble", figures::band(&task, &x, &five)),
            (
                "ch06_uncertainty_passes",
                figures::thinned(&x, &passes, &evaluated),
            ),
            ("ch06_uncertainty_standard_error", figures::convergence(&rows)),
            ("cover", figures::cover(&task, &x, &band, &passes)),
        ],
    )
}

/// One loss, and two answers to the same question.
fn with_and_without_coins(
    out: &mut dyn Write,
    args: &Args,
    task: &Task,
    network: &Network,
    rng: &mut ChaCha8Rng,
) -> Outcome {
    let (x, y) = task.data();
    let loss =
        network.loss(x.view(), y.view()).map_err(Failure::at(args.steps))?;
    writeln!(out, "loss on the data, all units on  {loss:.4}")?;
    writeln!(
        out,
        "the same network, asked twice at x = 2.5 with its coins on"
    )?;
    let twice = Array2::from_elem((1, 2), 2.5);
    let answers = thinned::fresh(network, args.drop_prob, twice.view(), rng)
        .map_err(Failure::at(args.steps))?;
    writeln!(out, "  {:.4}  {:.4}\n", answers[[0, 0]], answers[[0, 1]])?;
    Ok(())
}

/// Draws the data and trains; returns the generator as training left it.
fn train(
    args: &Args,
    tick: impl FnMut(),
) -> Result<(Task, Network, ChaCha8Rng), Failure> {
    let mut rng = seeded(args.seed);
    let task = Task::with_samples(args.samples, args.gap, &mut rng)?;
    let parameters = Parameters::xavier(&args.layers.0, &mut rng)?;
    let mut network =
        Network::new(parameters, args.activation).with_dropout(args.drop_prob);
    learn(args, &task, &mut network, args.steps, &mut rng, tick)?;
    Ok((task, network, rng))
}

/// Trains on the task as it is now.
fn learn(
    args: &Args,
    task: &Task,
    network: &mut Network,
    steps: usize,
    rng: &mut ChaCha8Rng,
    mut tick: impl FnMut(),
) -> Result<(), Failure> {
    let (x, y) = task.data();
    let mut descent = Descent::new(args.learning_rate)?;
    for step in 0..steps {
        network
            .train_step(x.view(), y.view(), &mut descent, rng)
            .map_err(Failure::at(step))?;
        tick();
    }
    network.loss(x.view(), y.view()).map_err(Failure::at(steps))?;
    Ok(())
}

/// Mean and spread of the network's answers, with dropout left on.
// ANCHOR: ask
fn ask(
    args: &Args,
    network: &Network,
    x: &Array2<f64>,
    rng: &mut ChaCha8Rng,
) -> Result<Predictive, Failure> {
    let predictive = mc_dropout(
        network.parameters(),
        network.activation(),
        network.dropout(),
        x.view(),
        args.passes as usize,
        rng,
    );
    predictive.map_err(Failure::at(args.steps))
}
// ANCHOR_END: ask
