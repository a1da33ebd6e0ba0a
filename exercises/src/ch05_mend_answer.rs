//! The answer after training.

use chainrule::{ChaCha8Rng, seeded};
use chapters::plain::{self, Layer, Matrix, SIGMOID};

use crate::Verdict;
use crate::compare::{apart, fits, likely};
use crate::settings::{matrix, network};

/// Asks twice, and then holds the answer against the whole network's.
pub fn judge(
    yours: impl Fn(&[Layer], f64, &Matrix, &mut ChaCha8Rng) -> Matrix,
) -> Verdict {
    let layers = network(&[2, 8, 8, 1], 1);
    let (x, p) = (matrix(2, 5, 2), 0.4);
    let pass = plain::forward(&layers, SIGMOID, &[], &x);
    let right = pass.output();
    let mut rng = seeded(3);
    let (one, two) =
        (yours(&layers, p, &x, &mut rng), yours(&layers, p, &x, &mut rng));
    fits("the answer", &one, right)?;
    fits("the answer", &two, right)?;
    if let Some(apart) = apart("the answer", &two, &one) {
        return Err(format!(
            "{}: the same question has two answers. Dropout is left on: \
             dropout-at-evaluation, in chapter 5's gallery",
            apart.told("before it was")
        ));
    }
    if let Some(apart) = apart("the answer", &one, right) {
        let scaled = |by: f64| {
            let masks = [0, 1].map(|_| Matrix::from_elem((8, 5), by));
            plain::forward(&layers, SIGMOID, &masks, &x).output().clone()
        };
        let why = ". The scale of training has kept the mean: nothing is left \
                   to be scaled";
        let suspects = [
            (scaled(1.0 - p), why),
            (scaled(1.0 / (1.0 - p)), why),
            ((1.0 - p) * right, why),
        ];
        let told = apart.told("the whole network says");
        return Err(told + likely(&one, &suspects));
    }
    Ok("the same question has one answer, the whole network's.".to_owned())
}
