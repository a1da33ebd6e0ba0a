//! Classification: scores made into probabilities, and how wrong they are.

use ndarray::{Array2, ArrayView2, ArrayViewMut2};

use crate::error::{Error, Result, finite, shape};
use crate::kernels::exp;
use crate::memory::filled;

/// p = eᶻ / Σ eᶻ in each column: scores, (classes × m), as probabilities.
///
/// The largest score of a column is subtracted first. That changes nothing,
/// since it cancels, and keeps every exponential at 1 or below.
///
/// # Errors
/// [`Error::NoSamples`] for an empty matrix, [`Error::NotFinite`],
/// [`Error::Memory`].
pub fn softmax(z: ArrayView2<'_, f64>) -> Result<Array2<f64>> {
    let mut p = filled("the probabilities", 0.0, z.dim())?;
    check(z)?;
    p.assign(&z);
    normalise(p.view_mut());
    Ok(p)
}

/// Makes each column of scores a column of probabilities, in place.
// ANCHOR: normalise
pub(crate) fn normalise(mut z: ArrayViewMut2<'_, f64>) {
    for mut column in z.columns_mut() {
        let largest = column.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        column.mapv_inplace(|z| exp(z - largest));
        let sum = column.iter().fold(0.0, |sum, p| sum + p);
        column.mapv_inplace(|p| p / sum);
    }
}
// ANCHOR_END: normalise

/// −(1/m) Σ y·ln p, with p = softmax(z): the cross-entropy.
///
/// z holds scores and y what the probabilities should be, both (classes × m);
/// usually a column of y is a 1 among zeros. It is reported and descended
/// alike: [`Loss::backward`] returns its gradient. Computed from the
/// scores, as ln Σ eᶻ − z, so that no probability is rounded to 0 before its
/// logarithm is taken.
///
/// # Errors
/// [`Error::Shape`], [`Error::NoSamples`], [`Error::NotFinite`], and
/// [`Error::Distribution`] if a column of y is no distribution.
///
/// [`Loss::backward`]: crate::Loss::backward
pub fn cross_entropy(
    z: ArrayView2<'_, f64>,
    y: ArrayView2<'_, f64>,
) -> Result<f64> {
    check(z)?;
    distributions(y, z.dim())?;
    let mut total = 0.0;
    for (z, y) in z.columns().into_iter().zip(y.columns()) {
        let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum = z.iter().fold(0.0, |sum, z| sum + exp(z - largest));
        // Scores are measured from the largest, so that nothing cancels; what
        // is not expected costs nothing, however small its probability.
        let log_sum = libm::log(sum);
        let expected = z.iter().zip(y).filter(|(_, y)| **y > 0.0);
        total += expected
            .fold(0.0, |sum, (z, y)| sum + y * (log_sum - (z - largest)));
    }
    let loss = total / z.ncols() as f64;
    finite("the loss", &[loss])?;
    Ok(loss)
}

fn check(z: ArrayView2<'_, f64>) -> Result<()> {
    if z.is_empty() {
        return Err(Error::NoSamples("z"));
    }
    finite("z", z)
}

/// Refuses a matrix with a column that is no probability distribution.
pub(crate) fn distributions(
    y: ArrayView2<'_, f64>,
    expected: (usize, usize),
) -> Result<()> {
    shape("y", y.dim(), expected)?;
    finite("y", y)?;
    for (sample, y) in y.columns().into_iter().enumerate() {
        let sum = y.iter().fold(0.0, |sum, y| sum + y);
        if y.iter().any(|&y| y < 0.0) || (sum - 1.0).abs() > 1e-9 {
            return Err(Error::Distribution { sample, sum });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::array;

    #[test]
    fn equal_scores_are_equal_probabilities() {
        let p = softmax(array![[3.0], [3.0], [3.0], [3.0]].view());
        assert_eq!(p, Ok(array![[0.25], [0.25], [0.25], [0.25]]));
    }

    #[test]
    fn no_scores_are_refused() {
        for none in [Array2::zeros((0, 3)), Array2::zeros((3, 0))] {
            let refused = Err(Error::NoSamples("z"));
            assert_eq!(softmax(none.view()), refused);
            let refused = Err(Error::NoSamples("z"));
            assert_eq!(cross_entropy(none.view(), none.view()), refused);
        }
    }

    #[test]
    fn huge_scores_do_not_overflow() {
        let z = array![[1e300, 0.0], [0.0, -1000.0]];
        assert_eq!(softmax(z.view()), Ok(array![[1.0, 1.0], [0.0, 0.0]]));
        // What was thought impossible costs its distance in score.
        let wrong = array![[1.0, 0.0], [0.0, 1.0]];
        assert_eq!(cross_entropy(z.view(), wrong.view()), Ok(500.0));
    }

    #[test]
    fn equal_huge_scores_are_a_coin() {
        let y = array![[1.0], [0.0]];
        for z in [1e9, 1e15, 1e308] {
            let loss = cross_entropy(array![[z], [z]].view(), y.view());
            assert_eq!(loss, Ok(libm::log(2.0)), "{z}");
        }
        let sure = array![[1e308], [-1e308]];
        assert_eq!(cross_entropy(sure.view(), y.view()), Ok(0.0));
    }

    #[test]
    fn a_guess_among_k_costs_ln_k() {
        let z = array![[0.0], [0.0], [0.0]];
        let y = array![[0.0], [1.0], [0.0]];
        assert_eq!(cross_entropy(z.view(), y.view()), Ok(libm::log(3.0)));
    }

    #[test]
    fn y_must_be_distributions() {
        let z = array![[0.0], [0.0]];
        for y in [array![[1.0], [1.0]], array![[1.5], [-0.5]]] {
            let refused = cross_entropy(z.view(), y.view());
            assert!(matches!(refused, Err(Error::Distribution { .. })));
        }
    }
}
