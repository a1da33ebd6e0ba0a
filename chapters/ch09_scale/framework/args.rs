//! The flags of the chapter's program for a framework.

use std::path::PathBuf;

use chainrule::Dropout;
use chapters::cli;
use clap::Parser;

use crate::device::Name;

const EXAMPLES: &str = "
  cargo run
      the same weights and masks in burn and in the core crate
  cargo run -p framework -- --steps 1000 --drop-prob 0.5
      longer, and with more dropout
  cargo run -p framework -- --learning-rate 0.3
      where a difference in the last digit grows";

/// The same network in burn: equal losses, equal masks, the same file.
#[derive(Clone, Debug, Parser)]
#[command(name = "ch09_framework", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Seed of the data, the weights and the masks
    #[arg(long, default_value_t = 0, value_parser = cli::seed)]
    pub seed: u64,

    /// Probability that a hidden unit is dropped, in [0, 1)
    #[arg(long, default_value = "0.2", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// The size of a step, above 0 [default: the task's]
    #[arg(long, value_parser = cli::above_zero)]
    pub learning_rate: Option<f64>,

    /// Where burn computes: flex, on the processor, or wgpu, on a GPU, in 32
    /// bits (built in by --features wgpu)
    #[arg(long, default_value = "flex")]
    pub device: Name,

    /// Time a step of wider and wider networks on the device and on flex
    #[arg(long)]
    pub widths: bool,

    /// Folder that keeps the weights, for others to read
    #[arg(long, value_name = "DIR")]
    pub weights: Option<PathBuf>,

    /// How many steps are compared
    #[arg(long, default_value_t = 100, value_parser = cli::steps)]
    pub steps: usize,
}

impl cli::Flags for Args {
    fn together(&self, given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let idle = ["weights", "steps", "learning_rate"];
        let idle = idle.into_iter().filter(|_| self.widths);
        if let Some(idle) = idle.into_iter().find(|flag| given(flag)) {
            let idle = idle.replace('_', "-");
            return Err(format!(
                "--{idle}: --widths has a training of its own"
            ));
        }
        if self.device == Name::Wgpu && self.weights.is_some() {
            let line = "--weights: in 64 bits, so with --device flex alone";
            return Err(line.to_owned());
        }
        Ok(())
    }
}
