//! Readers of flag values: each refuses, in one line, what makes no sense.

use std::str::FromStr;

use chainrule::{Dropout, Error, Parameters};
use clap::ValueEnum;
use rand::Rng;

/// How the weights are drawn before the first step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Init {
    /// Uniform in [0, 1): the notebook's, all positive.
    #[default]
    Uniform,
    /// Uniform in ±√(6/(in+out)) (Glorot & Bengio 2010).
    Xavier,
}

impl Init {
    /// Draws the parameters of a network.
    ///
    /// # Errors
    /// [`Error::Layers`].
    pub fn draw<R: Rng + ?Sized>(
        self,
        sizes: &[usize],
        rng: &mut R,
    ) -> Result<Parameters, Error> {
        match self {
            Init::Uniform => Parameters::uniform(sizes, rng),
            Init::Xavier => Parameters::xavier(sizes, rng),
        }
    }
}

impl std::fmt::Display for Init {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Init::Uniform => "uniform",
            Init::Xavier => "xavier",
        })
    }
}

/// `--layers 1,25,1`: two or more sizes of at least 1, for the sine one in and one out.
///
/// # Errors
/// A line that names the value and what is allowed.
pub fn layers(text: &str) -> Result<Layers, String> {
    let sizes: Result<Vec<usize>, _> =
        text.split(',').map(|size| size.trim().parse()).collect();
    let sizes = sizes.map_err(|_| {
        format!("'{text}' is not a list of sizes such as 1,25,1")
    })?;
    if sizes.len() < 2 || sizes.contains(&0) {
        return Err(Error::Layers(sizes).to_string());
    }
    if (sizes.first(), sizes.last()) != (Some(&1), Some(&1)) {
        return Err(format!(
            "{sizes:?} must begin and end with 1: the sine has one input and one output"
        ));
    }
    let units =
        sizes.iter().fold(0, |sum: usize, &size| sum.saturating_add(size));
    let weights = sizes.windows(2).fold(0, |sum: usize, pair| {
        sum.saturating_add(pair[0].saturating_mul(pair[1]))
    });
    if units > MOST_UNITS || weights > MOST_WEIGHTS {
        return Err(format!(
            "{sizes:?} has more than {MOST_UNITS} units or {MOST_WEIGHTS} weights"
        ));
    }
    Ok(Layers(sizes))
}

/// Larger networks than this are a slip of the finger, and would need
/// gigabytes: each unit remembers several numbers for each sample.
const MOST_UNITS: usize = 100_000;
const MOST_WEIGHTS: usize = 10_000_000;

/// The sizes that [`layers`] accepts; a type of its own because clap reads a
/// `Vec` as a flag given several times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layers(pub Vec<usize>);

/// `--seed 7`: a whole number from 0 to 2⁶⁴ − 1.
///
/// # Errors
/// A line that names the value and what is allowed.
pub fn seed(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| {
        format!("'{text}' is not a whole number from 0 to {}", u64::MAX)
    })
}

/// `--steps 4000`: a whole number from 1 to ten million.
///
/// # Errors
/// A line that names the value and what is allowed.
pub fn steps(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(steps) if (1..=MOST_STEPS).contains(&steps) => Ok(steps),
        _ => Err(format!(
            "'{text}' is not a whole number from 1 to {MOST_STEPS}"
        )),
    }
}

/// The loss of every step is kept for the figures; this many fit in memory.
const MOST_STEPS: usize = 10_000_000;

/// `--learning-rate 0.3`: a finite number above 0.
///
/// # Errors
/// A line that names the value and what is allowed.
pub fn learning_rate(text: &str) -> Result<f64, String> {
    match number(text)? {
        value if value.is_finite() && value > 0.0 => Ok(value),
        value => Err(Error::LearningRate(value).to_string()),
    }
}

/// `--drop-prob 0.4`: a number in [0, 1).
///
/// # Errors
/// A line that names the value and what is allowed.
pub fn drop_prob(text: &str) -> Result<Dropout, String> {
    Dropout::new(number(text)?).map_err(|error| error.to_string())
}

fn number(text: &str) -> Result<f64, String> {
    f64::from_str(text).map_err(|_| format!("'{text}' is not a number"))
}
