//! What a step costs as the network and the batch grow, in the core crate.

use std::io::Write;

use chainrule::{
    Activation, Buffers, Parameters, backward, forward, seeded, update,
};
use chapters::cli::{Failure, Outcome};
use ndarray::Array2;
use rand::RngExt;

use crate::counts::Work as Count;
use crate::stopwatch::{Spread, rounds, timed};

/// One thing grows, everything else stays.
struct Series {
    name: &'static str,
    grows: &'static [usize],
    /// Layers and samples for one size.
    shape: fn(usize) -> (Vec<usize>, usize),
}

const SERIES: [Series; 3] = [
    Series {
        name: "width",
        grows: &[8, 16, 32, 64, 128, 256, 512, 1024],
        shape: |width| (vec![1, width, width, 1], 100),
    },
    Series {
        name: "depth",
        grows: &[1, 2, 4, 8, 16, 32, 64],
        shape: |depth| {
            let mut sizes = vec![32; depth + 2];
            (sizes[0], sizes[depth + 1]) = (1, 1);
            (sizes, 100)
        },
    },
    Series {
        name: "batch",
        grows: &[10, 100, 1000, 10_000, 100_000, 400_000],
        shape: |samples| (vec![1, 25, 1], samples),
    },
];

/// Times every size and prints a row for each, and the slopes.
pub fn print(out: &mut dyn Write, turns: usize, largest: usize) -> Outcome {
    writeln!(out, "\none step of the core crate, as one thing grows")?;
    writeln!(out, "grows      size  multiply–adds    µs a step  Gflop/s  MB")?;
    for series in &SERIES {
        let mut points = Vec::new();
        for &size in series.grows {
            let (sizes, samples) = (series.shape)(size);
            let count = Count::of(&sizes, samples);
            if count.multiply_adds > largest {
                break;
            }
            let seconds = time(&sizes, samples, turns)?;
            points.push((size as f64, seconds));
            writeln!(
                out,
                "{:<6} {size:>8} {:>14} {:>12.2} {:>8.2} {:>7.2}",
                series.name,
                count.multiply_adds,
                1e6 * seconds,
                count.operations() / seconds / 1e9,
                megabytes(&sizes, samples),
            )?;
        }
        slope(out, series.name, &points)?;
    }
    Ok(())
}

/// log(time) per log(size) between the last two sizes.
fn slope(out: &mut dyn Write, name: &str, points: &[(f64, f64)]) -> Outcome {
    if let [.., (n1, t1), (n2, t2)] = points {
        let slope = (t2 / t1).ln() / (n2 / n1).ln();
        writeln!(out, "{name}, slope at the end: {slope:.2}")?;
    }
    Ok(())
}

/// What a step reads and writes at least: z, a and dz of every layer, and the
/// weights with their gradients.
fn megabytes(sizes: &[usize], samples: usize) -> f64 {
    let units: usize = sizes[1..].iter().sum();
    let weights: usize = sizes.windows(2).map(|l| l[0] * l[1]).sum();
    8e-6 * (3 * units * samples + 2 * weights) as f64
}

/// Seconds for a step, the median of `turns` blocks.
fn time(sizes: &[usize], samples: usize, turns: usize) -> Result<f64, Failure> {
    let mut rng = seeded(0);
    let mut parameters = Parameters::xavier(sizes, &mut rng)?;
    let x = Array2::from_shape_simple_fn((1, samples), || rng.random::<f64>());
    let y = x.mapv(|x| x * x);
    let mut buffers = Buffers::new();
    let mut works = [timed(|| {
        let pass =
            forward(&parameters, Activation::Sigmoid, x.view(), &mut buffers)?;
        let gradients = backward(pass, y.view())?;
        update(&mut parameters, gradients, 1e-6)
    })];
    let seconds = rounds(&mut works, turns, 4e-3)?;
    Ok(Spread::of(seconds[0].iter().copied()).median)
}
