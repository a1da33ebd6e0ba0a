//! The flags of the chapter.

use clap::Parser;

use crate::cli::{self, Figures, Layers};

const EXAMPLES: &str = "
  cargo run --bin ch02_backprop
      the loss on the way down, and the fit
  cargo run --bin ch02_backprop -- --explain
      every number of one pass, small enough for paper
  cargo run --bin ch02_backprop -- --learning-rate 0.2
      smaller steps
  cargo run --bin ch02_backprop -- --sweep
      what the learning rate decides";

/// Back-propagation as functions: fits 20·sin(2πx) by gradient descent.
#[derive(Clone, Parser)]
#[command(name = "ch02_backprop", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Seed of the initial weights
    #[arg(long, default_value_t = 2, value_parser = cli::seed)]
    pub seed: u64,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 4000, value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.3", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,25,1")]
    pub layers: Layers,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,

    /// Print how curved the cost is at some steps, times the learning rate
    #[arg(long, conflicts_with_all = ["explain", "sweep", "figures"])]
    pub curvature: bool,

    /// The share β of the step before that each step goes on with, in [0, 1)
    #[arg(long, value_name = "BETA", default_value = "0", value_parser = cli::momentum, requires = "curvature")]
    pub momentum: f64,

    /// Print one pass of a network small enough for paper, number by number
    #[arg(long, conflicts_with_all = ["seed", "steps", "layers", "figures"])]
    pub explain: bool,

    /// Print the final loss for seven learning rates and five seeds
    #[arg(long, conflicts_with_all = ["explain", "seed", "learning_rate", "figures"])]
    pub sweep: bool,
}

impl cli::Flags for Args {}
