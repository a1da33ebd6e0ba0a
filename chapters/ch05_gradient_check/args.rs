//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::{Dropout, Error};
use clap::Parser;

use super::gallery::bug::Bug;
use crate::cli;

/// The gradient check: backward against central differences, and a gallery of
/// classic mistakes, each of which some check catches.
#[derive(Clone, Parser)]
#[command(version)]
pub struct Args {
    /// Seed of the networks, the data and the masks
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u64).range(..=u64::MAX / 2))]
    pub seed: u64,

    /// How far the gradient check moves a parameter, above 0
    #[arg(long, value_name = "H", default_value = "1e-5", value_parser = step_size, allow_hyphen_values = true)]
    pub step_size: f64,

    /// Put a mistake into a network and hold the checks against it: a name,
    /// or list, all, none
    #[arg(long, value_name = "NAME", value_parser = wanted)]
    pub bug: Option<Wanted>,

    /// How many seeds to train from, with --bug NAME
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub seeds: u64,

    /// Steps of gradient descent, for the loss curves of --bug
    #[arg(long, default_value_t = 3000, value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, for --bug
    #[arg(long, default_value = "0.02", value_parser = cli::learning_rate, allow_hyphen_values = true)]
    pub learning_rate: f64,

    /// Probability that a hidden unit is dropped in training, for --bug; above 0
    #[arg(long, default_value = "0.2", value_parser = some_dropout, allow_hyphen_values = true)]
    pub drop_prob: Dropout,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    pub figures: PathBuf,
}

/// What `--bug` asks for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted {
    /// The names of all mistakes.
    List,
    /// Every mistake against every check.
    All,
    /// One mistake.
    One(Bug),
}

/// `--bug all`: a name of the gallery, or list, all, none.
fn wanted(name: &str) -> Result<Wanted, String> {
    match name {
        "list" => Ok(Wanted::List),
        "all" => Ok(Wanted::All),
        name => Ok(Wanted::One(name.parse()?)),
    }
}

/// `--step-size 1e-5`: a finite number above 0.
fn step_size(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(h) if h.is_finite() && h > 0.0 => Ok(h),
        Ok(h) => Err(Error::StepSize(h).to_string()),
        Err(_) => Err(format!("'{text}' is not a number")),
    }
}

/// A drop probability that drops something: without masks half of the gallery
/// shows nothing.
fn some_dropout(text: &str) -> Result<Dropout, String> {
    match cli::drop_prob(text)? {
        Dropout::NONE => {
            Err("drop probability 0 is not in (0, 1): nothing would be dropped"
                .to_owned())
        }
        dropout => Ok(dropout),
    }
}
