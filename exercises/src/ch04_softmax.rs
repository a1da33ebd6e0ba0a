//! Softmax, with the cross-entropy and its gradient.

use chainrule::{cross_entropy, softmax};
use chapters::plain::Matrix;
use ndarray::{Axis, array};

use crate::Verdict;
use crate::compare::{apart, close, fits, likely, pair};
use crate::settings::matrix;

/// Holds the three against the core's.
pub fn judge(
    distribution: impl Fn(&Matrix) -> Matrix,
    cost: impl Fn(&Matrix, &Matrix) -> f64,
    error: impl Fn(&Matrix, &Matrix) -> Matrix,
) -> Verdict {
    let z = 3.0 * matrix(3, 4, 1);
    let y = array![[1., 0., 0., 1.], [0., 1., 0., 0.], [0., 0., 1., 0.]];
    let huge = array![[1000., -900.], [999., 0.], [0., -1000.]];
    let of_huge = array![[1., 0.], [0., 1.], [0., 0.]];
    for z in [&z, &huge] {
        probabilities(&distribution(z), z)?;
    }
    for (z, y) in [(&z, &y), (&huge, &of_huge)] {
        let right = cross_entropy(z.view(), y.view()).expect("finite");
        let yours = cost(z, y);
        if !close(yours, right, 1e-9 * right) {
            let is = |it: f64| (yours - it).abs() <= 1e-9 * it.abs();
            let m = z.ncols() as f64;
            let why = match () {
                () if is(-right) => ". Is the minus missing?",
                () if is(m * right) => {
                    ". Is the mean over the samples missing?"
                }
                () if is(right / 3.0) => {
                    ". The mean is over samples, not entries"
                }
                () if yours.is_nan() => {
                    ". 0·ln 0 is not a number: add up where y is not 0, from \
                     the scores"
                }
                () => "",
            };
            let (told, right) = pair(yours, right);
            return Err(format!(
                "the cross-entropy is {told}, and should be {right}{why}"
            ));
        }
    }
    let q = softmax(z.view()).expect("finite");
    let (dz, right) = (error(&z, &y), &q - &y);
    fits("dz", &dz, &right)?;
    if let Some(apart) = apart("dz", &dz, &right) {
        let suspects = [
            (-&right, ". Is it the wrong way round?"),
            (&right / 4.0, ". The mean, 1/m, comes later, in dw and db"),
            (&z - &y, ". The answer is q, not the score z"),
            (
                &right * &q * &(1.0 - &q),
                ". The slope of the softmax is in q − y already",
            ),
        ];
        return Err(
            apart.told("answer minus truth is") + likely(&dz, &suspects)
        );
    }
    Ok("columns add up to 1, scores of 1000 do no harm, and the error is \
        answer minus truth."
        .to_owned())
}

fn probabilities(q: &Matrix, z: &Matrix) -> Result<(), String> {
    let right = softmax(z.view()).expect("finite");
    let infinite = q.dim() == z.dim() && q.iter().any(|q| !q.is_finite());
    if infinite && z.iter().any(|z| *z > 700.0) {
        return Err(
            "scores of 1000 overflow: subtract the largest of a column \
                    first, which cancels"
                .to_owned(),
        );
    }
    fits("q", q, &right)?;
    let Some(apart) = apart("q", q, &right) else { return Ok(()) };
    let by_rows = softmax(z.t()).expect("finite").reversed_axes();
    let all = softmax(z.to_shape((z.len(), 1)).expect("row order").view());
    let all = all.expect("finite").into_shape_with_order(z.dim());
    let suspects = [
        (by_rows, ". A sample is a column, and this adds up rows"),
        (all.expect("as many"), ". A sample is a column: a sum for each"),
    ];
    let sum = q.sum_axis(Axis(0))[0];
    Err(format!(
        "{}, and column 1 adds up to {sum:.3}{}",
        apart.told("the softmax is"),
        likely(q, &suspects)
    ))
}
