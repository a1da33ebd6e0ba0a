//! dw and db of one layer, from its dz and what it read.

use chapters::plain::{self, Layer, Matrix};
use ndarray::s;

use crate::Verdict;
use crate::compare::{apart, fits, likely, same_bits};
use crate::settings::matrix;

/// Holds both against the plain network's, then bit by bit.
pub fn judge(yours: impl Fn(&Matrix, &Matrix) -> Layer) -> Verdict {
    let (dz, a) = (matrix(3, 4, 1), matrix(2, 4, 2));
    let (found, right) = (yours(&dz, &a), plain::gradient(&dz, &a));
    fits("dw", &found.w, &right.w)?;
    fits("db", &found.b, &right.b)?;
    if let Some(apart) = apart("dw", &found.w, &right.w) {
        let m = 4.0;
        let suspects = [
            (m * &right.w, ". Is the mean over the samples, 1/m, missing?"),
            (&right.w / m, ". Is 1/m applied twice?"),
            (
                m / 3.0 * &right.w,
                ". 1/m counts samples, which are columns, not units",
            ),
            (-&right.w, ". The sign turns in the step, not here"),
        ];
        let told = apart.told("the mean over the samples of dz·a is");
        return Err(told + likely(&found.w, &suspects));
    }
    if let Some(apart) = apart("db", &found.b, &right.b) {
        let first = dz.slice(s![.., 0..1]).to_owned();
        let suspects = [
            (4.0 * &right.b, ". Is the mean over the samples, 1/m, missing?"),
            (first, ". That is the first sample's alone"),
            (Matrix::zeros(right.b.dim()), ". A bias receives a constant 1"),
        ];
        let told = apart.told("the mean over the samples of dz is");
        return Err(told + likely(&found.b, &suspects));
    }
    let (dz, a) = (matrix(25, 100, 3), matrix(1, 100, 4));
    let (found, right) = (yours(&dz, &a), plain::gradient(&dz, &a));
    let same = same_bits(&found.w, &right.w) && same_bits(&found.b, &right.b);
    let last = match same {
        true => "to the last bit.",
        false => {
            "but for the last digits. The last rung needs those too: take \
             `dot` and `sum` for the sums, and divide by m afterwards."
        }
    };
    Ok(format!("dw and db are means over the samples, {last}"))
}
