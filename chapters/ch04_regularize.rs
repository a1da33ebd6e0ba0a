//! Chapter 4: dropout inside forward and backward, and what it is good for.
//!
//! First the notebook's own task, where dropout only hurts; then a network
//! that overfits, where it is held against weight decay and early stopping.

#[path = "ch04_regularize/figures.rs"]
mod figures;
#[path = "ch04_regularize/idx.rs"]
mod idx;
#[path = "ch04_regularize/mnist.rs"]
mod mnist;
#[path = "ch04_regularize/overfit.rs"]
mod overfit;
#[path = "ch04_regularize/own_task.rs"]
mod own_task;
#[path = "ch04_regularize/spirals.rs"]
mod spirals;
#[path = "ch04_regularize/spread.rs"]
mod spread;
#[path = "ch04_regularize/switched.rs"]
mod switched;
#[path = "ch04_regularize/training.rs"]
mod training;
#[path = "ch04_regularize/widths.rs"]
mod widths;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chainrule::cli::{self, Layers, Outcome};
use chainrule::figures::Folder;
use chainrule::{Activation, Dropout};
use clap::Parser;

/// Dropout inside a network: where it hurts, where it helps, and what else would.
#[derive(Clone, Parser)]
#[command(version)]
struct Args {
    /// First of the seeds; each draws its own noise, weights and masks
    #[arg(long, default_value_t = 0)]
    seed: u64,

    /// Number of seeds that each mean is taken over
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = clap::value_parser!(u64).range(2..=10_000))]
    seeds: u64,

    /// Steps of gradient descent in each run [default: 6000; 2000 with
    /// --spirals, 600 with --mnist]
    #[arg(long, value_parser = cli::steps)]
    steps: Option<usize>,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.03", value_parser = cli::learning_rate, allow_hyphen_values = true)]
    learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,50,1", value_parser = cli::layers)]
    layers: Layers,

    /// Activation of the hidden layers: sigmoid, tanh or relu
    #[arg(long, default_value_t = Activation::Sigmoid)]
    activation: Activation,

    /// The one drop probability shown as a curve, in [0, 1)
    #[arg(long, default_value = "0.2", value_parser = cli::drop_prob, allow_hyphen_values = true)]
    drop_prob: Dropout,

    /// Noisy samples that each run of the overfitting network is given
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u16).range(5..=10_000))]
    samples: u16,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    figures: PathBuf,

    /// Vary the drop probability at fixed width and at a fixed number of kept units
    #[arg(long)]
    widths: bool,

    /// Classify two spirals instead, with softmax and cross-entropy
    #[arg(long, conflicts_with = "widths")]
    spirals: bool,

    /// Classify MNIST's digits, from the folder with its four IDX files,
    /// gzipped or not
    #[arg(long, value_name = "DIR", conflicts_with_all = ["widths", "spirals"])]
    mnist: Option<PathBuf>,
}

impl Args {
    fn steps(&self) -> usize {
        self.steps.unwrap_or(6000)
    }
}

fn main() -> ExitCode {
    cli::main(run)
}

/// The drop probabilities that every table of this chapter compares.
const DROP_PROBS: [f64; 5] = [0.0, 0.1, 0.2, 0.5, 0.8];

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if let Some(from) = &args.mnist {
        return mnist::print(out, &args, from);
    }
    let folder = Folder::open(&args.figures)?;
    if args.widths {
        return widths::print(out, &args, &folder);
    }
    if args.spirals {
        return spirals::print(out, &args, &folder);
    }
    own_task::print(out, &args)?;
    writeln!(out)?;
    overfit::print(out, &args, &folder)?;
    switched::print(out, &args, &folder)
}
