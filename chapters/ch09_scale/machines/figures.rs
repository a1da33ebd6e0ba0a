//! The figures of the chapter: how shards are added, and the model.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use shared::tree::{branches, own};

use crate::model::{self, ASSUMED, LINES, Link, Pattern, Work};
use crate::record::Record;

/// Every figure with its name.
pub fn all(record: &Record<'_>) -> Vec<(&'static str, Figure)> {
    vec![
        ("ch09_scale", tree()),
        ("ch09_scale_strong", strong(record)),
        ("ch09_scale_weak", weak(record)),
    ]
}

/// How many shards the drawing has.
const SHARDS: usize = 8;
/// How many ranks.
const RANKS: usize = 3;

/// Eight shards, three ranks, one tree.
fn tree() -> Figure {
    let mut sketch = Sketch::new(1600, 900);
    let x = |from: usize, to: usize| (100 + 100 * (from + to) - 100) as i32;
    let y = |shards: usize| 690 - 190 * shards.ilog2() as i32;
    let colours = [Colour::Training, Colour::Fit, Colour::HeldOut];
    let root = 0..SHARDS;
    let ours: Vec<_> = (0..RANKS)
        .flat_map(|rank| {
            let nodes = branches(&root, &own(rank, RANKS, SHARDS));
            nodes.into_iter().map(move |node| (node, colours[rank]))
        })
        .collect();
    for shards in [2, 4, 8] {
        for from in (0..SHARDS).step_by(shards) {
            let at = (x(from, from + shards), y(shards));
            let half = shards / 2;
            for (from, to) in
                [(from, from + half), (from + half, from + shards)]
            {
                let from = (x(from, to), y(half) - 44);
                sketch.line(from, (at.0, at.1 + 38), Colour::Ink);
            }
        }
    }
    for shards in [1, 2, 4, 8] {
        for from in (0..SHARDS).step_by(shards) {
            let node = from..from + shards;
            let owner = ours.iter().find(|(ours, _)| {
                ours.start <= node.start && node.end <= ours.end
            });
            let (colour, filled) = match owner {
                Some((_, colour)) => (*colour, true),
                None => (Colour::Ink, false),
            };
            let (x, y) = (x(from, from + shards), y(shards));
            if shards == 1 {
                let corner = (x - 75, y - 40);
                sketch.rectangle(corner, (150, 80), colour, true);
            } else if filled {
                sketch.circle((x, y), 34, colour, true);
            } else {
                // Nobody's alone: a third of it is each rank's.
                for (k, colour) in colours.iter().enumerate() {
                    let corner = (x - 48 + 32 * k as i32, y - 30);
                    sketch.rectangle(corner, (32, 60), *colour, true);
                }
            }
        }
    }
    for (rank, colour) in colours.into_iter().enumerate() {
        let own = own(rank, RANKS, SHARDS);
        let at = (x(own.start, own.end), 790);
        let name = format!("rank {rank}");
        sketch.text(at, &name, 54, Align::Centre, colour);
    }
    let words = "shards of the batch";
    sketch.text((800, 866), words, 54, Align::Centre, Colour::Ink);
    sketch.figure()
}

/// The colours of the model's lines.
const COLOURS: [Colour; 3] = [Colour::Training, Colour::HeldOut, Colour::Fit];

type Value = fn(f64, Work, Link, Pattern) -> f64;

/// The model's lines in a chart.
fn lines(mut chart: Chart, record: &Record<'_>, value: Value) -> Chart {
    let (work, here) = model::measured(record);
    for ((name, assumed, pattern), colour) in LINES.into_iter().zip(COLOURS) {
        let link = if assumed { ASSUMED } else { here };
        let point = |half: i32| {
            let ranks = 2.0_f64.powf(f64::from(half) / 2.0);
            (ranks, value(ranks, work, link, pattern))
        };
        chart = chart.line(name, colour, (0..=24).map(point));
    }
    chart
}

fn strong(record: &Record<'_>) -> Figure {
    let chart = Chart::new("ranks (a model)", "speed-up").log_x().log_y();
    let ideal = [(1.0, 1.0), (4096.0, 4096.0)];
    let chart = chart.dashed("ideal", Colour::Dropped, ideal);
    let chart = lines(chart, record, model::speed_up);
    let real = record.rows("real ");
    let alone = real.first().map_or(f64::NAN, |row| row[1]);
    let real = real.iter().map(|row| (row[0], alone / row[1]));
    chart.points("real runs", Colour::Data, real).figure()
}

fn weak(record: &Record<'_>) -> Figure {
    let chart = Chart::new("ranks (a model)", "share of the time computing");
    let chart = chart.log_x().y_range(0.0..1.05);
    lines(chart, record, model::efficiency).figure()
}
