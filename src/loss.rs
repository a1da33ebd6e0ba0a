//! How wrong an output is: the number we report, and the number we descend.

use ndarray::ArrayView2;

use crate::error::{Error, Result, finite, shape};
use crate::kernels::{squared_distance, squared_distance_between};
use crate::softmax::cross_entropy;

/// How wrong an output is, told in one number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loss {
    /// [`mse`] is printed, and [`cost`] descended. The notebook's.
    #[default]
    MeanSquare,
    /// [`cross_entropy`], for an output of scores.
    CrossEntropy,
}

impl Loss {
    /// Both, in the order of the book.
    pub const ALL: [Loss; 2] = [Loss::MeanSquare, Loss::CrossEntropy];

    /// The loss that is printed, of an output (out × m).
    ///
    /// # Errors
    /// As [`mse`], or as [`cross_entropy`].
    pub fn value(
        self,
        output: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
    ) -> Result<f64> {
        match self {
            Loss::MeanSquare => mse(output, y),
            Loss::CrossEntropy => cross_entropy(output, y),
        }
    }

    /// J, the cost that is descended: its gradient is what
    /// [`Loss::backward`] returns.
    ///
    /// # Errors
    /// As [`Loss::value`].
    pub fn cost(
        self,
        output: ArrayView2<'_, f64>,
        y: ArrayView2<'_, f64>,
    ) -> Result<f64> {
        match self {
            Loss::MeanSquare => cost(output, y),
            Loss::CrossEntropy => cross_entropy(output, y),
        }
    }
}

/// The mean of (a − y)² over every entry: the loss that is printed.
///
/// a and y are (out × m). The notebook's `compute_loss`.
///
/// # Errors
/// [`Error::Shape`], [`Error::NoSamples`], or [`Error::NotFinite`] where an
/// entry, or the square of one, is not finite.
// ANCHOR: mse
pub fn mse(a: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> Result<f64> {
    Ok(sum_of_squares(a, y)? / y.len() as f64)
}
// ANCHOR_END: mse

/// J = 1/(2m) Σ (a − y)²: the cost whose gradient [`backward`] returns.
///
/// For one output it is half of [`mse`]; for k outputs it is k/2 times as
/// large, because [`mse`] divides by k·m and J by 2·m. The notebook prints the
/// one and descends the other.
///
/// # Errors
/// As [`mse`].
///
/// [`backward`]: crate::backward
// ANCHOR: cost
pub fn cost(a: ArrayView2<'_, f64>, y: ArrayView2<'_, f64>) -> Result<f64> {
    Ok(sum_of_squares(a, y)? / (2.0 * y.ncols() as f64))
}
// ANCHOR_END: cost

fn sum_of_squares(
    a: ArrayView2<'_, f64>,
    y: ArrayView2<'_, f64>,
) -> Result<f64> {
    shape("the output", a.dim(), y.dim())?;
    if y.is_empty() {
        return Err(Error::NoSamples("y"));
    }
    finite("y", y)?;
    let sum = match (a.as_slice(), y.as_slice()) {
        (Some(a), Some(y)) => squared_distance(a, y),
        _ => squared_distance_between(a, y),
    };
    finite("the loss", &[sum])?;
    Ok(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn one_output_and_three() {
        let y = array![[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]];
        let a = array![[1.0, 2.0], [0.0, 0.0], [0.0, 1.0]];
        assert_eq!(mse(a.view(), y.view()), Ok(1.0));
        assert_eq!(cost(a.view(), y.view()), Ok(1.5));
        let first =
            |m: &Array2<f64>| m.row(0).to_owned().insert_axis(ndarray::Axis(0));
        assert_eq!(mse(first(&a).view(), first(&y).view()), Ok(2.5));
        assert_eq!(cost(first(&a).view(), first(&y).view()), Ok(1.25));
    }

    #[test]
    fn each_loss_is_printed_and_descended_by_its_own_functions() {
        let (z, y) = (array![[1.0], [3.0], [0.0]], array![[0.0], [1.0], [0.0]]);
        let (z, y) = (z.view(), y.view());
        let both = |loss: Loss| [loss.value(z, y), loss.cost(z, y)];
        assert_eq!(both(Loss::MeanSquare), [Ok(5.0 / 3.0), Ok(2.5)]);
        let entropy = cross_entropy(z, y);
        assert_eq!(both(Loss::CrossEntropy), [entropy.clone(), entropy]);
    }

    #[test]
    fn what_is_not_a_loss_is_refused() {
        let (one, none) = (array![[1.0]], Array2::zeros((1, 0)));
        assert_eq!(mse(none.view(), none.view()), Err(Error::NoSamples("y")));
        assert!(matches!(
            mse(one.view(), none.view()),
            Err(Error::Shape { .. })
        ));
        for bad in [f64::NAN, 1e200] {
            assert!(matches!(
                mse(array![[bad]].view(), one.view()),
                Err(Error::NotFinite { .. })
            ));
        }
    }
}
