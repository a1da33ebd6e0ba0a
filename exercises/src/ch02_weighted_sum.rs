//! z = w·a + b for a whole layer.

use chapters::plain::{Matrix, affine};

use crate::Verdict;
use crate::compare::{apart, fits, likely, same_bits};
use crate::settings::matrix;

/// Holds the sums against the plain network's, then bit by bit.
pub fn judge(yours: impl Fn(&Matrix, &Matrix, &Matrix) -> Matrix) -> Verdict {
    let (w, a, b) = (matrix(3, 2, 1), matrix(2, 4, 2), matrix(3, 1, 3));
    let (z, right) = (yours(&w, &a, &b), affine(&w, &a, &b));
    fits("z", &z, &right)?;
    if let Some(apart) = apart("z", &z, &right) {
        let none = Matrix::zeros(b.dim());
        let suspects = [
            (affine(&w, &a, &none), ". Is the bias missing?"),
            (2.0 * &right - affine(&w, &a, &none), ". Is b added twice?"),
        ];
        let why = likely(&z, &suspects);
        return Err(apart.told("the weighted sum there is") + why);
    }
    let (w, a, b) = (matrix(5, 25, 4), matrix(25, 100, 5), matrix(5, 1, 6));
    let same = same_bits(&yours(&w, &a, &b), &affine(&w, &a, &b));
    let last = match same {
        true => "to the last bit.",
        false => {
            "but for the last digits. The last rung needs those too: start \
             from the bias, and add the products in order."
        }
    };
    Ok(format!("z is out × m, each sum starts from its bias, {last}"))
}
