//! Gradients the slow way: move one parameter, and see what the cost does.

use crate::error::{Error, Result, finite};
use crate::gradients::Gradients;
use crate::parameters::Parameters;

/// The gradient of `cost` by central differences: (J(θ+h) − J(θ−h)) / 2h for
/// each parameter θ in turn.
///
/// Two evaluations of the cost for every parameter: far too slow to train
/// with, and so simple that it is the judge of every backward pass here.
///
/// # Errors
/// [`Error::StepSize`] unless h is a finite number above 0;
/// [`Error::Unmoved`] where it is too small or too large for a parameter, and
/// [`Error::Rounding`] where it is too small for any;
/// [`Error::NotFinite`] for a cost or a slope; any error of `cost`.
// ANCHOR: central_differences
pub fn central_differences(
    parameters: &Parameters,
    h: f64,
    mut cost: impl FnMut(&Parameters) -> Result<f64>,
) -> Result<Gradients> {
    if !(h.is_finite() && h > 0.0) {
        return Err(Error::StepSize(h));
    }
    let mut cost_with = |i, by| {
        let mut moved = parameters.clone();
        if let Some(parameter) = moved.values_mut().nth(i) {
            *parameter = moved_by(*parameter, by)?;
        }
        let cost = cost(&moved)?;
        finite("the cost", &[cost])?;
        Ok(cost)
    };
    let mut gradients = Gradients::zeros_like(parameters);
    for (i, slope) in gradients.values_mut().enumerate() {
        *slope = (cost_with(i, h)? - cost_with(i, -h)?) / (2.0 * h);
        finite("the slope", &[*slope])?;
    }
    Ok(gradients)
}
// ANCHOR_END: central_differences

/// A parameter that has been moved: neither where it was, nor so far that the
/// distance between both sides is not finite, nor by less than the rounding.
fn moved_by(parameter: f64, by: f64) -> Result<f64> {
    let moved = parameter + by;
    if moved == parameter || !moved.is_finite() || !(2.0 * by).is_finite() {
        return Err(Error::Unmoved { h: by.abs(), parameter });
    }
    // A parameter near 0 is moved by any step.
    if by.abs() < f64::EPSILON {
        return Err(Error::Rounding(by.abs()));
    }
    Ok(moved)
}

/// The largest |a − b| over all entries, divided by the largest |a| or |b|.
///
/// 0 for equal gradients (two zero gradients too); infinite if the two do not
/// have the same number of entries.
pub fn relative_difference(a: &Gradients, b: &Gradients) -> f64 {
    let finite = a.values().chain(b.values()).all(f64::is_finite);
    if !finite || a.values().count() != b.values().count() {
        return f64::INFINITY;
    }
    let largest = |values: &mut dyn Iterator<Item = f64>| {
        values.fold(0.0_f64, |m, v| m.max(v.abs()))
    };
    let difference =
        largest(&mut a.values().zip(b.values()).map(|(a, b)| a - b));
    let size = largest(&mut a.values().chain(b.values()));
    if size == 0.0 { 0.0 } else { difference / size }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seeded;

    /// A parameter of 0 has no size of its own to hold the step against.
    #[test]
    fn a_step_below_epsilon_is_refused_at_zero_too() -> Result<()> {
        let mut at = Parameters::xavier(&[1, 1], &mut seeded(0))?;
        at.values_mut().for_each(|value| *value = 0.0);
        let slope = |h| {
            let gradients = central_differences(&at, h, |moved| {
                Ok(moved.layers()[0].weights[[0, 0]])
            })?;
            Ok(gradients.layers()[0].dw[[0, 0]])
        };
        for h in [5e-324, f64::MIN_POSITIVE, 1e-300, 2.2e-16] {
            assert_eq!(slope(h), Err(Error::Rounding(h)));
        }
        assert_eq!(
            Error::Rounding(5e-324).to_string(),
            "step size 5e-324 is below 2.220446049250313e-16, where a slope \
             is rounding alone"
        );
        assert_eq!(slope(f64::EPSILON), Ok(1.0));
        Ok(())
    }

    /// No public function makes a gradient that is not finite; the judge
    /// refuses it all the same.
    #[test]
    fn a_gradient_that_is_not_finite_is_like_no_other() -> Result<()> {
        let parameters = Parameters::xavier(&[1, 1], &mut seeded(0))?;
        let zero = Gradients::zeros_like(&parameters);
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            for i in 0..2 {
                let mut bad = zero.clone();
                if let Some(entry) = bad.values_mut().nth(i) {
                    *entry = value;
                }
                for (a, b) in [(&bad, &zero), (&zero, &bad), (&bad, &bad)] {
                    assert_eq!(relative_difference(a, b), f64::INFINITY);
                }
            }
        }
        Ok(())
    }
}
