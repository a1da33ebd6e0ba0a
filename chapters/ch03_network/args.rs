//! The flags of the chapter.

use std::fmt;

use chainrule::{Activation, ChaCha8Rng, Dropout, Parameters, Result};
use clap::{Parser, ValueEnum};

use crate::cli::{self, Figures, Layers};

const EXAMPLES: &str = "
  cargo run --bin ch03_network
      three seeds, three places to end
  cargo run --bin ch03_network -- --activation tanh --init xavier
      another activation, and a better start
  cargo run --bin ch03_network -- --plateau
      a loss that stands still, and no minimum
  cargo run --bin ch03_network -- --depth
      what reaches the first layer of a deep network";

/// The network as a type: fits 20·sin(2πx) from three seeds.
#[derive(Clone, Parser)]
#[command(name = "ch03_network", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// First of the seeds [default: 18, or 0 with --census]
    #[arg(long, value_parser = cli::seed)]
    pub seed: Option<u64>,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 50_000, value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.01", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,6,1")]
    pub layers: Layers,

    /// Activation of the hidden layers: sigmoid, tanh or relu
    #[arg(long, default_value_t = Activation::Sigmoid)]
    pub activation: Activation,

    /// How the initial weights are drawn
    #[arg(long, value_enum, default_value_t = Init::Uniform)]
    pub init: Init,

    /// Probability that a hidden unit is dropped in training, in [0, 1)
    #[arg(long, default_value = "0", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,

    /// Count how the runs from N seeds end, and follow those that are stuck
    #[arg(long, value_name = "N", value_parser = cli::whole::<u64>(1..=100_000), conflicts_with = "figures")]
    pub census: Option<u64>,

    /// Look at the slope and the curvature of the cost while one run stands still
    #[arg(long, conflicts_with_all = ["census", "steps", "layers"])]
    pub plateau: bool,

    /// Show two wide hidden layers saturate, and a better start that does not
    #[arg(long, conflicts_with_all = ["census", "plateau", "steps", "layers", "init"])]
    pub saturation: bool,

    /// Show how much of the gradient reaches the first of 2 to 20 layers
    #[arg(long, conflicts_with_all = ["census", "plateau", "saturation", "steps", "learning_rate", "layers", "activation", "init", "drop_prob"])]
    pub depth: bool,

    /// Print the best constant answer at the first N of the hundred samples
    #[arg(long, value_name = "N", value_parser = cli::whole::<usize>(1..=100), exclusive = true)]
    pub constant: Option<usize>,
}

impl Args {
    /// The seed that the runs begin with.
    pub fn first_seed(&self) -> u64 {
        self.seed.unwrap_or(if self.census.is_some() { 0 } else { 18 })
    }
}

impl cli::Flags for Args {}

/// How the weights are drawn before the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Init {
    /// Uniform in [0, 1): the notebook's, all positive.
    Uniform,
    /// Uniform in ±√(6/(in+out)) (Glorot & Bengio 2010).
    Xavier,
    /// Uniform in ±√(6/in) (He et al. 2015).
    He,
}

impl Init {
    /// Draws the parameters of a network.
    ///
    /// # Errors
    /// As [`Parameters::uniform`].
    pub fn draw(
        self,
        sizes: &[usize],
        rng: &mut ChaCha8Rng,
    ) -> Result<Parameters> {
        match self {
            Init::Uniform => Parameters::uniform(sizes, rng),
            Init::Xavier => Parameters::xavier(sizes, rng),
            Init::He => Parameters::he(sizes, rng),
        }
    }
}

impl fmt::Display for Init {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Init::Uniform => "uniform",
            Init::Xavier => "xavier",
            Init::He => "he",
        })
    }
}
