//! Chapter 2: back-propagation as functions.
//!
//! Fits 20·sin 2πx with a small network and plain gradient descent, prints the
//! loss every hundred steps, and tells what it did in between.

mod curvature;
mod explain;
mod figures;
mod momentum;
mod sweep;

use std::io::Write;
use std::process::ExitCode;

use chainrule::{
    Activation, Buffers, Error, Parameters, backward, evaluate, forward, mse,
    seeded, sine, update,
};
use chapters::ch02_backprop::args::Args;
use chapters::cli::{self, Failure, Layers, Outcome, Progress};
use ndarray::{Array2, s};

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if args.explain {
        return explain::print(out, args.learning_rate);
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

    let backwards = |m: &Array2<f64>| m.slice(s![.., ..;-1]).to_owned();
    let other = train(&args, &backwards(&x), &backwards(&y), |_, _| Ok(()))?;
    parting(out, &fit.losses, &other.losses)?;

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
    let late = losses.iter().copied().enumerate().skip(101);
    if let Some((step, peak)) = late.max_by(|a, b| a.1.total_cmp(&b.1)) {
        writeln!(out, "highest loss after step 100: {peak:.1}")?;
        writeln!(out, "step of the highest loss: {step}")?;
    }
    Ok(())
}

/// How far two correct programs part, that sum the samples in different orders.
fn parting(out: &mut dyn Write, one: &[f64], other: &[f64]) -> Outcome {
    let differences: Vec<_> =
        one.iter().zip(other).map(|(a, b)| (a - b).abs() / a).collect();
    writeln!(out, "\nthe same run with the samples summed from last to first")?;
    if let Some(step) = differences.iter().position(|&d| d > 0.0) {
        writeln!(out, "first step whose loss differs in any digit: {step}")?;
    }
    let largest =
        differences.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    if let Some((step, difference)) = largest {
        writeln!(out, "largest relative difference: {difference:.1e}")?;
        writeln!(out, "step of the largest difference: {step}")?;
    }
    let late = &differences[differences.len().saturating_sub(100)..];
    let largest = late.iter().copied().fold(0.0, f64::max);
    writeln!(out, "largest over the last hundred steps: {largest:.1e}")?;
    Ok(())
}
