//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::Dropout;
use clap::Parser;

use crate::cli;

/// Dropout on a vector: one mask, and the mean and variance over many.
#[derive(Parser)]
#[command(version, after_help = cli::EXIT_CODES)]
pub struct Args {
    /// Seed of the random numbers; the default draws the notebook's mask
    #[arg(long, default_value_t = 3077, value_parser = cli::seed, allow_hyphen_values = true)]
    pub seed: u64,

    /// Probability that an entry is dropped, in [0, 1)
    #[arg(long, default_value = "0.4", value_parser = cli::drop_prob, allow_hyphen_values = true)]
    pub drop_prob: Dropout,

    /// How many masks the statistics are taken over
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(2..), allow_hyphen_values = true)]
    pub draws: u32,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    pub figures: PathBuf,
}
