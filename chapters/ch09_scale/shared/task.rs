//! What the networks of this chapter learn: the sine, and three spirals.

use std::f64::consts::PI;
use std::fmt;
use std::str::FromStr;

use chainrule::ndarray::Array2;
use chainrule::rand::RngExt;
use chainrule::{
    Activation, ChaCha8Rng, Error, Loss, Parameters, Result, libm, sine,
};
use chapters::cli::accept;

/// The name of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One period of the sine, by the squared error: the notebook's network.
    Sine,
    /// Which of three spirals a point lies on, by the cross-entropy.
    Spirals,
}

impl Kind {
    /// Both, in the order of the page.
    pub const ALL: [Kind; 2] = [Kind::Sine, Kind::Spirals];

    /// The units of its hidden layers, where nothing else is asked for.
    pub fn hidden(self) -> Vec<usize> {
        match self {
            Kind::Sine => vec![25],
            Kind::Spirals => vec![32, 32],
        }
    }

    /// How many numbers go in, and how many come out.
    pub fn ends(self) -> (usize, usize) {
        match self {
            Kind::Sine => (1, 1),
            Kind::Spirals => (2, ARMS),
        }
    }

    /// A learning rate at which it is calm, where nothing else is asked for.
    pub fn learning_rate(self) -> f64 {
        match self {
            Kind::Sine => 0.03,
            Kind::Spirals => 0.3,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Kind::Sine => "sine",
            Kind::Spirals => "spirals",
        })
    }
}

impl FromStr for Kind {
    type Err = String;

    fn from_str(text: &str) -> std::result::Result<Kind, String> {
        let named = |kind: &Kind| kind.to_string() == text;
        accept(text, Kind::ALL.into_iter().find(named), "sine or spirals")
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
        };
        let ends = kind.ends();
        let sizes = [&[ends.0], hidden, &[ends.1]].concat();
        let (loss, activation, parameters) = match kind {
            Kind::Sine => (
                Loss::MeanSquare,
                Activation::Sigmoid,
                Parameters::uniform(&sizes, rng)?,
            ),
            Kind::Spirals => (
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
