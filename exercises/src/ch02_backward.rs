//! Backward through one hidden layer.

use chapters::plain::{self, Layer, Matrix, Pass, SIGMOID};

use crate::Verdict;
use crate::gradient_check::Case;
use crate::settings::{matrix, network, train, wave};

/// Holds the gradient against central differences, and then trains by it.
pub fn judge(
    yours: impl Fn(&[Layer], &Pass, &Matrix) -> Vec<Layer>,
) -> Verdict {
    let layers = network(&[2, 3, 2], 2);
    let (x, y) = (matrix(2, 5, 3), matrix(2, 5, 4));
    let case =
        Case { layers: &layers, activation: SIGMOID, masks: &[], x: &x, y: &y };
    let count = case.judge(&yours(&layers, &case.pass(), &y), vec![])?;

    let (x, y) = wave(20);
    let mut layers = network(&[1, 6, 1], 5);
    let (first, last) = train(&mut layers, 3000, |layers| {
        let pass = plain::forward(layers, SIGMOID, &[], &x);
        let gradient = yours(layers, &pass, &y);
        plain::update(layers, &gradient, 0.05);
        plain::mse(pass.output(), &y)
    });
    Ok(format!(
        "{count} derivatives agree with central differences; 3000 steps by \
         them take the loss on a sine from {first:.0} to {last:.1}."
    ))
}
