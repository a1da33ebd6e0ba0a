//! The figures of chapter 7, drawn from a record of measurements.

use chainrule::figures::{Chart, Colour, Figure};

use crate::counts::Work;
use crate::record::Record;
use chapters::ch07_speed::rungs;

/// Every figure with its name.
pub fn all(record: &Record<'_>) -> Vec<(&'static str, Figure)> {
    vec![
        ("ch07_speed", ladder(record)),
        ("ch07_speed_roofline", roofline(record)),
        ("ch07_speed_growth", growth(record)),
        ("ch07_speed_threads", threads(record)),
    ]
}

/// How many times as fast as the literal rung each of them is, a row each.
fn ladder(record: &Record<'_>) -> Figure {
    // µs, ratio, low, high.
    let ratios = |hidden: usize| {
        rungs::ALL.iter().enumerate().filter_map(move |(place, kind)| {
            let row = record.rung(hidden, kind.name)?;
            Some((row[1], place as f64))
        })
    };
    Chart::new("steps a second, × literal", "")
        .rows(rungs::ALL.iter().map(|kind| kind.name.to_owned()))
        .height(250)
        .points("[1, 25, 1]", Colour::Ink, ratios(25))
        .points("[1, 6, 1]", Colour::Ink, ratios(6))
        .figure()
}

/// Speed against how much is computed for each byte that moves.
fn roofline(record: &Record<'_>) -> Figure {
    let number = |label| record.number(label).unwrap_or(f64::NAN);
    let peak = peak(record);
    let roof = |bandwidth: f64| {
        let ridge = peak / bandwidth;
        [(LEFT, LEFT * bandwidth), (ridge, peak), (RIGHT, peak)]
    };
    let work = Work::of(&[1, 25, 1], 100);
    let least = 1e-3 * work.operations() / number("µs together:");
    let rungs = rungs::ALL.iter().filter_map(|kind| {
        let micros = record.rung(25, kind.name)?[0];
        let bytes = kind.bytes * kind.passes? * work.exponentials;
        let operations = work.operations();
        Some((operations / bytes as f64, 1e-3 * operations / micros))
    });
    let wide = record.rows("width", 5).map(|row| {
        let bytes = 1e6 * row[4];
        (2.0 * row[1] / bytes, row[3])
    });
    Chart::new("operations for each byte", "Gflop/s")
        .log_x()
        .log_y()
        .line("cache", Colour::Ink, roof(number("GB/s, nearest cache:")))
        .dashed("memory", Colour::Ink, roof(number("GB/s, memory:")))
        .dotted("the least", Colour::Ink, [(LEFT, least), (RIGHT, least)])
        .points("rungs", Colour::Ink, rungs)
        .points("crate", Colour::Ink, wide)
        .figure()
}

/// The most that the processor can multiply and add, in Gflop/s.
fn peak(record: &Record<'_>) -> f64 {
    record.number("Gflop/s at most:").unwrap_or(f64::NAN)
}

const LEFT: f64 = 0.05;
const RIGHT: f64 = 200.0;

/// Time for a step against the multiply–adds in it.
fn growth(record: &Record<'_>) -> Figure {
    let series = |name| {
        record.rows(name, 5).map(|row| (row[1], row[2])).collect::<Vec<_>>()
    };
    let mut chart =
        Chart::new("multiply–adds in a step", "µs a step").log_x().log_y();
    for name in ["batch", "depth", "width"] {
        chart = chart.joined(name, Colour::Ink, series(name));
    }
    let peak = peak(record);
    let limit = |operations: f64| (operations, 2e-3 * operations / peak);
    chart
        .dashed("the processor's limit", Colour::Ink, [limit(1e3), limit(1e9)])
        .figure()
}

/// What a second thread gains.
fn threads(record: &Record<'_>) -> Figure {
    let gains = || record.rows("threads", 4).map(|row| (row[0], row[3]));
    Chart::new("samples", "gain by a second thread")
        .log_x()
        .y_range(0.0..2.1)
        .dashed("no gain", Colour::Ink, [(100.0, 1.0), (4e5, 1.0)])
        .joined("measured", Colour::Ink, gains())
        .figure()
}
