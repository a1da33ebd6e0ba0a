//! The fit, drawn where the reader already is.

use std::io::{self, IsTerminal, Write};

use textplots::{Chart, Plot, Shape};

/// The size of the plot in dots; a character is 2 dots wide and 4 high.
const WIDTH: u32 = 140;
const HEIGHT: u32 = 56;

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
    writeln!(out, "\n{}", drawing(points, line))
}

/// The plot as text.
fn drawing(
    points: impl Iterator<Item = (f64, f64)>,
    line: impl Iterator<Item = (f64, f64)>,
) -> String {
    let single = |(x, y): (f64, f64)| (x as f32, y as f32);
    let points: Vec<_> = points.map(single).collect();
    let line: Vec<_> = line.map(single).collect();
    let (left, right) = points
        .iter()
        .fold((f32::MAX, f32::MIN), |(l, r), &(x, _)| (l.min(x), r.max(x)));
    let (points, line) = (Shape::Points(&points), Shape::Lines(&line));
    let mut chart = Chart::new(WIDTH, HEIGHT, left, right);
    let chart = chart.lineplot(&points).lineplot(&line);
    chart.axis();
    chart.figures();
    chart.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plot_shows_its_points() {
        let parabola = || (0..50).map(f64::from).map(|x| (x, x * x));
        let text = drawing(parabola(), parabola());
        let dots =
            text.chars().filter(|c| ('\u{2801}'..='\u{28ff}').contains(c));
        assert!(dots.count() > 50, "{text}");
        assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    }
}
