//! What the learning rate decides: the final loss of many runs, as a table.

use std::io::Write;

use chapters::cli::{Failure, Outcome};
use ndarray::Array2;

use crate::{Args, train};

const RATES: [f64; 7] = [0.01, 0.1, 0.2, 0.3, 0.5, 0.8, 1.0];
const SEEDS: u64 = 5;

/// A row a learning rate, a column a seed.
///
/// # Errors
/// [`Failure::OneDiverged`] for the first run that diverged, once the table is
/// whole: the rates are the program's and where they lead is its finding, but
/// a run that diverges is told by the exit code, whichever experiment it is of.
pub fn print(
    out: &mut dyn Write,
    args: &Args,
    x: &Array2<f64>,
    y: &Array2<f64>,
) -> Outcome {
    writeln!(
        out,
        "final loss after {} steps, layers {:?}\n",
        args.steps, args.layers.0
    )?;
    let heads: String = (0..SEEDS)
        .map(|seed| format!("{:>10}", format!("seed {seed}")))
        .collect();
    writeln!(out, "  rate{heads}")?;
    let mut first = None;
    for learning_rate in RATES {
        write!(out, "{learning_rate:>6}")?;
        for seed in 0..SEEDS {
            let run = Args { seed, learning_rate, ..args.clone() };
            match train(&run, x, y, |_, _| Ok(())) {
                Ok(fit) => write!(out, "{:>10}", shown(fit.final_loss))?,
                Err(failure @ Failure::Diverged { .. }) => {
                    write!(out, "{:>10}", "diverged")?;
                    let run = format!("rate {learning_rate}, seed {seed}");
                    first.get_or_insert(failure.of(run));
                }
                Err(other) => return Err(other),
            }
        }
        writeln!(out)?;
    }
    first.map_or(Ok(()), Err)
}

/// Four digits, or, of what would not fit into its column, the power of ten.
fn shown(loss: f64) -> String {
    if loss < 1e5 { format!("{loss:.4}") } else { format!("{loss:.2e}") }
}
