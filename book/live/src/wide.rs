//! Layers of any width, on their own: from 65,536 weights on their products
//! are fused, which those of no figure are.

use chainrule::ndarray::Array2;
use chainrule::{Activation, Descent, Network, Parameters, Result, seeded};

use crate::numbers::number;

/// The loss of [width, width, 1] after a step on three samples; NaN where there
/// is none.
#[unsafe(no_mangle)]
pub extern "C" fn wide_loss(width: u32) -> f64 {
    number(loss(width as usize).ok())
}

fn loss(width: usize) -> Result<f64> {
    let wave = |(i, s): (usize, usize)| chainrule::libm::sin((i + s) as f64);
    let (x, y) =
        (Array2::from_shape_fn((width, 3), wave), Array2::ones((1, 3)));
    let (x, y) = (x.view(), y.view());
    let mut rng = seeded(0);
    let parameters = Parameters::xavier(&[width, width, 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    network.train_step(x, y, &mut Descent::new(0.1)?, &mut rng)?;
    network.loss(x, y)
}
