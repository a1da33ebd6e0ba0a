//! The figures of chapter 5.

use chainrule::figures::{Chart, Colour, Figure};

use crate::step_size::Errors;

/// The error of central differences, and the two lines it follows.
pub fn step_size(errors: &Errors) -> Figure {
    let steps = || errors.measured.iter().map(|point| point.0);
    let inside = |line: &(f64, f64)| line.1 > 1e-14 && line.1 < 1.0;
    let above = steps().map(|h| (h, errors.truncation * h * h));
    let below = steps().map(|h| (h, errors.rounding / h));
    Chart::new("step h", "largest error")
        .log_x()
        .log_y()
        .dashed("c·h²", Colour::Ink, above.filter(inside))
        .dotted("ε·J/h", Colour::Ink, below.filter(inside))
        .points("measured", Colour::Dz, errors.measured.iter().copied())
        .figure()
}

/// The loss curve of a mistake beside that of the right code.
pub fn exhibit(
    name: &str,
    wrong: &[(f64, f64)],
    right: &[(f64, f64)],
) -> Figure {
    Chart::new("step", "loss")
        .height(200)
        .line(name, Colour::Training, wrong.iter().copied())
        .dashed("the right code", Colour::Ink, right.iter().copied())
        .figure()
}

/// Loss over time, from each seed and in the middle: with the mistake of a
/// record, and without it.
pub fn budgets(record: &str) -> Figure {
    // `3000 right  13.012 … 12.8`: steps, a name, seed by seed, the middle.
    let rows = |name: &str| {
        let of_line = |line: &str| {
            let (steps, rest) = line.split_once(' ')?;
            let losses = rest.strip_prefix(name)?.split_whitespace();
            let losses: Option<Vec<f64>> =
                losses.map(|loss| loss.parse().ok()).collect();
            Some((steps.parse().ok()?, losses?))
        };
        record.lines().filter_map(of_line).collect::<Vec<(f64, Vec<f64>)>>()
    };
    let chart = Chart::new("step", "loss").log_y().y_range(1.0..100.0);
    let series = [
        ("masked-derivative", "mistake", Colour::Training),
        ("the right code", "right", Colour::Ink),
    ];
    let drawn = |chart: Chart, (label, name, colour): (&str, &str, Colour)| {
        let rows = rows(name);
        let columns = rows.first().map_or(0, |row| row.1.len());
        let column = |at: usize| rows.iter().map(move |row| (row.0, row.1[at]));
        let Some(seeds) = columns.checked_sub(1) else { return chart };
        let chart = (0..seeds).fold(chart, |chart, at| {
            let name = if at == 0 { "one seed" } else { "" };
            chart.thin(name, colour, column(at))
        });
        chart.line(label, colour, column(seeds))
    };
    series.into_iter().fold(chart, drawn).figure()
}
