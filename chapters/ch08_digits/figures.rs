//! The figures of chapter 8.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use chapters::ch08_digits::data::{INK, SIDE};
use chapters::ch08_digits::digits::{CLASSES, Digits};

use crate::mistakes::Mistake;

/// A pixel's width in the figure of a hundred, and the room of a digit.
const PIXEL: f64 = 7.0;
const ROOM: f64 = 72.0;

/// The first ten of each digit, a row a digit.
pub fn hundred(digits: &Digits) -> Figure {
    let all = ROOM * CLASSES as f64;
    let mut sketch = Sketch::new(all, all);
    for digit in 0..CLASSES {
        let all = 0..digits.count();
        let these = all.filter(|&which| digits.label(which) == digit);
        for (column, which) in these.take(10).enumerate() {
            let at = |place: usize| 8.0 + ROOM * place as f64;
            let corner = (at(column), at(digit));
            image(&mut sketch, digits.image(which), corner, PIXEL);
        }
    }
    sketch.figure()
}

/// One digit, its pixels so wide, from its upper left corner on.
fn image(sketch: &mut Sketch, bytes: &[u8], (x, y): (f64, f64), pixel: f64) {
    for (k, &byte) in bytes.iter().enumerate() {
        if byte > 0 {
            let place = |i: usize| pixel * i as f64;
            let corner = (x + place(k % SIDE), y + place(k / SIDE));
            let share = f64::from(byte) / f64::from(INK);
            sketch.shade(corner, (pixel, pixel), Colour::Data, share);
        }
    }
}

/// Points of a chart.
type Points = Vec<(f64, f64)>;

/// How far a minibatch's gradient lies from the whole one, at the start and
/// later: what was measured, on the curve that is expected, beside 1/√B.
pub fn noise(start: &[Points; 2], end: &[Points; 2], after: &str) -> Figure {
    let [first, first_curve] = start.clone();
    let [last, last_curve] = end.clone();
    let root = |points: &Points| {
        let one = points.first().map_or(f64::NAN, |point| point.1);
        [1.0, 1000.0].map(|batch: f64| (batch, one / batch.sqrt()))
    };
    Chart::new("digits of a minibatch, B", "distance from g, in lengths of g")
        .log_x()
        .log_y()
        .dashed("1/√B", Colour::Ink, root(&first))
        .dashed("", Colour::Ink, root(&last))
        .thin("", Colour::Ink, first_curve)
        .thin("", Colour::Ink, last_curve)
        .points("at the start", Colour::Dz, first)
        .points(after, Colour::Dz, last)
        .figure()
}

/// Validation loss by epoch, a curve an optimiser.
pub fn optimisers(curves: &[(String, Points)]) -> Figure {
    let chart = Chart::new("epoch", "validation loss").log_y();
    let line = |chart: Chart, (name, points): &(String, Points)| {
        chart.line(name, Colour::HeldOut, points.iter().copied())
    };
    curves.iter().fold(chart, line).figure()
}

/// The lines of `--earns` that are drawn.
const EARNED: [(&str, &str); 4] = [
    ("p 0.2", "p = 0.2"),
    ("p 0.5", "p = 0.5"),
    ("chosen p", "p chosen"),
    ("chosen λ", "λ chosen"),
];

/// How much lower the test loss is than without a remedy, by budget: few digits
/// above, many below; from what `--earns` printed. What lies so high that
/// nothing else could be told apart is left out.
pub fn earns(text: &str) -> Figure {
    let panel = |(n, most): (usize, f64)| {
        let epochs = cells(text, &format!("{n} epochs "));
        let ends = (-0.5, epochs.len() as f64 - 0.5);
        let mut chart = Chart::new("epochs", "loss − loss at p = 0")
            .title(&format!("{n} digits"))
            .height(240)
            .x_range(ends.0..ends.1)
            .x_names(epochs.iter().map(f64::to_string))
            .dashed("", Colour::Ink, [(ends.0, 0.0), (ends.1, 0.0)]);
        for (s, (name, shown)) in EARNED.into_iter().enumerate() {
            let means = cells(text, &format!("{n} more loss: {name} "));
            let means = means.chunks_exact(2).enumerate();
            let x = |k: usize| k as f64 + 0.15 * (s as f64 - 1.5);
            let bars = means.map(|(k, it)| (x(k), it[0], it[1]));
            let near = bars.filter(|(_, mean, _)| *mean < most);
            chart = chart.error_bars(shown, Colour::HeldOut, near);
        }
        chart
    };
    let [few, many] = [(200, 0.1), (1000, 0.03)].map(panel);
    Chart::stacked([few, many.without_legend()])
}

/// The numbers of the line that begins so.
fn cells(text: &str, start: &str) -> Vec<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(start));
    let words = line.unwrap_or_default().split_whitespace();
    words.filter_map(|word| word.parse().ok()).collect()
}

/// The share of right answers against how sure they were, in tenths; from what
/// `--calibration` printed.
pub fn calibration(text: &str) -> Figure {
    let lines = text.lines().filter_map(|line| {
        let (_, cells) = line.strip_prefix("sure ")?.split_once(" to ")?;
        // Behind the end of the tenth: answers, sure, right, three times.
        let words: Vec<_> = cells.split_whitespace().skip(1).collect();
        Some(words.chunks(3).map(bin).collect::<Vec<_>>())
    });
    let bins: Vec<_> = lines.collect();
    let of = |way: usize| bins.iter().filter_map(move |line| *line.get(way)?);
    Chart::new("how sure the answers are", "share of them that is right")
        .dashed("", Colour::Ink, [(0.3, 0.3), (1.0, 1.0)])
        .error_bars("without dropout", Colour::HeldOut, of(0))
        .error_bars("with", Colour::HeldOut, of(1))
        .error_bars("averaged", Colour::HeldOut, of(2))
        .figure()
}

/// Fewer answers than these say nothing of a share.
const FEW: f64 = 10.0;

/// How sure, how often right, and the standard error of that.
fn bin(cells: &[&str]) -> Option<(f64, f64, f64)> {
    let [n, sure, right] = cells else { return None };
    let n: f64 = n.parse().ok()?;
    let (sure, right): (f64, f64) = (sure.parse().ok()?, right.parse().ok()?);
    let error = (right * (1.0 - right) / n).sqrt();
    (n >= FEW).then_some((sure, right, error))
}

/// The digits that are taken for others: what they show, the answer, and how
/// sure it was.
pub fn mistakes(digits: &Digits, wrong: &[Mistake]) -> Figure {
    Figure::sketched(|page| {
        let (in_row, pixel) = page.choose((5, 10.5), (3, 9.0));
        let room = page.units() / in_row as f64;
        let width = pixel * SIDE as f64;
        let row = width + 56.0;
        let rows = wrong.len().div_ceil(in_row).max(1) as f64;
        let mut sketch = Sketch::new(page.units(), row * rows);
        for (k, it) in wrong.iter().enumerate() {
            let (x, y) =
                (room * (k % in_row) as f64, row * (k / in_row) as f64);
            let corner = (x + (room - width) / 2.0, y + 8.0);
            image(&mut sketch, digits.image(it.digit), corner, pixel);
            let text =
                format!("{} for {}, {:.2}", it.answer, it.label, it.sure);
            let below = (x + room / 2.0, y + width + 26.0);
            sketch.text(below, &text, Align::Centre, Colour::Ink);
        }
        sketch
    })
}
