//! The figures of chapter 3.

use chainrule::Activation;
use chainrule::figures::{Chart, Colour, Figure};

use crate::Run;

/// A colour for each of the three seeds.
const SEEDS: [Colour; 3] = [Colour::HeldOut, Colour::Fit, Colour::Training];

/// The data, and the answer of each trained network.
pub fn fits(
    data: Vec<(f64, f64)>,
    fits: Vec<(u64, Vec<(f64, f64)>)>,
) -> Figure {
    let chart = Chart::new("x", "y").points("data", Colour::Data, data);
    fits.into_iter()
        .zip(SEEDS)
        .fold(chart, |chart, ((seed, fit), colour)| {
            chart.line(&format!("seed {seed}"), colour, fit)
        })
        .figure()
}

/// What each hidden unit adds to the output, their sum, and the data.
pub fn units(
    data: &[(f64, f64)],
    units: &[Vec<(f64, f64)>],
    sum: &[(f64, f64)],
) -> Figure {
    let chart = Chart::new("x", "y");
    let chart = units.iter().enumerate().fold(chart, |chart, (k, unit)| {
        let name = if k == 0 { "one hidden unit's share" } else { "" };
        chart.thin(name, Colour::Training, unit.iter().copied())
    });
    chart
        .points("data", Colour::Data, data.iter().copied())
        .line("their sum and b", Colour::Fit, sum.iter().copied())
        .figure()
}

/// The loss of each run, both axes logarithmic, a point every hundred steps.
pub fn losses(runs: &[Run]) -> Figure {
    let chart = Chart::new("step", "loss").log_x().log_y();
    runs.iter()
        .zip(SEEDS)
        .fold(chart, |chart, (run, colour)| {
            let curve = (1..run.losses.len())
                .filter(|step| *step < 100 || step % 100 == 0);
            let curve = curve.map(|step| (step as f64, run.losses[step]));
            chart.line(&format!("seed {}", run.seed), colour, curve)
        })
        .figure()
}

/// The three activations, and dashed their derivatives.
pub fn activations() -> Figure {
    let colours = [Colour::Training, Colour::Fit, Colour::HeldOut];
    let grid = || (-80..=80).map(|i| f64::from(i) / 20.0);
    let chart = Chart::new("z", "f(z), and dashed f′(z)").y_range(-1.1..2.1);
    let chart = Activation::ALL.into_iter().zip(colours).fold(
        chart,
        |chart, (f, colour)| {
            let curve =
                grid().map(move |z| (z, f.value(z))).filter(|(_, a)| *a <= 2.1);
            chart.line(&f.to_string(), colour, curve)
        },
    );
    Activation::ALL
        .into_iter()
        .zip(colours)
        .fold(chart, |chart, (f, colour)| {
            chart.dashed(
                "",
                colour,
                grid().map(move |z| (z, f.derivative(f.value(z)))),
            )
        })
        .figure()
}

/// Two wide networks that differ in their initial weights alone.
pub fn saturation(uniform: &[f64], xavier: &[f64]) -> Figure {
    let curve = |losses: &[f64]| {
        let points = losses.iter().enumerate().step_by(10);
        points.map(|(step, &loss)| (step as f64, loss)).collect::<Vec<_>>()
    };
    Chart::new("step", "loss")
        .line("uniform in [0, 1)", Colour::HeldOut, curve(uniform))
        .line("Xavier", Colour::Fit, curve(xavier))
        .figure()
}
