//! The flags of the chapter.

use std::str::FromStr;

use clap::Parser;

use crate::cli::{self, Figures, Layers};

const EXAMPLES: &str = "
  cargo run --bin ch02_backprop
      the loss on the way down, and the fit
  cargo run --bin ch02_backprop -- --valley
      gradient descent on one weight, and on two
  cargo run --bin ch02_backprop -- --explain
      every number of one pass, small enough for paper
  cargo run --bin ch02_backprop -- --sweep
      what the learning rate decides";

/// Back-propagation as functions: fits 20·sin(2πx) by gradient descent.
#[derive(Clone, Parser)]
#[command(name = "ch02_backprop", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Seed of the initial weights
    #[arg(long, default_value_t = 2, value_parser = cli::seed)]
    pub seed: u64,

    /// Steps of gradient descent
    #[arg(long, default_value_t = 4000, value_parser = cli::steps)]
    pub steps: usize,

    /// Step size η of gradient descent, above 0
    #[arg(long, default_value = "0.3", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Units of each layer, from 1 input to 1 output
    #[arg(long, default_value = "1,25,1")]
    pub layers: Layers,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,

    /// Print gradient descent on one weight, and on two
    #[arg(long, conflicts_with_all = ["seed", "steps", "layers", "figures"])]
    pub valley: bool,

    /// The share β of the step before that each step goes on with, in [0, 1)
    #[arg(long, value_name = "BETA", default_value = "0", value_parser = cli::momentum)]
    pub momentum: f64,

    /// Print one pass of a network small enough for paper, number by number
    #[arg(long, conflicts_with_all = ["valley", "seed", "steps", "layers", "figures"])]
    pub explain: bool,

    /// The two inputs of --explain [default: 1,0.5]
    #[arg(long)]
    pub x: Option<Inputs>,

    /// What its answer should be [default: 1]
    #[arg(long, value_parser = short)]
    pub y: Option<f64>,

    /// Print the same pass with a second output, which adds a term to each da
    #[arg(long, conflicts_with_all = ["valley", "explain", "seed", "steps", "learning_rate", "layers", "figures"])]
    pub sum_rule: bool,

    /// Print how curved the cost is at some steps, times the learning rate
    #[arg(long, conflicts_with_all = ["valley", "explain", "sum_rule", "sweep", "figures"])]
    pub curvature: bool,

    /// Print the final loss for seven learning rates and five seeds
    #[arg(long, conflicts_with_all = ["valley", "explain", "sum_rule", "seed", "learning_rate", "figures"])]
    pub sweep: bool,

    /// Print how far twelve runs part from the same runs in another order
    #[arg(long, conflicts_with_all = ["valley", "explain", "sum_rule", "curvature", "sweep", "seed", "figures"])]
    pub parting: bool,
}

impl cli::Flags for Args {
    // clap's `requires` is satisfied where the other could not be given.
    fn together(&self, given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let pairs = [
            ("x", "explain", self.explain),
            ("y", "explain", self.explain),
            ("momentum", "curvature", self.curvature),
        ];
        for (flag, other, is_there) in pairs {
            if given(flag) && !is_there {
                return Err(format!(
                    "--{flag} cannot be used without --{other}"
                ));
            }
        }
        Ok(())
    }
}

/// `--x 1,0.5`: the inputs of the worked example.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Inputs(pub [f64; 2]);

impl FromStr for Inputs {
    type Err = String;

    fn from_str(text: &str) -> Result<Inputs, String> {
        let inputs = text.split(',').map(|x| short(x.trim()).ok());
        let inputs = inputs.collect::<Option<Vec<f64>>>();
        let inputs = inputs.and_then(|all| all.try_into().ok());
        let allowed =
            format!("two numbers from −{MOST} to {MOST}, as in 1,0.5");
        cli::accept(text, inputs.map(Inputs), allowed)
    }
}

/// A number that a pass on paper can begin with.
fn short(text: &str) -> Result<f64, String> {
    let number = text.parse().ok().filter(|x: &f64| x.abs() <= MOST);
    cli::accept(text, number, format!("a number from −{MOST} to {MOST}"))
}

const MOST: f64 = 10.0;
