//! The figures of chapter 3.

use chainrule::Activation;
use chainrule::figures::{Chart, Colour, Figure};

use chapters::ch03_network::args::Init;

use crate::Run;
use crate::depth::Start;
use crate::plateau::Curves;

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

/// What each hidden unit adds to the output, their sum, and the data, at some
/// steps: a panel a step.
pub fn units(data: &[(f64, f64)], steps: Vec<(usize, Curves)>) -> Figure {
    let panel = |(i, (step, curves)): (usize, (usize, Curves))| {
        let named = |name| if i == 0 { name } else { "" };
        let step = format!("step {},000", step / 1000);
        let (sum, units) = curves.split_last().expect("the output is there");
        let chart = Chart::new(if i == 2 { "x" } else { "" }, &step);
        let chart = chart.height(if i == 0 { 586 } else { 520 });
        let chart =
            chart.points(named("data"), Colour::Data, data.iter().copied());
        let chart = units.iter().enumerate().fold(chart, |chart, (k, unit)| {
            let name = if k == 0 { named("one unit's w·a") } else { "" };
            chart.thin(name, Colour::Training, unit.iter().copied())
        });
        chart.line(named("their sum and b"), Colour::Fit, sum.iter().copied())
    };
    Chart::stacked(steps.into_iter().enumerate().map(panel))
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

/// The size of dw in each layer of the deepest networks, from Xavier's start
/// dashed, from He's solid, and from the uniform one as far as it goes.
pub fn depth(starts: &[(Start, Vec<f64>)]) -> Figure {
    const LEAST: f64 = 1e-13;
    let of = |start: Start| {
        let found = starts.iter().find(|(it, _)| *it == start);
        let sizes = found.map(|(_, sizes)| sizes.clone()).unwrap_or_default();
        let layers = (1..).map(f64::from).zip(sizes);
        layers.filter(|(_, size)| *size > LEAST).collect::<Vec<_>>()
    };
    let (sigmoid, relu) = (Activation::Sigmoid, Activation::Relu);
    Chart::new("layer", "size of dw")
        .log_y()
        .line("sigmoid", Colour::Training, of((sigmoid, Init::He)))
        .dashed("", Colour::Training, of((sigmoid, Init::Xavier)))
        .line("relu", Colour::Fit, of((relu, Init::He)))
        .dashed("", Colour::Fit, of((relu, Init::Xavier)))
        .line("sigmoid, uniform", Colour::HeldOut, of((sigmoid, Init::Uniform)))
        .figure()
}
