//! Chapter 1: dropout on a vector.
//!
//! Draws one mask for 1 … 10 and shows what it does; then draws many, and
//! measures what the chapter claims about the mean and the variance.

#[path = "ch01_dropout/figures.rs"]
mod figures;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use chainrule::cli::{self, Outcome};
use chainrule::figures::Folder;
use chainrule::{ChaCha8Rng, Dropout, seeded};
use clap::Parser;
use ndarray::Array1;

/// Dropout on a vector: one mask, and the mean and variance over many.
#[derive(Parser)]
#[command(version, after_help = cli::EXIT_CODES)]
struct Args {
    /// Seed of the random numbers; the default draws the notebook's mask
    #[arg(long, default_value_t = 3077, value_parser = cli::seed, allow_hyphen_values = true)]
    seed: u64,

    /// Probability that an entry is dropped, in [0, 1)
    #[arg(long, default_value = "0.4", value_parser = cli::drop_prob, allow_hyphen_values = true)]
    drop_prob: Dropout,

    /// How many masks the statistics are taken over
    #[arg(long, default_value_t = 100_000, value_parser = clap::value_parser!(u32).range(2..), allow_hyphen_values = true)]
    draws: u32,

    /// Folder that the figures are written to
    #[arg(long, value_name = "DIR", default_value = "target/figures")]
    figures: PathBuf,
}

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    let folder = Folder::open(&args.figures)?;
    let mut rng = seeded(args.seed);
    let x = Array1::from_iter((1..=10).map(|i| i as f32));

    // ANCHOR: one_mask
    let mask = args.drop_prob.draw(x.len(), &mut rng);
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
    let mut drawn = vec![
        folder
            .save("ch01_dropout", &figures::one_mask(&x, &mask, &rescaled))?,
    ];

    let moments = measure(&x, args.drop_prob, args.draws, &mut rng)?;
    report(out, &moments, args.drop_prob, args.draws)?;
    drawn.push(folder.save(
        "ch01_dropout_moments",
        &figures::moments(&moments, args.drop_prob),
    )?);

    writeln!(out)?;
    for path in drawn {
        writeln!(out, "figure: {}", path.display())?;
    }
    Ok(())
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
        let rescaled = dropout.draw(x.len(), rng).apply(x.view())?;
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
