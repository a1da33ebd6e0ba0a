//! The flags of the chapter.

use std::path::PathBuf;

use clap::Parser;

use crate::cli::{self, Layers};

/// Back-propagation as functions: fits 20·sin(2πx) by gradient descent.
#[derive(Clone, Parser)]
#[command(version, after_help = cli::EXIT_CODES)]
pub struct Args {
    /// Seed of the initial weights
    #[arg(long, default_value_t = 2, value_parser = cli::seed, allow_hyphen_values = true)]
    pub seed: u64,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 4000, value_parser = cli::steps, allow_hyphen_values = true)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.3", value_parser = cli::learning_rate, allow_hyphen_values = true)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,25,1", value_parser = cli::layers)]
    pub layers: Layers,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    pub figures: PathBuf,

    /// Print how curved the cost is at some steps, times the learning rate
    #[arg(long, conflicts_with_all = ["explain", "sweep", "figures"])]
    pub curvature: bool,

    /// Print one pass of a network small enough for paper, number by number
    #[arg(long, conflicts_with_all = ["seed", "steps", "layers", "figures"])]
    pub explain: bool,

    /// Print the final loss for seven learning rates and five seeds
    #[arg(long, conflicts_with_all = ["explain", "seed", "learning_rate", "figures"])]
    pub sweep: bool,
}
