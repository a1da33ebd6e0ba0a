//! What can be wrong with what a caller hands in.

use std::fmt;

use ndarray::NdFloat;

/// A value the crate does not accept. Each message names the value and what
/// would have been allowed.
#[derive(Clone, PartialEq, thiserror::Error)]
// In a notebook, Debug is the message: see notebook/errors.rs.
#[cfg_attr(not(feature = "notebook"), derive(Debug))]
#[non_exhaustive]
pub enum Error {
    /// A drop probability outside [0, 1), or not a number.
    #[error("drop probability {0} is not in [0, 1)")]
    DropProb(f64),

    /// A learning rate that is zero, negative, infinite or not a number.
    #[error("learning rate {0} is not a finite number above 0")]
    LearningRate(f64),

    /// A weight decay that is negative, not a number, or turns weights around.
    #[error(
        "weight decay {0} is not a number of at least 0 whose product with \
         the learning rate is below 1"
    )]
    WeightDecay(f64),

    /// A momentum outside [0, 1), or not a number.
    #[error("momentum {0} is not in [0, 1)")]
    Momentum(f64),

    /// A share that a mean of Adam keeps, outside [0, 1) or not a number.
    #[error("{name} {value} is not in [0, 1)")]
    Beta {
        /// Which one: β₁ or β₂.
        name: &'static str,
        /// The share.
        value: f64,
    },

    /// An ε of Adam that is zero, negative, infinite or not a number.
    #[error("ε {0} is not a finite number above 0")]
    Epsilon(f64),

    /// Fewer than two layer sizes, or a layer without units.
    #[error("layers {0:?} are not two or more sizes of at least 1 each")]
    Layers(Vec<usize>),

    /// No samples, where a mean over samples is asked for.
    #[error("{0} has no samples; at least 1 is needed")]
    NoSamples(&'static str),

    /// A matrix of the wrong shape.
    #[error("{what} is {}×{}; {}×{} was expected", .found.0, .found.1, .expected.0, .expected.1)]
    Shape {
        /// The matrix, in words.
        what: String,
        /// Its (rows, columns).
        found: (usize, usize),
        /// The (rows, columns) that would have fitted.
        expected: (usize, usize),
    },

    /// The wrong number of masks for a network: one for each hidden layer.
    #[error(
        "{found} masks were given; {expected} were expected, one for each hidden layer"
    )]
    Masks {
        /// How many were given.
        found: usize,
        /// How many hidden layers there are.
        expected: usize,
    },

    /// An infinite value or a NaN.
    #[error("{what} contains {value}; every value must be finite")]
    NotFinite {
        /// What contains it, in words.
        what: String,
        /// The first such value.
        value: f64,
    },

    /// A column that should be a probability distribution and is none.
    #[error(
        "column {sample} of y sums to {sum}; \
         entries of at least 0 that sum to 1 were expected"
    )]
    Distribution {
        /// The column, counted from 0.
        sample: usize,
        /// The sum of its entries.
        sum: f64,
    },

    /// A step for finite differences that is not a positive number.
    #[error("step size {0} is not a finite number above 0")]
    StepSize(f64),

    /// A step for finite differences that is too small or too large to move a
    /// parameter by.
    #[error(
        "step size {h} does not move a parameter of {parameter} to other, \
         finite numbers on both sides"
    )]
    Unmoved {
        /// The step.
        h: f64,
        /// The parameter.
        parameter: f64,
    },

    /// A step h for finite differences that leaves nothing but rounding: each
    /// cost J is off by about ε·J, and the slope by ε·J/h, which is more than J.
    #[error("step size {0:e} is below {eps:e}, where a slope is rounding alone", eps = f64::EPSILON)]
    Rounding(f64),

    /// A matrix for which there is no memory.
    ///
    /// Where no [`Result`] is returned, no matrix is larger than those that
    /// the caller holds already: a clone, [`Gradients::zeros_like`], the copies
    /// that [`central_differences`] moves. A size that was asked for is never
    /// behind them, and for them memory is asked as everywhere in Rust.
    ///
    /// [`Gradients::zeros_like`]: crate::Gradients::zeros_like
    /// [`central_differences`]: crate::central_differences
    #[error("{what} of {} numbers does not fit into memory", by(.sizes))]
    Memory {
        /// The matrix, in words.
        what: String,
        /// How many rows and columns it would have.
        sizes: Vec<usize>,
    },

    /// A gap in the data that does not lie among them.
    #[error("gap {low},{high} is not low ≤ high, both in [−2, 2]")]
    Gap {
        /// Where it begins.
        low: f64,
        /// Where it ends.
        high: f64,
    },

    /// A name that is not an activation's.
    #[error("activation '{0}' is not one of sigmoid, tanh, relu")]
    Activation(String),

    /// Too few stochastic passes for a standard deviation.
    #[error("{0} passes are too few; a spread needs at least 2")]
    Passes(usize),
}

/// `3×4`.
fn by(sizes: &[usize]) -> String {
    let sizes: Vec<_> = sizes.iter().map(usize::to_string).collect();
    sizes.join("×")
}

/// A result whose error is [`Error`], unless another is named.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Refuses values among which is an infinite one or a NaN.
pub(crate) fn finite<'a, T, I>(what: impl fmt::Display, values: I) -> Result<()>
where
    T: NdFloat,
    I: IntoIterator<Item = &'a T> + Copy,
{
    if all_finite(values) {
        return Ok(());
    }
    match values.into_iter().find(|value| !value.is_finite()) {
        None => Ok(()),
        Some(value) => Err(Error::NotFinite {
            what: what.to_string(),
            value: value.to_f64().unwrap_or(f64::NAN),
        }),
    }
}

/// Whether no value is infinite or a NaN.
#[inline(always)]
pub(crate) fn all_finite<'a, T: NdFloat>(
    values: impl IntoIterator<Item = &'a T>,
) -> bool {
    // Without an early exit the loop vectorises: this runs at every step.
    values.into_iter().fold(true, |all, value| all & value.is_finite())
}

/// Refuses a matrix whose shape is not the expected one.
pub(crate) fn shape(
    what: &str,
    found: (usize, usize),
    expected: (usize, usize),
) -> Result<()> {
    if found == expected {
        return Ok(());
    }
    Err(Error::Shape { what: what.to_owned(), found, expected })
}

/// Refuses a learning rate that is not a finite number above 0.
pub(crate) fn learning_rate(value: f64) -> Result<()> {
    if value.is_finite() && value > 0.0 {
        Ok(())
    } else {
        Err(Error::LearningRate(value))
    }
}
