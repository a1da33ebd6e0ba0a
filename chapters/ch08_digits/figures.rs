//! The figures of chapter 8.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use chapters::ch08_digits::data::{INK, SIDE};
use chapters::ch08_digits::digits::{CLASSES, Digits};

use crate::mistakes::Mistake;

/// A pixel's width in the figure of a hundred, and the room of a digit.
const PIXEL: i32 = 16;
const ROOM: i32 = 156;

/// The first ten of each digit, a row a digit.
pub fn hundred(digits: &Digits) -> Figure {
    let mut sketch = Sketch::new(1600, 1580);
    for digit in 0..CLASSES {
        let all = 0..digits.count();
        let these = all.filter(|&which| digits.label(which) == digit);
        for (column, which) in these.take(10).enumerate() {
            let at = |place: usize| 30 + ROOM * place as i32;
            image(
                &mut sketch,
                digits.image(which),
                (at(column), at(digit)),
                PIXEL,
            );
        }
    }
    sketch.figure()
}

/// One digit, its pixels so wide, from its upper left corner on.
fn image(sketch: &mut Sketch, bytes: &[u8], (x, y): (i32, i32), pixel: i32) {
    for (k, &byte) in bytes.iter().enumerate() {
        if byte > 0 {
            let place = |i: usize| pixel * i as i32;
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
        .dashed("1/√B", Colour::Data, root(&first))
        .dashed("", Colour::Data, root(&last))
        .thin("", Colour::Ink, first_curve)
        .thin("", Colour::Ink, last_curve)
        .points("at the start", Colour::Training, first)
        .points(after, Colour::HeldOut, last)
        .figure()
}

/// Validation loss by epoch, a curve an optimiser.
pub fn optimisers(curves: &[(String, Points)]) -> Figure {
    let colours = [Colour::Training, Colour::HeldOut, Colour::Fit];
    let mut chart = Chart::new("epoch", "validation loss").log_y();
    for ((name, points), colour) in curves.iter().zip(colours) {
        let points = points.clone();
        chart = match colour {
            Colour::HeldOut => chart.dashed(name, colour, points),
            _ => chart.line(name, colour, points),
        };
    }
    chart.figure()
}

/// The lines of `--earns` that are drawn.
const EARNED: [(&str, &str, Colour); 4] = [
    ("p 0.2", "p = 0.2", Colour::Training),
    ("p 0.5", "0.5", Colour::HeldOut),
    ("chosen p", "p chosen", Colour::Fit),
    ("chosen λ", "λ chosen", Colour::Data),
];

/// How much lower the test loss is than without a remedy, by budget: few digits
/// above, many below; from what `--earns` printed. What lies so high that
/// nothing else could be told apart is left out.
pub fn earns(text: &str) -> Figure {
    let panel = |(n, most): (usize, f64)| {
        let epochs = cells(text, &format!("{n} epochs "));
        let ends = (-0.5, epochs.len() as f64 - 0.5);
        let name = format!("epochs, {n} digits");
        let mut chart = Chart::new(&name, "loss − loss at p = 0")
            .x_range(ends.0..ends.1)
            .x_names(epochs.iter().map(f64::to_string))
            .dashed("", Colour::Ink, [(ends.0, 0.0), (ends.1, 0.0)]);
        for (s, (name, shown, colour)) in EARNED.into_iter().enumerate() {
            let means = cells(text, &format!("{n} more loss: {name} "));
            let means = means.chunks_exact(2).enumerate();
            let x = |k: usize| k as f64 + 0.15 * (s as f64 - 1.5);
            let bars = means.map(|(k, it)| (x(k), it[0], it[1]));
            let near = bars.filter(|(_, mean, _)| *mean < most);
            chart = chart.error_bars(shown, colour, near);
        }
        chart
    };
    Chart::stacked([(200, 0.1), (1000, 0.03)].map(panel))
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
        .error_bars("without dropout", Colour::Training, of(0))
        .error_bars("with", Colour::HeldOut, of(1))
        .error_bars("averaged", Colour::Fit, of(2))
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
    const IN_ROW: usize = 5;
    let rows = wrong.len().div_ceil(IN_ROW).max(1);
    let mut sketch = Sketch::new(1600, 40 + 340 * rows as u32);
    for (k, it) in wrong.iter().enumerate() {
        let place = |i: usize, room: i32| room * i as i32;
        let (x, y) = (place(k % IN_ROW, 320), 40 + place(k / IN_ROW, 340));
        image(&mut sketch, digits.image(it.digit), (x + 64, y), 24);
        let text = format!("{} for {}, {:.2}", it.answer, it.label, it.sure);
        sketch.text((x + 160, y + 236), &text, 50, Align::Centre, Colour::Ink);
    }
    sketch.figure()
}
