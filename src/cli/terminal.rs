//! The fit, drawn where the reader already is.

use std::io::{self, IsTerminal, Write};

use textplots::{Chart, Plot, Shape};

/// Draws points, and a line through other points, with Unicode dots; nothing
/// unless stdout is a terminal.
///
/// # Errors
/// Whatever writing to `out` meets.
pub fn plot(
    out: &mut dyn Write,
    points: impl Iterator<Item = (f64, f64)>,
    line: impl Iterator<Item = (f64, f64)>,
) -> io::Result<()> {
    if !io::stdout().is_terminal() {
        return Ok(());
    }
    let single = |(x, y): (f64, f64)| (x as f32, y as f32);
    let points: Vec<_> = points.map(single).collect();
    let line: Vec<_> = line.map(single).collect();
    let (left, right) = points
        .iter()
        .fold((f32::MAX, f32::MIN), |(l, r), &(x, _)| (l.min(x), r.max(x)));
    // The data as dots, the fit as a connected line.
    let chart = Chart::new(120, 60, left, right)
        .lineplot(&Shape::Points(&points))
        .lineplot(&Shape::Lines(&line))
        .to_string();
    writeln!(out, "\n{chart}")
}
