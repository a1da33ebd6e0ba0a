//! The sigmoid, and its slope told by the activation.

use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::plain::SIGMOID;

use crate::Verdict;
use crate::compare::{close, pair};

/// Holds both against the book's, and the slope against differences.
pub fn judge(
    value: impl Fn(f64) -> f64,
    slope: impl Fn(f64) -> f64,
) -> Verdict {
    for z in [0.0, 0.5, -2.0, 5.0, -30.0] {
        let (yours, right) = (value(z), (SIGMOID.f)(z));
        if !close(yours, right, 1e-12) {
            let (told, right) = pair(yours, right);
            let why = match (yours + (SIGMOID.f)(z) - 1.0).abs() < 1e-12 {
                true => ". Is the sign of z lost in the exponent?",
                false => "",
            };
            return Err(format!(
                "σ({z}) is {told}, and should be {right}{why}"
            ));
        }
    }
    for (z, right) in [(1000.0, 1.0), (-1000.0, 0.0)] {
        let yours = value(z);
        if yours != right {
            return Err(format!(
                "σ({z}) is {yours}, and should be {right}. Does an infinity \
                 meet another? That is sigmoid-overflow, in chapter 5's gallery"
            ));
        }
    }
    for z in [0.0, 0.7, -2.0, 3.0] {
        let (a, h) = ((SIGMOID.f)(z), 1e-5);
        let right = ((SIGMOID.f)(z + h) - (SIGMOID.f)(z - h)) / (2.0 * h);
        let yours = slope(a);
        if !close(yours, right, 1e-9) {
            let (told, right) = pair(yours, right);
            let twice = (Bug::DoubleSigmoid.code().activation.slope)(a);
            let why = match (yours - twice).abs() < 1e-12 {
                true => {
                    ". It takes a for a z, and bends it again: double-sigmoid, \
                     in chapter 5's gallery"
                }
                false => "",
            };
            return Err(format!(
                "where a is {a:.3} the slope is {told}; moving z a little says \
                 {right}{why}"
            ));
        }
    }
    Ok("σ is the book's from −1000 to 1000, and its slope is told by a alone."
        .to_owned())
}
