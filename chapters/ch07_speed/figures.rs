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

/// How many times as fast as the literal rung each of them is.
fn ladder(record: &Record<'_>) -> Figure {
    // µs, ratio, low, high.
    let ratios = |hidden: usize| {
        rungs::ALL.iter().enumerate().filter_map(move |(place, kind)| {
            let row = record.rung(hidden, kind.name)?;
            Some((place as f64, row[1]))
        })
    };
    Chart::new("", "steps a second, × literal")
        .x_names(rungs::ALL.iter().map(|kind| short(kind.name)))
        .line("[1, 6, 1]", Colour::HeldOut, ratios(6))
        .points("", Colour::HeldOut, ratios(6))
        .line("[1, 25, 1]", Colour::Training, ratios(25))
        .points("", Colour::Training, ratios(25))
        .figure()
}

/// A rung's name without its article: the last one ends at the picture's edge.
fn short(name: &str) -> String {
    name.trim_start_matches("the ").to_owned()
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
        .line("cache", Colour::Training, roof(number("GB/s, nearest cache:")))
        .line("memory", Colour::HeldOut, roof(number("GB/s, memory:")))
        .dashed("the least", Colour::Dropped, [(LEFT, least), (RIGHT, least)])
        .points("crate", Colour::Data, wide)
        .points("rungs", Colour::Fit, rungs)
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
    for (name, colour) in [
        ("batch", Colour::Data),
        ("depth", Colour::HeldOut),
        ("width", Colour::Fit),
    ] {
        chart = chart.line(name, colour, series(name)).points(
            "",
            colour,
            series(name),
        );
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
        .dashed("no gain", Colour::Dropped, [(100.0, 1.0), (4e5, 1.0)])
        .line("", Colour::Training, gains())
        .points("measured", Colour::Training, gains())
        .figure()
}
