//! The figures of chapter 4.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use chainrule::{Activation, Buffers, Error, Parameters, forward_dropout};
use chainrule::{Dropout, seeded};
use ndarray::Array2;

use crate::Args;
use crate::ending::Ending;

/// The samples, the truth, and the answers with and without dropout.
pub fn fits(
    data: Vec<(f64, f64)>,
    truth: Vec<(f64, f64)>,
    plain: Vec<(f64, f64)>,
    dropped: Vec<(f64, f64)>,
    p: f64,
) -> Figure {
    Chart::new("x", "y")
        .points("samples", Colour::Data, data)
        .dashed("truth", Colour::Data, truth)
        .thin("p = 0", Colour::HeldOut, plain)
        .line(&format!("p = {p}"), Colour::Fit, dropped)
        .figure()
}

/// Training and held-out error against the step, with and without dropout.
pub fn curves(plain: &Ending, dropped: &Ending) -> Figure {
    let curve = |ending: &Ending, which: usize| {
        let points = ending.curve.iter().enumerate().skip(1);
        points
            .map(|(i, errors)| (100.0 * i as f64, errors[which]))
            .collect::<Vec<_>>()
    };
    Chart::new("step", "error (dashed: with dropout)")
        .y_range(0.0..60.0)
        .line("training", Colour::Training, curve(plain, 0))
        .line("held out", Colour::HeldOut, curve(plain, 1))
        .dashed("", Colour::Training, curve(dropped, 0))
        .dashed("", Colour::HeldOut, curve(dropped, 1))
        .figure()
}

/// Training and held-out error of a run whose dropout came late.
pub fn switched(curve: Vec<[f64; 2]>, switch: usize) -> Figure {
    let line = |which: usize| {
        let points = curve.iter().enumerate().skip(1);
        let steps = points.map(move |(i, e)| (100.0 * i as f64, e[which]));
        steps.collect::<Vec<_>>()
    };
    let at = switch as f64;
    Chart::new("step", "error")
        .y_range(0.0..60.0)
        .dashed("dropout begins", Colour::Data, [(at, 0.0), (at, 60.0)])
        .line("training", Colour::Training, line(0))
        .line("held out", Colour::HeldOut, line(1))
        .figure()
}

/// Held-out error of every remedy at four numbers of steps, from left to right
/// at each place; from what `--budgets` printed.
pub fn budgets(text: &str) -> Figure {
    // Dropped inputs lie so far above that nothing else could be told apart.
    let rows = text.lines().filter_map(row);
    let rows: Vec<_> =
        rows.filter(|(name, _)| !name.starts_with("inputs")).collect();
    let at = |i: usize, k: usize| i as f64 + 0.2 * (k as f64 - 1.5);
    let curves = rows.iter().enumerate().map(|(i, (_, cells))| {
        let cells = cells.iter().enumerate();
        cells.map(move |(k, &(mean, error))| (at(i, k), mean, error))
    });
    let names = rows
        .iter()
        .map(|(name, _)| name.replace("0.", ".").replace("stopping", "stop"));
    let mut chart = Chart::new("remedy", "held-out error")
        .x_range(-0.6..rows.len() as f64 - 0.4)
        .x_names(names);
    for curve in curves {
        let line = curve.clone().map(|(x, y, _)| (x, y));
        chart = chart.line("", Colour::HeldOut, line).error_bars(
            "",
            Colour::HeldOut,
            curve,
        );
    }
    chart.figure()
}

/// A remedy's name, and its four means with their errors.
fn row(line: &str) -> Option<(String, Vec<(f64, f64)>)> {
    let words: Vec<_> = line.strip_prefix("held out ")?.split(' ').collect();
    let words: Vec<_> = words.into_iter().filter(|it| !it.is_empty()).collect();
    let (name, cells) = words.split_at(words.len().checked_sub(12)?);
    let cell =
        |cell: &[&str]| Some((cell[0].parse().ok()?, cell[2].parse().ok()?));
    let cells = cells.chunks(3).map(cell).collect::<Option<Vec<_>>>()?;
    Some((name.join(" "), cells))
}

/// The share of hidden activations that exceed a, for each p.
pub fn sparsity(spectra: &[(f64, Vec<f64>)]) -> Figure {
    let curve = |all: &[f64]| {
        let mut sorted = all.to_vec();
        sorted.sort_by(f64::total_cmp);
        let above = |a: f64| sorted.len() - sorted.partition_point(|v| *v <= a);
        let share = |a: f64| above(a) as f64 / sorted.len() as f64;
        (0..=100)
            .map(|i| 0.1 * f64::from(i))
            .map(|a| (a, share(a)))
            .collect::<Vec<_>>()
    };
    let of = |p: f64| {
        let found = spectra.iter().find(|(q, _)| *q == p);
        found.map(|(_, all)| curve(all)).unwrap_or_default()
    };
    Chart::new("a", "share of activations above a")
        .line("p = 0", Colour::Training, of(0.0))
        .dashed("p = 0.2", Colour::HeldOut, of(0.2))
        .line("p = 0.5", Colour::Fit, of(0.5))
        .figure()
}

