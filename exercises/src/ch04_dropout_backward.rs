//! Backward under the masks of forward.

use chainrule::seeded;
use chapters::plain::{self, Layer, Matrix, Pass, SIGMOID};

use crate::Verdict;
use crate::gradient_check::Case;
use crate::settings::{matrix, network};

/// Holds the gradient against central differences, with masks and without.
pub fn judge(
    yours: impl Fn(&[Layer], &[Matrix], &Pass, &Matrix) -> Vec<Layer>,
) -> Verdict {
    let layers = network(&[2, 5, 4, 2], 2);
    let (x, y) = (matrix(2, 6, 3), matrix(2, 6, 4));
    let mut count = 0;
    for p in [0.0, 0.5, 0.2] {
        let masks = match p {
            0.0 => vec![],
            p => plain::draw_masks(&layers, p, 6, &mut seeded(5)),
        };
        let case = Case {
            layers: &layers,
            activation: SIGMOID,
            masks: &masks,
            x: &x,
            y: &y,
        };
        let found = yours(&layers, &masks, &case.pass(), &y);
        count += case
            .judge(&found, vec![])
            .map_err(|fault| format!("at p = {p}, {fault}"))?;
    }
    Ok(format!(
        "{count} derivatives agree with central differences under frozen \
         masks, at p = 0, 0.5 and 0.2."
    ))
}
