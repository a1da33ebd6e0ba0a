//! Layers on both sides of the line from which on products are fused. There
//! are no such instructions in WebAssembly: it is done in software.

use chainrule::ndarray::Array2;
use chainrule::{Activation, Descent, Network, Parameters, Result, seeded};

use crate::module::{Live, assert_same};

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

#[test]
fn fused_or_not_the_bits_are_the_same() -> Result<()> {
    for width in [100, 255, 257, 300] {
        let found = Live::new().number("wide_loss", width as u32);
        assert_same(&format!("{width}"), &[found], &[loss(width)?]);
    }
    Ok(())
}
