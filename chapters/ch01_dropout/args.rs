//! The flags of the chapter.

use chainrule::Dropout;
use clap::Parser;

use crate::cli::{self, Figures};

const EXAMPLES: &str = "
  cargo run --bin ch01_dropout
      one mask, and the mean and variance over many
  cargo run --bin ch01_dropout -- --seed 1
      another mask
  cargo run --bin ch01_dropout -- --drop-prob 0.9 --draws 1000000
      few entries kept, and a variance of nine times x²";

/// Dropout on a vector: one mask, and the mean and variance over many.
#[derive(Parser)]
#[command(name = "ch01_dropout", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Seed of the random numbers; the default draws the notebook's mask
    #[arg(long, default_value_t = 3077, value_parser = cli::seed)]
    pub seed: u64,

    /// Probability that an entry is dropped, in [0, 1)
    #[arg(long, default_value = "0.4", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// How many masks the statistics are taken over
    #[arg(long, default_value_t = 100_000, value_parser = cli::whole::<u32>(2..=u32::MAX.into()))]
    pub draws: u32,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,
}

impl cli::Flags for Args {}
