//! What the band is worth among the data, in the gap and beyond: its width, and
//! how often fresh samples fall inside it.

use std::io::Write;

use chainrule::{ChaCha8Rng, Network, Predictive};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;

use crate::{Args, ask};
use chainrule::tasks::gap::{EDGE, FAR, Gap, NOISE, Task, measured, truth};

/// How many x a region is judged at, and how many fresh samples at each.
const PLACES: usize = 200;
const FRESH: usize = 10;

/// The three regions, in the order of the tables.
pub const NAMES: [&str; 3] = ["data", "gap", "beyond"];

/// Measured over one region.
#[derive(Clone, Copy, Debug, Default)]
pub struct Region {
    /// The mean of s.
    pub width: f64,
    /// How far μ is from the truth: the root of the mean square.
    pub error: f64,
    /// The share of places where the truth lies in μ ± 2s.
    pub truth: f64,
    /// The share of fresh noisy samples in μ ± 2s.
    pub fresh: f64,
    /// The same for μ ± 2√(s² + σ²).
    pub fresh_with_noise: f64,
}

/// Evenly spaced x of each region.
fn places(gap: Gap) -> [Vec<f64>; 3] {
    let even = |low: f64, high: f64, n: usize| {
        (0..n).map(move |i| low + (high - low) * (i as f64 + 0.5) / n as f64)
    };
    let width = gap.high - gap.low;
    let data = even(-EDGE, EDGE - width, PLACES)
        .map(|x| if x < gap.low { x } else { x + width });
    let beyond = even(-FAR, FAR - 2.0 * EDGE, PLACES)
        .map(|x| if x < -EDGE { x } else { x + 2.0 * EDGE });
    [
        data.collect(),
        even(gap.low, gap.high, PLACES).collect(),
        beyond.collect(),
    ]
}

/// Judges a trained network in the three regions.
pub fn measure(
    args: &Args,
    task: &Task,
    network: &Network,
    rng: &mut ChaCha8Rng,
) -> Result<[Region; 3], Failure> {
    judged(task.gap, rng, |x, rng| ask(args, network, x, rng))
}

/// Judges whatever answers with a mean and a width.
pub fn judged(
    gap: Gap,
    rng: &mut ChaCha8Rng,
    answer: impl Fn(&Array2<f64>, &mut ChaCha8Rng) -> Result<Predictive, Failure>,
) -> Result<[Region; 3], Failure> {
    let mut regions = [Region::default(); 3];
    for (region, places) in regions.iter_mut().zip(places(gap)) {
        let x = Array2::from_shape_fn((1, PLACES), |(_, i)| places[i]);
        let band = answer(&x, rng)?;
        *region = judge(&places, &band.mean, &band.standard_deviation, rng);
    }
    Ok(regions)
}

// ANCHOR: judge
fn judge(
    places: &[f64],
    mean: &Array2<f64>,
    s: &Array2<f64>,
    rng: &mut ChaCha8Rng,
) -> Region {
    let mut sum = Region::default();
    for ((&x, &mean), &s) in places.iter().zip(mean).zip(s) {
        let inside = |y: f64, s: f64| f64::from((y - mean).abs() <= 2.0 * s);
        sum.width += s;
        sum.error += (mean - truth(x)) * (mean - truth(x));
        sum.truth += inside(truth(x), s);
        for _ in 0..FRESH {
            let y = measured(x, rng);
            sum.fresh += inside(y, s);
            sum.fresh_with_noise += inside(y, (s * s + NOISE * NOISE).sqrt());
        }
    }
    let n = places.len() as f64;
    Region {
        width: sum.width / n,
        error: (sum.error / n).sqrt(),
        truth: sum.truth / n,
        fresh: sum.fresh / (n * FRESH as f64),
        fresh_with_noise: sum.fresh_with_noise / (n * FRESH as f64),
    }
}
// ANCHOR_END: judge

pub fn report(
    out: &mut dyn Write,
    args: &Args,
    task: &Task,
    network: &Network,
    rng: &mut ChaCha8Rng,
) -> Outcome {
    let regions = measure(args, task, network, rng)?;
    writeln!(out, "          width   error     inside the band μ ± 2s, in %")?;
    writeln!(
        out,
        "region        s    of μ   truth   samples   with the noise added"
    )?;
    for (name, region) in NAMES.into_iter().zip(regions) {
        row(out, name, region)?;
    }
    Ok(())
}

pub fn row(out: &mut dyn Write, name: &str, region: Region) -> Outcome {
    let Region { width, error, truth, fresh, fresh_with_noise } = region;
    Ok(writeln!(
        out,
        "{name:<8}{width:>7.3} {error:>7.3} {:>7.1} {:>9.1} {:>12.1}",
        100.0 * truth,
        100.0 * fresh,
        100.0 * fresh_with_noise
    )?)
}
