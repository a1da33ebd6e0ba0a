//! How many passes are enough: the standard error of the mean against T.

use std::io::Write;

use chainrule::{ChaCha8Rng, Network};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;

use crate::{Args, ask};
use chainrule::tasks::gap::FAR;

const PASSES: [u32; 6] = [2, 5, 10, 50, 200, 1000];
/// How often each T is repeated, and at how many x.
const REPEATS: usize = 20;
const PLACES: usize = 48;

/// What was measured for one T.
pub struct Row {
    pub passes: u32,
    /// The width s of the band, and how far it strays between repeats.
    pub width: f64,
    pub width_error: f64,
    /// How far the mean strays between repeats.
    pub mean_error: f64,
    /// s/√T, with s from the largest T.
    pub expected: f64,
}

/// Asks the whole question again and again, and sees how far the replies
/// differ; every number is the root of a mean square over the places.
pub fn measure(
    args: &Args,
    network: &Network,
    rng: &mut ChaCha8Rng,
) -> Result<Vec<Row>, Failure> {
    let x = Array2::from_shape_fn((1, PLACES), |(_, i)| {
        -FAR + 2.0 * FAR * (i as f64 + 0.5) / PLACES as f64
    });
    let mut rows = Vec::new();
    for passes in PASSES {
        let args = Args { passes, ..args.clone() };
        let mut means = Array2::zeros((REPEATS, PLACES));
        let mut widths = means.clone();
        for r in 0..REPEATS {
            let band = ask(&args, network, &x, rng)?;
            means.row_mut(r).assign(&band.mean.row(0));
            widths.row_mut(r).assign(&band.standard_deviation.row(0));
        }
        let squares: f64 = widths.iter().map(|s| s * s).sum();
        rows.push(Row {
            passes,
            width: (squares / widths.len() as f64).sqrt(),
            width_error: strays(&widths),
            mean_error: strays(&means),
            expected: 0.0,
        });
    }
    let s = rows.last().map_or(0.0, |row| row.width);
    for row in &mut rows {
        row.expected = s / f64::from(row.passes).sqrt();
    }
    Ok(rows)
}

/// The standard deviation over the rows, as a root of the mean over the columns.
fn strays(repeats: &Array2<f64>) -> f64 {
    let mut variance = 0.0;
    for column in repeats.columns() {
        let mean = column.iter().sum::<f64>() / REPEATS as f64;
        let squares = column.iter().map(|v| (v - mean) * (v - mean));
        variance += squares.sum::<f64>() / (REPEATS - 1) as f64;
    }
    (variance / PLACES as f64).sqrt()
}

pub fn report(out: &mut dyn Write, rows: &[Row]) -> Outcome {
    writeln!(
        out,
        "\nstandard error over {REPEATS} repeats, for T passes each"
    )?;
    writeln!(out, "     T   of the mean      s/√T   width s   of the width")?;
    for Row { passes, width, width_error, mean_error, expected } in rows {
        writeln!(
            out,
            "{passes:>6} {mean_error:>13.4} {expected:>9.4} {width:>9.4} {width_error:>14.4}"
        )?;
    }
    Ok(())
}
