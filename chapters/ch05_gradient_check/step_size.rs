//! How far to move a parameter: the error of central differences against h.

use std::io::Write;

use chainrule::{Activation, Dropout, Loss, Result};
use chapters::cli::Outcome;

use crate::table::Case;

/// What was measured, and the two lines that explain it.
pub struct Errors {
    /// (h, largest difference over all parameters).
    pub measured: Vec<(f64, f64)>,
    /// ε·J, so that ε·J/h is the size of the rounding error.
    pub rounding: f64,
    /// The error at h = 0.01, divided by h².
    pub truncation: f64,
}

/// Four step sizes a decade, from 1 down to 10⁻¹².
pub fn measure(seed: u64) -> Result<Errors> {
    let dropout = Dropout::new(0.5)?;
    let case =
        Case::draw(Loss::MeanSquare, Activation::Sigmoid, dropout, seed)?;
    let mut measured = Vec::new();
    for quarter in 0..=48 {
        let h = libm::pow(10.0, -f64::from(quarter) / 4.0);
        let (a, b) = case.both(h)?;
        let apart = a.values().zip(b.values()).map(|(a, b)| (a - b).abs());
        measured.push((h, apart.fold(0.0, f64::max)));
    }
    let (h, error) = measured[8];
    let rounding = f64::EPSILON * case.value()?;
    Ok(Errors { measured, rounding, truncation: error / (h * h) })
}

pub fn print(out: &mut dyn Write, errors: &Errors) -> Outcome {
    let [h, error, above, below] = ["h", "error", "c·h²", "ε·J/h"];
    writeln!(out, "\n{h:>6}  {error:>8}  {above:>8}  {below:>8}")?;
    for &(h, error) in errors.measured.iter().step_by(4) {
        let (above, below) = (errors.truncation * h * h, errors.rounding / h);
        writeln!(
            out,
            "{h:>6.0e}  {error:>8.1e}  {above:>8.1e}  {below:>8.1e}"
        )?;
    }
    let best = errors.measured.iter().min_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((h, error)) = best {
        writeln!(out, "\nsmallest error {error:.1e} at h = {h:.1e}")?;
    }
    let crossing = libm::cbrt(errors.rounding / (2.0 * errors.truncation));
    writeln!(out, "the formula's h = {crossing:.1e}")?;
    writeln!(out, "cube root of ε  = {:.1e}", libm::cbrt(f64::EPSILON))?;
    Ok(())
}
