//! The figures of chapter 6.

use chainrule::Predictive;
use chainrule::figures::{Chart, Colour, Figure};
use ndarray::Array2;

use crate::convergence::Row;
use crate::regions::NAMES;
use crate::setting::Setting;
use chainrule::tasks::gap::{Task, truth};

/// Two rows as points.
pub fn pairs(x: &Array2<f64>, y: &Array2<f64>) -> Vec<(f64, f64)> {
    x.iter().copied().zip(y.iter().copied()).collect()
}

/// μ ± k·s as (x, low, high).
fn interval(
    x: &Array2<f64>,
    band: &Predictive,
    k: f64,
) -> Vec<(f64, f64, f64)> {
    x.iter()
        .zip(&band.mean)
        .zip(&band.standard_deviation)
        .map(|((&x, &mean), &s)| (x, mean - k * s, mean + k * s))
        .collect()
}

/// The data, the mean, the band, and the function behind the data.
pub fn band(task: &Task, x: &Array2<f64>, band: &Predictive) -> Figure {
    Chart::new("x", "y")
        .band("μ ± 2s", Colour::Fit, interval(x, band, 2.0))
        .dashed("truth", Colour::Data, x.iter().map(|&x| (x, truth(x))))
        .points("data", Colour::Data, task.points())
        .line("μ", Colour::Fit, pairs(x, &band.mean))
        .figure()
}

/// Thinned networks, and the whole one.
pub fn thinned(
    x: &Array2<f64>,
    passes: &[Array2<f64>],
    whole: &Array2<f64>,
) -> Figure {
    let chart = Chart::new("x", "answer");
    passes
        .iter()
        .take(12)
        .enumerate()
        .fold(chart, |chart, (k, pass)| {
            let name = if k == 0 { "a thinned network" } else { "" };
            chart.thin(name, Colour::Mask, pairs(x, pass))
        })
        .line("all units on", Colour::Fit, pairs(x, whole))
        .figure()
}

/// The standard error of mean and width against T, both axes logarithmic.
pub fn convergence(rows: &[Row]) -> Figure {
    let at = |value: fn(&Row) -> f64| {
        rows.iter().map(move |row| (f64::from(row.passes), value(row)))
    };
    Chart::new("passes T", "standard error")
        .log_x()
        .log_y()
        .dashed("s/√T", Colour::Ink, at(|row| row.expected))
        .points("of the mean", Colour::Fit, at(|row| row.mean_error))
        .joined("of the width", Colour::Fit, at(|row| row.width_error))
        .figure()
}

/// The width of the band against p, with a standard deviation over the seeds.
pub fn widths(settings: Vec<(f64, &Setting)>) -> Figure {
    let chart = Chart::new("drop probability p", "width s of the band");
    let shape = |r: usize, k: f64| {
        settings.iter().map(move |(p, setting)| {
            let (mean, spread) = setting.moments(r, |region| region.width);
            (*p, mean + k * spread)
        })
    };
    let chart = (0..3).fold(chart, |chart, r| {
        let rows = shape(r, -1.0).zip(shape(r, 1.0));
        let rows = rows.map(|((p, low), (_, high))| (p, low, high));
        chart.band("", Colour::Fit, rows)
    });
    chart
        .line(NAMES[0], Colour::Fit, shape(0, 0.0))
        .dashed(NAMES[1], Colour::Fit, shape(1, 0.0))
        .joined(NAMES[2], Colour::Fit, shape(2, 0.0))
        .figure()
}

/// Nested bands, the passes behind them, the mean and the data.
pub fn cover(
    task: &Task,
    x: &Array2<f64>,
    band: &Predictive,
    passes: &[Array2<f64>],
) -> Figure {
    let chart = [2.0, 1.0]
        .into_iter()
        .fold(Chart::new("x", "y").bare().height(279), |chart, k| {
            chart.band("", Colour::Fit, interval(x, band, k))
        });
    passes
        .iter()
        .fold(chart, |chart, pass| {
            chart.faint("", Colour::Mask, pairs(x, pass))
        })
        .points("", Colour::Data, task.points())
        .line("", Colour::Fit, pairs(x, &band.mean))
        .figure()
}
