//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::{Activation, Dropout};
use clap::Parser;

use crate::cli::{self, Figures, Layers};

const EXAMPLES: &str = "
  cargo run --bin ch04_regularize
      where dropout hurts, and where it helps
  cargo run --bin ch04_regularize -- --budgets --seeds 5
      what more steps do to every remedy
  cargo run --bin ch04_regularize -- --theory
      what dropout is: a weighted ridge, and no mean of many networks";

/// Dropout inside a network: where it hurts, where it helps, and what else would.
#[derive(Clone, Parser)]
#[command(name = "ch04_regularize", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// First of the seeds; each draws its own noise, weights and masks
    #[arg(long, default_value_t = 0, value_parser = cli::seed)]
    pub seed: u64,

    /// Number of seeds that each mean is taken over
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = cli::whole::<u64>(2..=10_000))]
    pub seeds: u64,

    /// Steps of gradient descent in each run [default: 6000; 2000 with
    /// --spirals, 24000 with --budgets]
    #[arg(long, value_parser = cli::steps)]
    pub steps: Option<usize>,

    /// Step size η of gradient descent, above 0; --theory takes a tenth of it
    #[arg(long, default_value = "0.03", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,50,1")]
    pub layers: Layers,

    /// Activation of the hidden layers: sigmoid, tanh or relu
    #[arg(long, default_value_t = Activation::Sigmoid)]
    pub activation: Activation,

    /// The one drop probability shown as a curve, in [0, 1)
    #[arg(long, default_value = "0.2", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// Noisy samples that each run of the overfitting network is given
    #[arg(long, default_value_t = 15, value_parser = cli::whole::<u16>(5..=10_000))]
    pub samples: u16,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,

    /// Also write what is printed to this file, with the command and the day
    #[arg(long, value_name = "FILE", conflicts_with_all = ["redraw"])]
    pub record: Option<PathBuf>,

    /// Look at every remedy after an eighth, a quarter, half and all of the
    /// steps; choose on some seeds, and judge on three times as many others
    #[arg(long, conflicts_with_all = ["widths", "spirals", "theory"])]
    pub budgets: bool,

    /// Show what dropout is: of a linear network, of a deep one, of rectifiers
    #[arg(long, conflicts_with_all = ["widths", "spirals", "seeds", "layers", "activation", "samples"])]
    pub theory: bool,

    /// Draw the figure of --budgets from the record that the book shows
    #[arg(long, conflicts_with_all = ["widths", "spirals", "budgets", "theory", "seed", "seeds", "steps", "learning_rate", "layers", "activation", "drop_prob", "samples"])]
    pub redraw: bool,

    /// Vary the drop probability at fixed width and at a fixed number of kept units
    #[arg(long, conflicts_with_all = ["layers", "drop_prob", "figures"])]
    pub widths: bool,

    /// Classify two spirals instead, with softmax and cross-entropy
    #[arg(long, conflicts_with_all = ["widths", "learning_rate", "layers", "activation", "samples"])]
    pub spirals: bool,
}

impl cli::Flags for Args {
    fn together(&self, _given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let units: usize = self.layers.0.iter().sum();
        let samples = usize::from(self.samples);
        if units * samples > MOST_NUMBERS {
            return Err(format!(
                "--layers of {units} units and --samples {samples} are \
                 together not within {MOST_NUMBERS} units × samples"
            ));
        }
        let (seeds, steps) = (self.seeds, self.steps());
        if seeds * steps as u64 > MOST_STEPS {
            return Err(format!(
                "--seeds {seeds} and --steps {steps} are together not within \
                 {MOST_STEPS} seeds × steps"
            ));
        }
        Ok(())
    }
}

/// Each unit remembers several numbers for each sample, in every run that
/// goes on at the time.
const MOST_NUMBERS: usize = 5_000_000;

/// Of every hundredth step of every seed two errors are kept.
const MOST_STEPS: u64 = 5_000_000_000;

impl Args {
    /// Steps of a run of the overfitting network.
    pub fn steps(&self) -> usize {
        self.steps.unwrap_or(if self.budgets { 24_000 } else { 6000 })
    }

    /// The rate for activations that grow without end or cross 0 steeply.
    pub fn small_rate(&self) -> f64 {
        self.learning_rate / 10.0
    }
}
