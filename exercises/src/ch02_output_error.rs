//! The error at the output.

use chapters::plain::Matrix;

use crate::Verdict;
use crate::compare::{apart, fits, likely};
use crate::settings::matrix;

/// Holds dz against the derivative of each sample's own cost.
pub fn judge(yours: impl Fn(&Matrix, &Matrix) -> Matrix) -> Verdict {
    for outputs in [1, 2] {
        let (a, y) = (matrix(outputs, 4, 3), matrix(outputs, 4, 4));
        let (dz, exact) = (yours(&a, &y), &a - &y);
        fits("dz", &dz, &exact)?;
        if let Some(apart) = apart("dz", &dz, &exact) {
            let m = 4.0;
            let suspects = [
                (-&exact, ". Is it the wrong way round?"),
                (&exact / m, ". The mean, 1/m, comes later, in dw and db"),
                (2.0 * &exact, ". The ½ of the cost meets that 2"),
                (exact.mapv(f64::abs), ". Is its sign lost?"),
                (
                    &exact * &a.mapv(|a| a * (1.0 - a)),
                    ". The output is not bent: there is no slope",
                ),
            ];
            let why = likely(&dz, &suspects);
            let told = apart.told("the derivative there is");
            return Err(told + why);
        }
    }
    Ok("dz is how far each answer lies above what was wanted.".to_owned())
}
