//! What a dead network can say: the best constant answer, and its loss.

use std::io::Write;

use chainrule::mse;
use chapters::cli::Outcome;
use ndarray::{Array2, s};

/// The mean of the first samples of y, and the loss of answering it for all.
pub fn print(out: &mut dyn Write, samples: usize, y: &Array2<f64>) -> Outcome {
    let y = y.slice(s![.., ..samples]);
    let mean = y.iter().fold(0.0, |sum, y| sum + y) / samples as f64;
    let loss = mse(Array2::from_elem(y.dim(), mean).view(), y)?;
    writeln!(out, "the first {samples} samples of the sine")?;
    // Of a whole period the mean is rounding alone, and may be below 0.
    let mean = if mean.abs() < 1e-9 { 0.0 } else { mean };
    writeln!(out, "best constant answer: {mean:.4}")?;
    writeln!(out, "its loss: {loss:.4}")?;
    Ok(())
}
