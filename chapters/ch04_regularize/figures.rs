//! The figures of chapter 4.

use chainrule::figures::{Align, Chart, Colour, Figure, Loop, Sketch, contour};
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
        .thin("p = 0", Colour::Fit, plain)
        .line(&format!("p = {p}"), Colour::Fit, dropped)
        .figure()
}

/// A curve of training errors and one of held-out errors, over the steps.
fn errors(chart: Chart, curve: &[[f64; 2]]) -> Chart {
    let line = |which: usize| {
        let points = curve.iter().enumerate().skip(1);
        points.map(move |(i, errors)| (100.0 * i as f64, errors[which]))
    };
    chart.y_range(0.0..60.0).line("training", Colour::Training, line(0)).dashed(
        "held out",
        Colour::HeldOut,
        line(1),
    )
}

/// Training and held-out error against the step, with and without dropout.
pub fn curves(plain: &Ending, dropped: &Ending, p: f64) -> Figure {
    let panel = |title: &str| Chart::new("step", "error").title(title);
    Chart::beside([
        errors(panel("p = 0"), &plain.curve),
        errors(panel(&format!("p = {p}")), &dropped.curve),
    ])
}

/// Training and held-out error of a run whose dropout came late.
pub fn switched(curve: Vec<[f64; 2]>, switch: usize) -> Figure {
    let at = switch as f64;
    errors(Chart::new("step", "error"), &curve)
        .dotted("dropout begins", Colour::Ink, [(at, 0.0), (at, 60.0)])
        .figure()
}

/// Held-out error of every remedy, a row each, at four numbers of steps, from
/// top to bottom in the row; from what `--budgets` printed.
pub fn budgets(text: &str) -> Figure {
    const STEPS: [&str; 4] =
        ["3000 steps", "6000 steps", "12,000 steps", "24,000 steps"];
    // Dropped inputs lie so far above that nothing else could be told apart.
    let rows = text.lines().filter_map(row);
    let rows: Vec<_> =
        rows.filter(|(name, _)| !name.starts_with("inputs")).collect();
    let names = rows.iter().map(|(name, _)| name.clone());
    let at = |i: usize, k: usize| i as f64 + 0.19 * (k as f64 - 1.5);
    let height = 42 * rows.len() as u32;
    let chart = Chart::new("held-out error", "").rows(names).height(height);
    let budget = |chart: Chart, (k, name): (usize, &str)| {
        let cells = rows.iter().enumerate().filter_map(|(i, (_, cells))| {
            let (mean, error) = cells.get(k)?;
            Some((*mean, at(i, k), *error))
        });
        chart.spreads(name, Colour::HeldOut, cells)
    };
    STEPS.into_iter().enumerate().fold(chart, budget).figure()
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
        .line("p = 0", Colour::A, of(0.0))
        .dashed("p = 0.2", Colour::A, of(0.2))
        .dotted("p = 0.5", Colour::A, of(0.5))
        .figure()
}

/// The layers of the network that shows a mask.
const SIZES: [usize; 4] = [2, 5, 5, 1];

/// A network whole, and under one drawn mask.
pub fn masked(args: &Args) -> Result<Figure, Error> {
    let whole = SIZES.map(|units| vec![true; units]);
    let kept = one_mask(args.seed.wrapping_add(3))?;
    Ok(Figure::sketched(|page| {
        let (high, right) =
            page.choose((390.0, (370.0, 0.0)), (780.0, (0.0, 390.0)));
        let mut sketch = Sketch::new(page.units(), high);
        let title = "evaluation: every unit";
        network(&mut sketch, (0.0, 0.0), title, &whole, "");
        let title = "training: one mask, p = 0.5";
        network(&mut sketch, right, title, &kept, "×2");
        sketch
    }))
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
    (left, top): (f64, f64),
    title: &str,
    kept: &[Vec<bool>; 4],
    scale: &str,
) {
    let at = (left + 175.0, top + 22.0);
    sketch.text(at, title, Align::Centre, Colour::Ink);
    let centre = |l: usize, i: usize| {
        let first = 212.0 - 32.0 * (SIZES[l] as f64 - 1.0);
        (left + 40.0 + 90.0 * l as f64, top + first + 64.0 * i as f64)
    };
    let units = |l: usize| (0..SIZES[l]).filter(move |&i| kept[l][i]);
    for l in 1..SIZES.len() {
        for (i, j) in units(l).flat_map(|i| units(l - 1).map(move |j| (i, j))) {
            let (from, to) = (centre(l - 1, j), centre(l, i));
            let (from, to) = ((from.0 + 20.0, from.1), (to.0 - 20.0, to.1));
            sketch.line(from, to, Colour::W);
        }
    }
    for (l, kept) in kept.iter().enumerate() {
        let (colour, text) = match l {
            0 => (Colour::Data, ""),
            3 => (Colour::Fit, ""),
            _ => (Colour::A, scale),
        };
        for (i, &kept) in kept.iter().enumerate() {
            unit(sketch, centre(l, i), kept.then_some((colour, text)));
        }
    }
}

/// A unit in its colour, with a text in it, or a dropped one.
fn unit(sketch: &mut Sketch, at: (f64, f64), kept: Option<(Colour, &str)>) {
    const RADIUS: f64 = 19.0;
    if let Some((colour, text)) = kept {
        sketch.circle(at, RADIUS, colour, true);
        sketch.circle(at, RADIUS, colour, false);
        if !text.is_empty() {
            sketch.text(at, text, Align::Centre, Colour::Ink);
        }
    } else {
        sketch.circle(at, RADIUS, Colour::Dropped, false);
        sketch.text(at, "0", Align::Centre, Colour::Ink);
    }
}

/// How far the panels reach in every direction.
pub const REACH: f64 = 1.25;

/// Two panels: the samples, and the region that the second class was given,
/// from how much its weighted sum is larger at each node of a grid.
pub fn regions(
    panels: &[(String, Vec<Vec<f64>>)],
    samples: &[[f64; 3]],
) -> Figure {
    let panel = |(title, leads): &(String, Vec<Vec<f64>>)| {
        let last = leads.len().saturating_sub(1).max(1) as f64;
        let place = |at: f64| REACH * (2.0 * at / last - 1.0);
        let line = |line: Loop| -> Loop {
            line.into_iter().map(|(c, r)| (place(c), -place(r))).collect()
        };
        let region = contour(leads).into_iter().map(line);
        let class = |class: f64| {
            let these = samples.iter().filter(move |it| it[2] == class);
            these.map(|[x, y, _]| (*x, *y))
        };
        Chart::new("x[1]", "x[2]")
            .title(title)
            .square()
            .x_range(-REACH..REACH)
            .y_range(-REACH..REACH)
            .area("", Colour::Fit, region)
            .points("first class", Colour::Data, class(0.0))
            .points("second", Colour::Data, class(1.0))
    };
    Chart::beside(panels.iter().map(panel))
}
