//! Backward through any number of layers.

use chapters::plain::{Activation, Layer, Matrix, Pass, SIGMOID, TANH};

use crate::Verdict;
use crate::gradient_check::Case;
use crate::settings::{matrix, network};

/// Holds the gradient against central differences at four depths, with two
/// activations.
pub fn judge(
    yours: impl Fn(&[Layer], Activation, &Pass, &Matrix) -> Vec<Layer>,
) -> Verdict {
    let mut count = 0;
    for sizes in [&[2, 3, 2][..], &[2, 4, 3, 1], &[2, 3, 4, 3, 2], &[2, 1]] {
        let layers = network(sizes, 3);
        let outputs = sizes[sizes.len() - 1];
        let (x, y) = (matrix(2, 5, 4), matrix(outputs, 5, 5));
        for (name, activation) in [("sigmoid", SIGMOID), ("tanh", TANH)] {
            let case =
                Case { layers: &layers, activation, masks: &[], x: &x, y: &y };
            let found = yours(&layers, activation, &case.pass(), &y);
            count += case
                .judge(&found, vec![])
                .map_err(|fault| format!("{sizes:?}, {name}: {fault}"))?;
        }
    }
    Ok(format!(
        "{count} derivatives agree with central differences, from no hidden \
         layer to three."
    ))
}
