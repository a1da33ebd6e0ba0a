//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::tasks::gap::{EDGE, Gap};
use chainrule::{Activation, Dropout};
use clap::Parser;

use crate::cli::{self, Layers};

/// Dropout left on after training: mean and band from many stochastic passes.
#[derive(Clone, Parser)]
#[command(version)]
pub struct Args {
    /// Seed of the data, the weights and the masks
    #[arg(long, default_value_t = 2)]
    pub seed: u64,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 10_000, value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.1", value_parser = cli::learning_rate, allow_hyphen_values = true)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,30,30,1", value_parser = cli::layers)]
    pub layers: Layers,

    /// Activation of the hidden layers: sigmoid, tanh or relu
    #[arg(long, default_value_t = Activation::Relu)]
    pub activation: Activation,

    /// Probability that a hidden unit is dropped, in training and afterwards, in [0, 1)
    #[arg(long, default_value = "0.1", value_parser = cli::drop_prob, allow_hyphen_values = true)]
    pub drop_prob: Dropout,

    /// How often the trained network is asked, T
    #[arg(long, default_value_t = 200, value_parser = clap::value_parser!(u32).range(2..=100_000))]
    pub passes: u32,

    /// Where there are no data, two numbers in [−2, 2]
    #[arg(long, value_name = "LOW,HIGH", default_value = "0,1", value_parser = gap, allow_hyphen_values = true)]
    pub gap: Gap,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    pub figures: PathBuf,

    /// Compare drop probabilities and networks, from --seed on
    #[arg(long)]
    pub sweep: bool,

    /// How many seeds the sweep averages over
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..=1000))]
    pub seeds: u64,
}

/// Reads `--gap 0,1`.
fn gap(text: &str) -> Result<Gap, String> {
    let ends: Vec<f64> =
        text.split(',').map_while(|end| end.trim().parse().ok()).collect();
    match ends[..] {
        [low, high]
            if -EDGE < low
                && low < high
                && high < EDGE
                && text.matches(',').count() == 1 =>
        {
            Ok(Gap { low, high })
        }
        _ => Err(format!(
            "'{text}' is not LOW,HIGH with −{EDGE} < LOW < HIGH < {EDGE}"
        )),
    }
}
