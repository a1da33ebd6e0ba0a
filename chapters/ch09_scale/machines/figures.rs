//! The figures of the chapter: how shards are added, and the model.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch, Width};
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
    Figure::sketched(drawn)
}

/// A rank's grounds, from faint to strong; its number stands on them.
const SHARES: [f64; RANKS] = [0.12, 0.3, 0.5];

fn drawn(page: Width) -> Sketch {
    let step = page.choose(88.0, 44.0);
    let middle = |from: usize, to: usize| {
        page.units() / 2.0 + step * ((from + to) as f64 - SHARDS as f64) / 2.0
    };
    let level = |shards: usize| 320.0 - 84.0 * f64::from(shards.ilog2());
    let root = 0..SHARDS;
    let ours: Vec<_> = (0..RANKS)
        .flat_map(|rank| {
            let nodes = branches(&root, &own(rank, RANKS, SHARDS));
            nodes.into_iter().map(move |node| (node, rank))
        })
        .collect();
    let mut sketch = Sketch::new(page.units(), 430.0);
    for shards in [2, 4, 8] {
        for from in (0..SHARDS).step_by(shards) {
            let at = (middle(from, from + shards), level(shards) + 15.0);
            let half = shards / 2;
            for (from, to) in
                [(from, from + half), (from + half, from + shards)]
            {
                let from = (middle(from, to), level(half) - 17.0);
                sketch.line(from, at, Colour::Ink);
            }
        }
    }
    for shards in [1, 2, 4, 8] {
        for from in (0..SHARDS).step_by(shards) {
            let node = from..from + shards;
            let owner = ours.iter().find(|(ours, _)| {
                ours.start <= node.start && node.end <= ours.end
            });
            let at = (middle(from, from + shards), level(shards));
            let width = page.choose(26.0, 20.0);
            match owner {
                Some(&(_, rank)) if shards == 1 => {
                    let width = page.choose(66.0, 38.0);
                    part(&mut sketch, at, width, rank);
                }
                Some(&(_, rank)) => {
                    sketch.circle(at, 15.0, Colour::Ink, false);
                    number(&mut sketch, at, rank);
                }
                // Nobody's alone: a third of it is each rank's.
                None => (0..RANKS).for_each(|rank| {
                    let off = width * (rank as f64 - 1.0);
                    part(&mut sketch, (at.0 + off, at.1), width, rank);
                }),
            }
        }
    }
    for rank in 0..RANKS {
        let own = own(rank, RANKS, SHARDS);
        let at = (middle(own.start, own.end), 362.0);
        let name = format!("rank {rank}");
        sketch.text(at, &name, Align::Centre, Colour::Ink);
    }
    let words = "shards of the batch";
    let below = (page.units() / 2.0, 400.0);
    sketch.text(below, words, Align::Centre, Colour::Ink);
    sketch
}

/// A box that belongs to a rank.
fn part(sketch: &mut Sketch, at: (f64, f64), width: f64, rank: usize) {
    let (corner, size) = ((at.0 - width / 2.0, at.1 - 15.0), (width, 30.0));
    sketch.shade(corner, size, Colour::Ink, SHARES[rank]);
    sketch.rectangle(corner, size, Colour::Ink, false);
    number(sketch, at, rank);
}

fn number(sketch: &mut Sketch, at: (f64, f64), rank: usize) {
    sketch.text(at, &rank.to_string(), Align::Centre, Colour::Ink);
}

type Value = fn(f64, Work, Link, Pattern) -> f64;

/// The model's lines in a chart.
fn lines(mut chart: Chart, record: &Record<'_>, value: Value) -> Chart {
    let (work, here) = model::measured(record);
    for (name, assumed, pattern) in LINES {
        let link = if assumed { ASSUMED } else { here };
        let point = |half: i32| {
            let ranks = 2.0_f64.powf(f64::from(half) / 2.0);
            (ranks, value(ranks, work, link, pattern))
        };
        chart = chart.line(name, Colour::Ink, (0..=24).map(point));
    }
    chart
}

fn strong(record: &Record<'_>) -> Figure {
    let chart = Chart::new("ranks (a model)", "speed-up").log_x().log_y();
    let ideal = [(1.0, 1.0), (4096.0, 4096.0)];
    let chart = lines(chart, record, model::speed_up);
    let chart = chart.thin("ideal", Colour::Ink, ideal);
    let real = record.rows("real ");
    let alone = real.first().map_or(f64::NAN, |row| row[1]);
    let real = real.iter().map(|row| (row[0], alone / row[1]));
    chart.points("real runs", Colour::Ink, real).figure()
}

fn weak(record: &Record<'_>) -> Figure {
    let chart = Chart::new("ranks (a model)", "share of the time computing");
    let chart = chart.log_x().y_range(0.0..1.05);
    lines(chart, record, model::efficiency).figure()
}
