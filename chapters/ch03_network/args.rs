//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::{Activation, Dropout};
use clap::Parser;

use crate::cli::{self, Init, Layers};

/// The network as a type: fits 20·sin(2πx) from three seeds.
#[derive(Clone, Parser)]
#[command(version, after_help = cli::EXIT_CODES)]
pub struct Args {
    /// First of the three seeds
    #[arg(long, default_value_t = 18, value_parser = cli::seed, allow_hyphen_values = true)]
    pub seed: u64,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 50_000, value_parser = cli::steps, allow_hyphen_values = true)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.01", value_parser = cli::learning_rate, allow_hyphen_values = true)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,6,1", value_parser = cli::layers)]
    pub layers: Layers,

    /// Activation of the hidden layers: sigmoid, tanh or relu
    #[arg(long, default_value_t = Activation::Sigmoid)]
    pub activation: Activation,

    /// How the initial weights are drawn
    #[arg(long, value_enum, default_value_t = Init::Uniform)]
    pub init: Init,

    /// Probability that a hidden unit is dropped in training, in [0, 1)
    #[arg(long, default_value = "0", value_parser = cli::drop_prob, allow_hyphen_values = true)]
    pub drop_prob: Dropout,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    pub figures: PathBuf,

    /// Count how the runs from seed 0 to N−1 end
    #[arg(
        long,
        value_name = "N",
        value_parser = clap::value_parser!(u64).range(1..=100_000),
        conflicts_with_all = ["seed", "figures"],
        allow_hyphen_values = true
    )]
    pub census: Option<u64>,

    /// Show two wide hidden layers saturate, and a better start that does not
    #[arg(long, conflicts_with_all = ["census", "steps", "layers", "init"])]
    pub saturation: bool,
}
