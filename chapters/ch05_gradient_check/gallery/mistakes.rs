//! The places where a mistake can be made: first the wrong line, then the right.

use chainrule::kernels::exp;
use chainrule::{ChaCha8Rng, Layer, Parameters, Result, seeded};
use ndarray::Array2;
use rand::RngExt;

use super::bug::Bug;

/// The slope from da to dz of a hidden unit; m is 0 or 1/(1−p).
pub fn slope(a: f64, m: f64, bug: Bug) -> f64 {
    match bug {
        Bug::UnmaskedBackward => unmasked_backward(a),
        Bug::MaskedDerivative => masked_derivative(a, m),
        Bug::DoubleSigmoid => double_sigmoid(a, m),
        _ => right_slope(a, m),
    }
}

// ANCHOR: right_slope
fn right_slope(a: f64, m: f64) -> f64 {
    m * a * (1.0 - a)
}
// ANCHOR_END: right_slope

// ANCHOR: unmasked_backward
fn unmasked_backward(a: f64) -> f64 {
    a * (1.0 - a) // the m of forward is missing
}
// ANCHOR_END: unmasked_backward

// ANCHOR: masked_derivative
fn masked_derivative(a: f64, m: f64) -> f64 {
    let a = m * a; // dropout in place: the activation is gone
    a * (1.0 - a)
}
// ANCHOR_END: masked_derivative

// ANCHOR: double_sigmoid
fn double_sigmoid(a: f64, m: f64) -> f64 {
    let s = sigmoid(a, Bug::None); // a is a sigmoid already
    m * s * (1.0 - s)
}
// ANCHOR_END: double_sigmoid

// ANCHOR: sigmoid_overflow
pub fn sigmoid(z: f64, bug: Bug) -> f64 {
    match bug {
        Bug::SigmoidOverflow => exp(z) / (1.0 + exp(z)),
        _ => 1.0 / (1.0 + exp(-z)),
    }
}
// ANCHOR_END: sigmoid_overflow

/// What hidden layer `l` multiplies its weights by.
// ANCHOR: first_input_everywhere
pub fn layer_input<'a>(
    x: &'a Array2<f64>,
    previous: &'a Array2<f64>,
    bug: Bug,
) -> &'a Array2<f64> {
    match bug {
        Bug::FirstInputEverywhere => x,
        _ => previous,
    }
}
// ANCHOR_END: first_input_everywhere

/// The loss that is printed, from the sum of squares over m samples.
// ANCHOR: factor_two
pub fn reported(squares: f64, m: f64, bug: Bug) -> f64 {
    match bug {
        Bug::FactorTwo => squares / m,
        _ => squares / (2.0 * m),
    }
}
// ANCHOR_END: factor_two

/// The masks of the hidden layers, entries 0 or the scale.
// ANCHOR: shared_mask
pub fn draw_masks(
    widths: &[usize],
    samples: usize,
    p: f64,
    rng: &mut ChaCha8Rng,
    bug: Bug,
) -> Vec<Array2<f64>> {
    let seed = rng.random();
    let mut layers = seeded(seed);
    let draw = |&width: &usize| {
        if bug == Bug::SharedMask {
            layers = seeded(seed); // the same stream for every layer
        }
        Array2::from_shape_simple_fn((width, samples), || {
            if keep(p, &mut layers, bug) { scale(p, bug) } else { 0.0 }
        })
    };
    widths.iter().map(draw).collect()
}
// ANCHOR_END: shared_mask

// ANCHOR: normal_mask
fn keep(p: f64, rng: &mut ChaCha8Rng, bug: Bug) -> bool {
    match bug {
        Bug::NormalMask => normal(rng) < 1.0 - p,
        _ => rng.random::<f64>() < 1.0 - p,
    }
}
// ANCHOR_END: normal_mask

/// A standard normal number, from two uniform ones (Box and Muller).
fn normal(rng: &mut ChaCha8Rng) -> f64 {
    let (u, v): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * libm::log(1.0 - u)).sqrt()
        * libm::cos(2.0 * std::f64::consts::PI * v)
}

// ANCHOR: wrong_scale
fn scale(p: f64, bug: Bug) -> f64 {
    match bug {
        Bug::WrongScale => 1.0 / p,
        _ => 1.0 / (1.0 - p),
    }
}
// ANCHOR_END: wrong_scale

// ANCHOR: positive_init
pub fn init(sizes: &[usize], seed: u64, bug: Bug) -> Result<Vec<Layer>> {
    let mut rng = seeded(seed);
    let parameters = match bug {
        Bug::PositiveInit => Parameters::uniform(sizes, &mut rng)?,
        _ => Parameters::xavier(sizes, &mut rng)?,
    };
    Ok(parameters.layers().to_vec())
}
// ANCHOR_END: positive_init
