//! The figures of chapter 5.

use chainrule::figures::{Chart, Colour, Figure};

use crate::step_size::Errors;

/// The error of central differences, and the two lines it follows.
pub fn step_size(errors: &Errors) -> Figure {
    let steps = || errors.measured.iter().map(|point| point.0);
    let inside = |line: &(f64, f64)| line.1 > 1e-14 && line.1 < 1.0;
    let above = steps().map(|h| (h, errors.truncation * h * h));
    let below = steps().map(|h| (h, errors.rounding / h));
    Chart::new("step h", "largest error")
        .log_x()
        .log_y()
        .dashed("c·h²", Colour::Training, above.filter(inside))
        .dashed("ε·J/h", Colour::HeldOut, below.filter(inside))
        .points("measured", Colour::Fit, errors.measured.iter().copied())
        .figure()
}

/// The loss curve of a mistake beside that of the right code.
pub fn exhibit(
    name: &str,
    wrong: &[(f64, f64)],
    right: &[(f64, f64)],
) -> Figure {
    Chart::new("step", "loss")
        .height(640)
        .line(name, Colour::HeldOut, wrong.iter().copied())
        .dashed("the right code", Colour::Fit, right.iter().copied())
        .figure()
}
