//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::tasks::gap::{EDGE, Gap, SAMPLES};
use chainrule::{Activation, Dropout};
use clap::Parser;

use crate::cli::{self, Figures, Layers};

const EXAMPLES: &str = "
  cargo run --bin ch06_uncertainty
      mean and band around a gap in the data
  cargo run --bin ch06_uncertainty -- --gap -0.25,0.25
      a narrow gap
  cargo run --bin ch06_uncertainty -- --sweep
      other drop probabilities, and other networks
  cargo run --bin ch06_uncertainty -- --amounts --seeds 2
      more and more data";

/// Dropout left on after training: mean and band from many stochastic passes.
#[derive(Clone, Parser)]
#[command(name = "ch06_uncertainty", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Seed of the data, the weights and the masks
    #[arg(long, default_value_t = 2, value_parser = cli::seed)]
    pub seed: u64,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 10_000, value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.1", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,30,30,1")]
    pub layers: Layers,

    /// Activation of the hidden layers: sigmoid, tanh or relu
    #[arg(long, default_value_t = Activation::Relu)]
    pub activation: Activation,

    /// Probability that a hidden unit is dropped, in training and afterwards, in [0, 1)
    #[arg(long, default_value = "0.1", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// How often the trained network is asked, T
    #[arg(long, default_value_t = 200, value_parser = cli::whole::<u32>(2..=100_000))]
    pub passes: u32,

    /// Where there are no data, two numbers in [−2, 2]
    #[arg(long, value_name = "LOW,HIGH", default_value = "0,1", value_parser = gap)]
    pub gap: Gap,

    /// How many samples it learns from
    #[arg(long, default_value_t = SAMPLES, value_parser = cli::whole::<usize>(5..=10_000))]
    pub samples: usize,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,

    /// Also write the weights of the network to this file, as the cover that
    /// draws itself reads them
    #[arg(long, value_name = "FILE", conflicts_with = "over_seeds")]
    pub weights: Option<PathBuf>,

    /// Compare drop probabilities and networks, from --seed on
    #[arg(long, group = "over_seeds")]
    pub sweep: bool,

    /// Compare the band with that of five networks without dropout, and count
    /// the seeds that each claim of the page holds for
    #[arg(long, group = "over_seeds", conflicts_with = "figures")]
    pub controls: bool,

    /// Compare the band and its error after 20, 80, 320 and 1280 samples
    #[arg(long, group = "over_seeds", conflicts_with_all = ["samples", "figures"])]
    pub amounts: bool,

    /// How many seeds --sweep, --controls or --amounts has, from --seed on
    #[arg(long, value_name = "N", default_value_t = 5, requires = "over_seeds", value_parser = cli::whole::<u64>(2..=1000))]
    pub seeds: u64,

    /// Also write what --controls or --amounts prints to this file, with the day
    #[arg(
        long,
        value_name = "FILE",
        requires = "over_seeds",
        conflicts_with = "sweep"
    )]
    pub record: Option<PathBuf>,
}

impl cli::Flags for Args {
    fn together(&self, _given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let units: usize = self.layers.0.iter().sum();
        let samples = if self.amounts { MOST_SAMPLES } else { self.samples };
        if units * samples > MOST_NUMBERS {
            let flag = if self.amounts { "--amounts" } else { "--samples" };
            return Err(format!(
                "--layers of {units} units and {flag} {samples} are together \
                 not within {MOST_NUMBERS} units × samples"
            ));
        }
        Ok(())
    }
}

/// The amounts of data that `--amounts` compares.
pub const AMOUNTS: [usize; 4] = [20, 80, 320, MOST_SAMPLES];
const MOST_SAMPLES: usize = 1280;

/// Each unit remembers several numbers for each sample, in every run that goes
/// on at the time.
const MOST_NUMBERS: usize = 8_000_000;

/// Reads `--gap 0,1`.
fn gap(text: &str) -> Result<Gap, String> {
    let ends = text.split(',').map(|end| end.trim().parse().ok());
    let gap = match ends.collect::<Option<Vec<f64>>>().as_deref() {
        Some(&[low, high]) if -EDGE < low && low < high && high < EDGE => {
            Some(Gap { low, high })
        }
        _ => None,
    };
    let allowed = format!("LOW,HIGH with −{EDGE} < LOW < HIGH < {EDGE}");
    cli::accept(text, gap, allowed)
}
