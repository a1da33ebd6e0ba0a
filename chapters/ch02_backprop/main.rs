//! Chapter 2: back-propagation as functions.
//!
//! Fits 20·sin 2πx with a small network and plain gradient descent, prints the
//! loss every hundred steps, and tells what it did in between.

mod curvature;
mod explain;
mod figures;
mod graph;
mod momentum;
mod parting;
mod shapes;
mod sum_rule;
mod sweep;
mod valley;

use std::io::Write;
use std::process::ExitCode;

use chainrule::{
    Activation, Buffers, Error, Parameters, backward, evaluate, forward, mse,
    seeded, sine, update,
};
use chapters::ch02_backprop::args::Args;
use chapters::cli::{self, Failure, Layers, Outcome, Progress};
use ndarray::Array2;

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if args.valley {
        return valley::print(out, args.learning_rate);
    }
    if args.explain {
        return explain::print(out, &args);
    }
    if args.sum_rule {
        return sum_rule::print(out);
    }
    let (x, y) = sine(100)?;
    if args.sweep {
        return sweep::print(out, &args, &x, &y);
    }
    if args.momentum > 0.0 {
        return momentum::print(out, &args, &x, &y);
    }
    if args.curvature {
        return curvature::print(out, &args, &x, &y);
    }
    if args.parting {
        return parting::print(out, &args, &x, &y);
    }
    let folder = args.figures.open()?;
    let Layers(sizes) = &args.layers;
    writeln!(out, "fitting 20·sin(2πx): layers {sizes:?}, seed {}", args.seed)?;
    writeln!(
        out,
        "learning rate {}, {} steps\n",
        args.learning_rate, args.steps
    )?;

    writeln!(out, "  step           loss")?;
    let fit = train(&args, &x, &y, |step, loss| {
        if step % 100 == 0 {
            writeln!(out, "{step:>6} {loss:>14.6}")?;
        }
        Ok(())
    })?;
    writeln!(out, "{:>6} {:>14.6}", args.steps, fit.final_loss)?;
    between_the_lines(out, &fit.losses)?;

    let other = parting::backwards(&args, &x, &y)?;
    parting::report(out, &fit.losses, &other.losses)?;

    let answer = evaluate(&fit.parameters, Activation::Sigmoid, x.view())
        .map_err(Failure::at(args.steps))?;
    let pairs = |y: &Array2<f64>| {
        x.iter().copied().zip(y.iter().copied()).collect::<Vec<_>>()
    };
    cli::plot(out, pairs(&y).into_iter(), pairs(&answer).into_iter())?;

    let figures = figures::all(&args, &fit, &other, pairs(&y), pairs(&answer))
        .map_err(Failure::at(0))?;
    folder.save_all(out, figures)
}

/// What a run of training leaves behind.
struct Fit {
    parameters: Parameters,
    /// The loss before each update.
    losses: Vec<f64>,
    /// The loss after the last.
    final_loss: f64,
}

// ANCHOR: train
fn train(
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
    mut each: impl FnMut(usize, f64) -> Outcome,
) -> Result<Fit, Failure> {
    let mut parameters =
        Parameters::uniform(&args.layers.0, &mut seeded(args.seed))?;
    let mut buffers = Buffers::new();
    let mut losses = Vec::with_capacity(args.steps);
    let progress = Progress::new(args.steps);
    for step in 0..args.steps {
        let loss =
            descend(&mut parameters, x, y, args.learning_rate, &mut buffers)
                .map_err(Failure::at(step))?;
        progress.suspend(|| each(step, loss))?;
        losses.push(loss);
        progress.step();
    }
    let final_loss = evaluate(&parameters, Activation::Sigmoid, x.view())
        .and_then(|output| mse(output.view(), y.view()))
        .map_err(Failure::at(args.steps))?;
    Ok(Fit { parameters, losses, final_loss })
}
// ANCHOR_END: train

/// One step of gradient descent; returns the loss it started from.
// ANCHOR: descend
fn descend(
    parameters: &mut Parameters,
    x: &Array2<f64>,
    y: &Array2<f64>,
    learning_rate: f64,
    buffers: &mut Buffers,
) -> Result<f64, Error> {
    let pass = forward(parameters, Activation::Sigmoid, x.view(), buffers)?;
    let loss = mse(pass.output(), y.view())?;
    let gradients = backward(pass, y.view())?;
    update(parameters, gradients, learning_rate)?;
    Ok(loss)
}
// ANCHOR_END: descend

/// What a reader of every hundredth loss does not see.
fn between_the_lines(out: &mut dyn Write, losses: &[f64]) -> Outcome {
    let rises = losses.windows(2).filter(|pair| pair[1] > pair[0]).count();
    writeln!(out, "\nbetween the printed steps")?;
    writeln!(out, "steps on which the loss rose: {rises}")?;
    if let Some((step, peak)) = parting::late_peak(losses) {
        writeln!(out, "highest loss after step 100: {peak:.1}")?;
        writeln!(out, "step of the highest loss: {step}")?;
    }
    Ok(())
}
