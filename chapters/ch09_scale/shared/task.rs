//! What the networks of this chapter learn: the sine, three spirals, and
//! chapter 8's digits.

use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

use chainrule::ndarray::Array2;
use chainrule::rand::RngExt;
use chainrule::{
    Activation, ChaCha8Rng, Error, Loss, Parameters, Result, libm, sine,
};
use chapters::ch08_digits::data::{self, digits};
use chapters::ch08_digits::digits::{CLASSES, Samples};
use chapters::cli::accept;

/// The name of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One period of the sine, by the squared error: the notebook's network.
    Sine,
    /// Which of three spirals a point lies on, by the cross-entropy.
    Spirals,
    /// Which digit an image of 8 × 8 shows, by the cross-entropy.
    Digits,
}

impl Kind {
    /// All, in the order of the page.
    pub const ALL: [Kind; 3] = [Kind::Sine, Kind::Spirals, Kind::Digits];

    /// The units of its hidden layers, where nothing else is asked for.
    pub fn hidden(self) -> Vec<usize> {
        match self {
            Kind::Sine => vec![25],
            Kind::Spirals => vec![32, 32],
            Kind::Digits => vec![128, 128],
        }
    }

    /// How many numbers go in, and how many come out.
    pub fn ends(self) -> (usize, usize) {
        match self {
            Kind::Sine => (1, 1),
            Kind::Spirals => (2, ARMS),
            Kind::Digits => (data::SIDE * data::SIDE, CLASSES),
        }
    }

    /// A learning rate at which it is calm, where nothing else is asked for.
    pub fn learning_rate(self) -> f64 {
        match self {
            Kind::Sine => 0.03,
            Kind::Spirals => 0.3,
            Kind::Digits => 0.1,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Sine => "sine",
            Kind::Spirals => "spirals",
            Kind::Digits => "digits",
        })
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Kind, String> {
        let named = |kind: &Kind| kind.to_string() == text;
        let all = "sine, spirals or digits";
        accept(text, Kind::ALL.into_iter().find(named), all)
    }
}

/// Data, and the network that is to learn them.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its name.
    pub kind: Kind,
    /// The inputs, (in × m).
    pub x: Array2<f64>,
    /// The answers that are wanted, (out × m).
    pub y: Array2<f64>,
    /// What is reported and descended.
    pub loss: Loss,
    /// What bends the hidden layers.
    pub activation: Activation,
    /// The parameters before the first step.
    pub parameters: Parameters,
}

impl Task {
    /// Draws data and parameters; what the generator gives next are masks.
    ///
    /// # Errors
    /// [`Error::NoSamples`] for none, [`Error::Layers`] for a hidden layer
    /// without units, [`Error::Memory`] for what does not fit.
    pub fn draw(
        kind: Kind,
        hidden: &[usize],
        samples: usize,
        rng: &mut ChaCha8Rng,
    ) -> Result<Task> {
        let (x, y) = match kind {
            Kind::Sine => sine(samples)?,
            Kind::Spirals => spirals(samples, rng)?,
            Kind::Digits => first_digits(samples)?,
        };
        let ends = kind.ends();
        let sizes = [&[ends.0], hidden, &[ends.1]].concat();
        let (loss, activation, parameters) = match kind {
            Kind::Sine => (
                Loss::MeanSquare,
                Activation::Sigmoid,
                Parameters::uniform(&sizes, rng)?,
            ),
            Kind::Spirals | Kind::Digits => (
                Loss::CrossEntropy,
                Activation::Relu,
                Parameters::he(&sizes, rng)?,
            ),
        };
        Ok(Task { kind, x, y, loss, activation, parameters })
    }

    /// m, the number of samples.
    pub fn samples(&self) -> usize {
        self.x.ncols()
    }
}

/// How many spirals there are.
const ARMS: usize = 3;

/// Points on three spirals: x is (2 × samples), and y (3 × samples) has a 1 in
/// the row of the sample's spiral.
fn spirals(
    samples: usize,
    rng: &mut ChaCha8Rng,
) -> Result<(Array2<f64>, Array2<f64>)> {
    if samples == 0 {
        return Err(Error::NoSamples("the spirals"));
    }
    let mut x = Array2::zeros((2, samples));
    let mut y = Array2::zeros((ARMS, samples));
    for s in 0..samples {
        let (t, arm): (f64, _) = (rng.random(), s % ARMS);
        let radius = 0.1 + 0.9 * t;
        let angle = 2.0 * PI * (t + arm as f64 / ARMS as f64);
        x[[0, s]] = radius * libm::cos(angle);
        x[[1, s]] = radius * libm::sin(angle);
        y[[arm, s]] = 1.0;
    }
    Ok((x, y))
}

/// The digits of chapter 8's files in their order, from the first again where
/// more are asked for: x is (64 × samples), and y (10 × samples).
fn first_digits(samples: usize) -> Result<(Array2<f64>, Array2<f64>)> {
    let none = Error::NoSamples("the digits");
    if samples == 0 {
        return Err(none);
    }
    let which: Vec<usize> = (0..samples).map(|s| s % data::COUNT).collect();
    let Samples { x, y } = digits().map_err(|_| none)?.samples(&which);
    Ok((x, y))
}
