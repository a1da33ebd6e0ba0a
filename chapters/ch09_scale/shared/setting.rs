//! The flags that say which training it is. A checkpoint holds them too: a run
//! that goes on under other ones would be neither.

use std::fmt::Display;
use std::str::FromStr;

use chainrule::{ChaCha8Rng, Dropout, Result, seeded};
use chapters::cli::{self, accept, whole};

use crate::task::{Kind, Task};

/// Which training it is.
#[derive(Clone, Debug, clap::Args)]
pub struct Setting {
    /// What is learned: sine, spirals (three, by softmax) or digits
    #[arg(long, default_value = "sine")]
    pub task: Kind,

    /// Units of the hidden layers, such as 32,32 [default: the task's]
    #[arg(long)]
    pub hidden: Option<Hidden>,

    /// How many samples there are
    #[arg(long, default_value_t = 96, value_parser = whole::<usize>(1..=1 << 20))]
    pub samples: usize,

    /// Into how many shards the samples are cut, whoever computes them
    #[arg(long, default_value_t = 8, value_parser = whole::<usize>(1..=4096))]
    pub shards: usize,

    /// Seed of the data, the weights and the masks
    #[arg(long, default_value_t = 0, value_parser = cli::seed)]
    pub seed: u64,

    /// Probability that a hidden unit is dropped, in [0, 1)
    #[arg(long, default_value = "0.2", value_parser = cli::drop_prob)]
    pub drop_prob: Dropout,

    /// The size of a step, above 0 [default: the task's]
    #[arg(long, value_parser = cli::above_zero)]
    pub learning_rate: Option<f64>,

    /// How many steps are taken
    #[arg(long, default_value_t = 1000, value_parser = cli::steps)]
    pub steps: usize,
}

impl Setting {
    /// The units of the hidden layers.
    pub fn hidden(&self) -> Vec<usize> {
        let asked = self.hidden.clone().map(|Hidden(sizes)| sizes);
        asked.unwrap_or_else(|| self.task.hidden())
    }

    /// The units of every layer, from the input on.
    pub fn sizes(&self) -> Vec<usize> {
        let (inputs, outputs) = self.task.ends();
        [&[inputs], &*self.hidden(), &[outputs]].concat()
    }

    /// η.
    pub fn learning_rate(&self) -> f64 {
        self.learning_rate.unwrap_or_else(|| self.task.learning_rate())
    }

    /// Data and parameters, and the generator that gives the masks next.
    ///
    /// # Errors
    /// As [`Task::draw`].
    pub fn start(&self) -> Result<(Task, ChaCha8Rng)> {
        let mut rng = seeded(self.seed);
        let task =
            Task::draw(self.task, &self.hidden(), self.samples, &mut rng)?;
        Ok((task, rng))
    }

    /// What is wrong with flags that are right one by one.
    ///
    /// # Errors
    /// The line that refuses them.
    pub fn together(&self) -> std::result::Result<(), String> {
        if self.shards > self.samples {
            return Err(format!(
                "--shards {}: at most one for each of the {} samples",
                self.shards, self.samples
            ));
        }
        Ok(())
    }

    /// Everything that makes the bits, in the order in which it is compared.
    /// Not the steps: a run may go on longer than was once planned.
    pub fn facts(&self) -> Vec<(&'static str, String)> {
        vec![
            ("task", self.task.to_string()),
            ("hidden", list(&self.hidden())),
            ("samples", self.samples.to_string()),
            ("shards", self.shards.to_string()),
            ("seed", self.seed.to_string()),
            ("drop-prob", self.drop_prob.drop_prob().to_string()),
            ("learning-rate", self.learning_rate().to_string()),
        ]
    }
}

/// `--hidden 32,32`. A type of its own because clap reads a `Vec` as a flag
/// given several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden(pub Vec<usize>);

impl FromStr for Hidden {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Hidden, String> {
        let sizes = text.split(',').map(|size| size.trim().parse().ok());
        let sizes = sizes.collect::<Option<Vec<usize>>>();
        let fits = |all: &Vec<usize>| {
            all.len() <= 8 && all.iter().all(|size| (1..=2048).contains(size))
        };
        let allowed = "one to eight sizes from 1 to 2048, such as 32,32";
        accept(text, sizes.filter(fits).map(Hidden), allowed)
    }
}

/// `32,32`.
pub fn list(items: &[impl Display]) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")
}
