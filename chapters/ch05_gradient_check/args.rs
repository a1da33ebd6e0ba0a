//! The flags of the chapter.

use std::str::FromStr;

use chainrule::Dropout;
use clap::Parser;

use super::gallery::bug::Bug;
use crate::cli::{self, Figures};

const EXAMPLES: &str = "
  cargo run --bin ch05_gradient_check
      every gradient against central differences
  cargo run --bin ch05_gradient_check -- --bug list
      the mistakes of the gallery
  cargo run --bin ch05_gradient_check -- --bug all
      every mistake against every check
  cargo run --bin ch05_gradient_check -- --bug shared-mask --at 3000,6000
      its loss after so many steps, and that of the right code";

/// The gradient check: backward against central differences, and a gallery of
/// classic mistakes, each of which some check catches.
#[derive(Clone, Parser)]
#[command(name = "ch05_gradient_check", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Seed of the networks, the data and the masks
    #[arg(long, default_value_t = 0, value_parser = cli::seed)]
    pub seed: u64,

    /// How far the gradient check moves a parameter, from 1e-12 to 1
    #[arg(long, value_name = "H", default_value = "1e-5", value_parser = step_size, conflicts_with = "bug")]
    pub step_size: f64,

    /// Put a mistake into a network and hold the checks against it: a name,
    /// or list, all, none
    #[arg(long, value_name = "NAME", value_parser = wanted)]
    pub bug: Option<Wanted>,

    /// How many seeds to train from, with --bug NAME or --at
    #[arg(long, value_name = "N", default_value_t = 1, requires = "bug", value_parser = cli::whole::<u64>(1..=1000))]
    pub seeds: u64,

    /// Compare losses after these numbers of steps, in place of the checks:
    /// 3000,6000
    #[arg(long = "at", id = "at", value_name = "STEPS,…", requires = "bug", conflicts_with_all = ["steps", "figures"])]
    pub budgets: Option<Budgets>,

    /// Draw the figure of the losses over time again, from the record
    #[arg(long, conflicts_with_all = ["seed", "step_size", "bug", "seeds", "steps", "learning_rate", "drop_prob", "at"])]
    pub redraw: bool,

    /// Steps of gradient descent, for the loss curves of --bug
    #[arg(long, default_value_t = 3000, requires = "bug", value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, for --bug
    #[arg(long, default_value = "0.02", requires = "bug", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Probability that a hidden unit is dropped in training, for --bug; above 0
    #[arg(long, default_value = "0.2", requires = "bug", value_parser = some_dropout)]
    pub drop_prob: Dropout,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,
}

impl cli::Flags for Args {
    fn together(&self, given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let (name, idle): (&str, &[&str]) = match self.bug {
            Some(Wanted::List) => ("list", &EVERY),
            Some(_) if self.budgets.is_some() => return Ok(()),
            Some(Wanted::All) => ("all", &["seeds"]),
            Some(Wanted::One(Bug::None)) => ("none", &["figures"]),
            Some(Wanted::One(_)) | None => return Ok(()),
        };
        match idle.iter().find(|id| given(id)) {
            None => Ok(()),
            Some(id) => Err(format!(
                "the argument '--{}' cannot be used with '--bug {name}'",
                id.replace('_', "-")
            )),
        }
    }
}

/// What a list has no use for.
const EVERY: [&str; 7] =
    ["seed", "seeds", "at", "steps", "learning_rate", "drop_prob", "figures"];

/// `--at 3000,6000`: numbers of steps, one after the other. A type of its
/// own because clap reads a `Vec` as a flag given several times.
#[derive(Clone, Debug)]
pub struct Budgets(pub Vec<usize>);

impl FromStr for Budgets {
    type Err = String;

    fn from_str(text: &str) -> Result<Budgets, String> {
        let steps = text.split(',').map(|steps| cli::steps(steps.trim()).ok());
        let steps = steps.collect::<Option<Vec<usize>>>();
        let rising = |steps: &Vec<usize>| steps.windows(2).all(|w| w[0] < w[1]);
        let budgets = steps.filter(rising).map(Budgets);
        cli::accept(text, budgets, "rising numbers of steps, such as 3000,6000")
    }
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

/// `--step-size 1e-5`: outside of this range central differences are all
/// rounding, or all curvature.
fn step_size(text: &str) -> Result<f64, String> {
    let h = text.parse().ok().filter(|h| (1e-12..=1.0).contains(h));
    cli::accept(text, h, "a number from 1e-12 to 1")
}

/// A drop probability that drops something: without masks half of the gallery
/// shows nothing.
fn some_dropout(text: &str) -> Result<Dropout, String> {
    let dropout = cli::drop_prob(text).ok();
    let some = dropout.filter(|dropout| *dropout != Dropout::NONE);
    cli::accept(text, some, "a number in (0, 1)")
}
