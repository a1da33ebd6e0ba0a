//! The flags of the chapter.

use std::path::PathBuf;

use chainrule::Dropout;
use clap::Parser;

use super::data::TRAINING;
use crate::cli::{self, Figures};

const EXAMPLES: &str = "
  cargo run --bin ch08_digits
      learn handwritten digits, without dropout and with
  cargo run --bin ch08_digits -- --split 1
      other digits to learn from, and others kept for the end
  cargo run --bin ch08_digits -- --earns --seeds 5
      what dropout earns on few digits and on many
  cargo run --release --bin ch08_digits -- --mnist path/to/mnist
      the seventy thousand digits on your disk";

/// From a curve to handwriting: minibatches, optimisers, and a test set.
#[derive(Clone, Parser)]
#[command(name = "ch08_digits", version, mut_args(cli::signed))]
#[command(after_help = cli::after_help(EXAMPLES))]
pub struct Args {
    /// Draws the start, the order of each epoch, and the masks; the first of
    /// them with --seeds
    #[arg(long, default_value_t = 0, value_parser = cli::seed)]
    pub seed: u64,

    /// Draws which digits are learned from, which settings are chosen on, and
    /// which are kept for the end
    #[arg(long, default_value_t = 0, value_parser = cli::seed)]
    pub split: u64,

    /// Digits to learn from
    #[arg(long, default_value_t = TRAINING, value_name = "N", value_parser = cli::whole::<usize>(10..=TRAINING as u64))]
    pub samples: usize,

    /// How often each digit is learned from [default: 60; 120 with --earns, 10
    /// with --optimisers and --noise, 1 with --mnist]
    #[arg(long, value_name = "N", value_parser = cli::whole::<usize>(1..=10_000))]
    pub epochs: Option<usize>,

    /// Digits of a minibatch
    #[arg(long, default_value_t = 32, value_name = "N", value_parser = cli::whole::<usize>(1..=1000))]
    pub batch: usize,

    /// Step size η of Adam, above 0
    #[arg(long, default_value = "0.001", value_parser = cli::above_zero)]
    pub learning_rate: f64,

    /// Probability of dropping a hidden unit in the second run, in [0, 1)
    #[arg(long, default_value = "0.2", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// Where the figures go.
    #[command(flatten)]
    pub figures: Figures,

    /// Also write the weights of the run with dropout to this file, as the
    /// live figure reads them
    #[arg(long, value_name = "FILE")]
    pub weights: Option<PathBuf>,

    /// Number of seeds that --earns, --calibration and --optimisers take means
    /// over, each with a split of its own [default: 20; 5 with --optimisers]
    #[arg(long, value_name = "N", value_parser = cli::whole::<u64>(2..=1000))]
    pub seeds: Option<u64>,

    /// Also write what --earns or --calibration prints to this file, with the
    /// command and the day
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,

    /// Hold the gradient of a minibatch against that of all digits
    #[arg(long, group = "mode")]
    pub noise: bool,

    /// Compare descent, momentum and Adam
    #[arg(long, group = "mode")]
    pub optimisers: bool,

    /// Go down chapter 2's bowl by descent, by momentum and by Adam
    #[arg(long, group = "mode")]
    pub bowl: bool,

    /// What dropout earns, on 200 digits and on 1000, beside weight decay
    #[arg(long, group = "mode")]
    pub earns: bool,

    /// What it means when the network is 90 % sure
    #[arg(long, group = "mode")]
    pub calibration: bool,

    /// Show the digits of the test set that the network gets wrong
    #[arg(long, group = "mode")]
    pub mistakes: bool,

    /// Draw the figures of --earns and --calibration from the records that
    /// the book shows
    #[arg(long, group = "mode")]
    pub redraw: bool,

    /// Learn MNIST's digits, from the folder with its four IDX files, gzipped
    /// or not
    #[arg(long, group = "mode", value_name = "DIR")]
    pub mnist: Option<PathBuf>,
}

/// Which flags a mode has a use for; the first is none of the modes.
const USES: [(&str, &[&str]); 9] = [
    (
        "",
        &[
            "seed",
            "split",
            "samples",
            "epochs",
            "batch",
            "learning_rate",
            "drop_prob",
            "figures",
            "weights",
        ],
    ),
    ("noise", &["seed", "split", "samples", "epochs", "figures"]),
    ("optimisers", &["seed", "samples", "epochs", "batch", "figures", "seeds"]),
    (
        "earns",
        &[
            "seed",
            "epochs",
            "batch",
            "learning_rate",
            "figures",
            "seeds",
            "record",
        ],
    ),
    (
        "calibration",
        &[
            "seed",
            "samples",
            "epochs",
            "batch",
            "learning_rate",
            "drop_prob",
            "figures",
            "seeds",
            "record",
        ],
    ),
    (
        "mistakes",
        &[
            "seed",
            "split",
            "samples",
            "epochs",
            "batch",
            "learning_rate",
            "drop_prob",
            "figures",
        ],
    ),
    ("bowl", &["figures"]),
    ("redraw", &["figures"]),
    ("mnist", &["seed", "epochs", "batch", "learning_rate", "drop_prob"]),
];

impl cli::Flags for Args {
    fn together(&self, given: &dyn Fn(&str) -> bool) -> Result<(), String> {
        let chosen = USES.iter().skip(1).find(|(mode, _)| given(mode));
        let (mode, used) = chosen.unwrap_or(&USES[0]);
        let flags = USES.iter().flat_map(|(_, flags)| *flags);
        let mut useless = flags.filter(|id| given(id) && !used.contains(id));
        let Some(id) = useless.next() else { return Ok(()) };
        let flag = id.replace('_', "-");
        let users = USES.iter().filter(|(_, flags)| flags.contains(id));
        let users: Vec<_> =
            users.map(|(mode, _)| format!("--{mode}")).collect();
        Err(match *mode {
            "" => format!(
                "--{flag} cannot be used without {}",
                users.join(" or ")
            ),
            mode => format!("--{flag} cannot be used with --{mode}"),
        })
    }
}

impl Args {
    /// How often each digit is seen.
    pub fn epochs(&self) -> usize {
        let usual = if self.earns {
            120
        } else if self.optimisers || self.noise {
            10
        } else if self.mnist.is_some() {
            1
        } else {
            60
        };
        self.epochs.unwrap_or(usual)
    }

    /// Over how many seeds a mean is taken.
    pub fn seeds(&self) -> u64 {
        self.seeds.unwrap_or(if self.optimisers { 5 } else { 20 })
    }
}