/// The layers of the network that shows a mask.
const SIZES: [usize; 4] = [2, 5, 5, 1];

/// A network whole, and under one drawn mask.
pub fn masked(args: &Args) -> Result<Figure, Error> {
    let whole = SIZES.map(|units| vec![true; units]);
    let kept = one_mask(args.seed.wrapping_add(3))?;
    let mut sketch = Sketch::new(1600, 860);
    network(&mut sketch, 60, "evaluation: every unit", &whole, "");
    network(&mut sketch, 860, "training: one mask, p = 0.5", &kept, "×2");
    Ok(sketch.figure())
}

/// Which units of each layer one mask keeps.
fn one_mask(seed: u64) -> Result<[Vec<bool>; 4], Error> {
    let mut rng = seeded(seed);
    let parameters = Parameters::xavier(&SIZES, &mut rng)?;
    let mut buffers = Buffers::new();
    let x = Array2::zeros((2, 1));
    let pass = forward_dropout(
        &parameters,
        Activation::Sigmoid,
        Dropout::new(0.5)?,
        x.view(),
        &mut rng,
        &mut buffers,
    )?;
    Ok([0, 1, 2, 3].map(|l| match pass.mask(l) {
        Some(mask) => mask.kept().iter().copied().collect(),
        None => vec![true; SIZES[l]],
    }))
}

/// The units of every layer, a column a layer, and what joins those that are
/// kept; in the hidden ones stands what they are scaled by.
fn network(
    sketch: &mut Sketch,
    left: i32,
    title: &str,
    kept: &[Vec<bool>; 4],
    scale: &str,
) {
    sketch.text((left + 340, 50), title, 50, Align::Centre, Colour::Ink);
    let centre = |l: usize, i: usize| {
        let top = 470 - 70 * (SIZES[l] as i32 - 1);
        (left + 60 + 190 * l as i32, top + 140 * i as i32)
    };
    let units = |l: usize| (0..SIZES[l]).filter(move |&i| kept[l][i]);
    for l in 1..SIZES.len() {
        for (i, j) in units(l).flat_map(|i| units(l - 1).map(move |j| (i, j))) {
            let (from, to) = (centre(l - 1, j), centre(l, i));
            let (from, to) = ((from.0 + 42, from.1), (to.0 - 42, to.1));
            sketch.line(from, to, Colour::Data);
        }
    }
    for (l, kept) in kept.iter().enumerate() {
        let (colour, text) = match l {
            0 => (Colour::Data, ""),
            3 => (Colour::Fit, ""),
            _ => (Colour::Training, scale),
        };
        for (i, &kept) in kept.iter().enumerate() {
            unit(sketch, centre(l, i), kept.then_some((colour, text)));
        }
    }
}

/// A unit in its colour, with a text in it, or a dropped one.
fn unit(sketch: &mut Sketch, at: (i32, i32), kept: Option<(Colour, &str)>) {
    if let Some((colour, text)) = kept {
        sketch.circle(at, 40, colour, true);
        sketch.circle(at, 40, colour, false);
        if !text.is_empty() {
            sketch.text(at, text, 40, Align::Centre, Colour::Ink);
        }
    } else {
        sketch.circle(at, 40, Colour::Dropped, false);
        sketch.text(at, "0", 44, Align::Centre, Colour::Ink);
    }
}

/// Two panels: the samples, and the region that each class was given.
pub fn regions(
    panels: &[(String, Vec<Vec<bool>>)],
    samples: &[[f64; 3]],
) -> Figure {
    let (side, top) = (700, 110);
    let mut sketch = Sketch::new(1600, 850);
    for (k, (title, cells)) in panels.iter().enumerate() {
        let left = 60 + 780 * k as i32;
        let at = (left + side / 2, 55);
        sketch.text(at, title, 50, Align::Centre, Colour::Ink);
        let cell = side / cells.len() as i32;
        for (r, row) in cells.iter().enumerate() {
            let mut c = 0;
            while c < row.len() {
                let end = (c..row.len())
                    .find(|&e| row[e] != row[c])
                    .unwrap_or(row.len());
                if row[c] {
                    let corner =
                        (left + cell * c as i32, top + cell * r as i32);
                    let size = (cell * (end - c) as i32, cell);
                    sketch.rectangle(corner, size, Colour::Fit, true);
                }
                c = end;
            }
        }
        for [x, y, class] in samples {
            let place = |v: f64| ((v + 1.25) / 2.5 * f64::from(side)) as i32;
            let at = (left + place(*x), top + side - place(*y));
            let first = *class == 0.0;
            let colour = if first { Colour::Training } else { Colour::Fit };
            sketch.circle(at, 8, colour, false);
            if first {
                sketch.circle(at, 3, colour, false);
            }
        }
    }
    sketch.figure()
}
