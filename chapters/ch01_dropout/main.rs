//! Chapter 1: dropout on a vector.
//!
//! Draws one mask for 1 … 10 and shows what it does; then draws many, and
//! measures what the chapter claims about the mean and the variance.

mod figures;

use std::io::Write;
use std::process::ExitCode;

use chainrule::{ChaCha8Rng, Dropout, Mask, seeded};
use chapters::ch01_dropout::args::Args;
use chapters::ch01_dropout::coins::toss;
use chapters::cli::{self, Outcome};
use ndarray::Array1;

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let folder = args.figures.open()?;
    let mut rng = seeded(args.seed);
    let x = Array1::from_iter((1..=10).map(|i| i as f32));

    // ANCHOR: one_mask
    let kept = toss(x.len(), args.drop_prob, &mut rng);
    let mask = Mask::from_kept(kept, args.drop_prob);
    let masked = mask.masked(x.view())?;
    let rescaled = mask.apply(x.view())?;
    // ANCHOR_END: one_mask

    writeln!(
        out,
        "drop probability {}, seed {}\n",
        args.drop_prob.drop_prob(),
        args.seed
    )?;
    writeln!(out, "x         {}", row(x.iter()))?;
    writeln!(
        out,
        "mask      {}",
        row(mask.kept().iter().map(|&kept| u8::from(kept)))
    )?;
    writeln!(out, "masked    {}", row(masked.iter()))?;
    writeln!(out, "rescaled  {}", row(rescaled.iter()))?;

    let moments = measure(&x, args.drop_prob, args.draws, &mut rng)?;
    report(out, &moments, args.drop_prob, args.draws)?;
    let one = figures::one_mask(&x, &mask, &rescaled);
    let many = figures::moments(&moments, args.drop_prob);
    folder
        .save_all(out, [("ch01_dropout", one), ("ch01_dropout_moments", many)])
}

/// Values as NumPy prints a row of them.
fn row<T: ToString>(values: impl Iterator<Item = T>) -> String {
    format!(
        "[{}]",
        values.map(|value| value.to_string()).collect::<Vec<_>>().join(" ")
    )
}

/// The mean and variance of one rescaled entry over many masks.
struct Moments {
    x: f64,
    mean: f64,
    variance: f64,
}

// ANCHOR: measure
fn measure(
    x: &Array1<f32>,
    dropout: Dropout,
    draws: u32,
    rng: &mut ChaCha8Rng,
) -> Result<Vec<Moments>, chainrule::Error> {
    let x = x.mapv(f64::from);
    let (mut sum, mut squares) =
        (Array1::zeros(x.len()), Array1::zeros(x.len()));
    for _ in 0..draws {
        let rescaled = dropout.draw(x.len(), rng)?.apply(x.view())?;
        squares += &(&rescaled * &rescaled);
        sum += &rescaled;
    }
    let mean = sum / f64::from(draws);
    let variance = squares / f64::from(draws) - &mean * &mean;
    Ok((0..x.len())
        .map(|i| Moments { x: x[i], mean: mean[i], variance: variance[i] })
        .collect())
}
// ANCHOR_END: measure

fn report(
    out: &mut dyn Write,
    moments: &[Moments],
    dropout: Dropout,
    draws: u32,
) -> Outcome {
    writeln!(out, "\nover {draws} masks")?;
    writeln!(out, "  x      mean  expected    variance  expected")?;
    for Moments { x, mean, variance } in moments {
        let expected = expected_variance(*x, dropout);
        writeln!(
            out,
            "{x:>3} {mean:>9.4} {x:>9} {variance:>11.4} {expected:>9.4}"
        )?;
    }
    Ok(())
}

/// x²·p/(1−p).
// ANCHOR: expected_variance
fn expected_variance(x: f64, dropout: Dropout) -> f64 {
    let p = dropout.drop_prob();
    x * x * p / (1.0 - p)
}
// ANCHOR_END: expected_variance
