//! The figures of chapter 4.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use chainrule::{Activation, Buffers, Error, Parameters, forward_dropout};
use chainrule::{Dropout, seeded};
use ndarray::Array2;

use crate::Args;
use crate::overfit::Ending;
use crate::widths::Point;

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

/// Training and held-out error of every remedy, with error bars.
pub fn errors(endings: &[Ending]) -> Figure {
    let place = |i: usize| i as f64;
    let bars = |shift: f64, of: fn(&Ending) -> (f64, f64)| {
        endings.iter().enumerate().map(move |(i, ending)| {
            let (mean, error) = of(ending);
            (place(i) + shift, mean, error)
        })
    };
    let names = endings.iter().map(|ending| {
        let name = ending.name.replace("dropout ", "");
        name.replace("L2 0", "λ ").replace("early stopping", "stop")
    });
    Chart::new("dropout p, then L2 with λ, then early stopping", "error")
        .x_range(-0.6..endings.len() as f64 - 0.4)
        .x_names(names)
        .error_bars(
            "training",
            Colour::Training,
            bars(-0.12, |e| (e.training.mean, e.training.error)),
        )
        .error_bars(
            "held out",
            Colour::HeldOut,
            bars(0.12, |e| (e.held_out.mean, e.held_out.error)),
        )
        .figure()
}

/// Held-out error against p, for a fixed width and a fixed number kept.
pub fn widths(studies: &[Vec<Point>]) -> Figure {
    let bars = |i: usize, shift: f64| {
        studies[i].iter().map(move |point| {
            (point.p + shift, point.held_out.mean, point.held_out.error)
        })
    };
    let line = |i: usize, shift: f64| bars(i, shift).map(|(x, y, _)| (x, y));
    Chart::new("drop probability p", "held-out error")
        .dashed("", Colour::HeldOut, line(0, -0.004))
        .error_bars("50 units", Colour::HeldOut, bars(0, -0.004))
        .line("", Colour::Fit, line(1, 0.004))
        .error_bars("25 units kept on average", Colour::Fit, bars(1, 0.004))
        .figure()
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

/// A network of [2, 5, 5, 1]: whole, and under one drawn mask.
pub fn masked(args: &Args) -> Result<Figure, Error> {
    let sizes = [2, 5, 5, 1];
    let mut rng = seeded(args.seed.wrapping_add(3));
    let parameters = Parameters::xavier(&sizes, &mut rng)?;
    let mut buffers = Buffers::new();
    let x = Array2::zeros((2, 1));
    let half = Dropout::new(0.5)?;
    let pass = forward_dropout(
        &parameters,
        Activation::Sigmoid,
        half,
        x.view(),
        &mut rng,
        &mut buffers,
    )?;
    let kept = |l: usize, i: usize| {
        pass.mask(l).is_none_or(|mask| mask.kept()[[i, 0]])
    };
    let mut sketch = Sketch::new(1600, 860);
    let title = |at, text| (at, text);
    for (left, (at, text), dropping) in [
        (60, title(400, "evaluation: every unit"), false),
        (860, title(1200, "training: one mask, p = 0.5"), true),
    ] {
        sketch.text((at, 50), text, 50, Align::Centre, Colour::Ink);
        let centre = |l: usize, i: usize| {
            let gap = 140;
            let top = 470 - gap * (sizes[l] as i32 - 1) / 2;
            (left + 60 + 190 * l as i32, top + gap * i as i32)
        };
        let stays = |l: usize, i: usize| !dropping || kept(l, i);
        for l in 1..sizes.len() {
            for (i, j) in (0..sizes[l])
                .flat_map(|i| (0..sizes[l - 1]).map(move |j| (i, j)))
            {
                if stays(l, i) && stays(l - 1, j) {
                    let (from, to) = (centre(l - 1, j), centre(l, i));
                    sketch.line(
                        (from.0 + 42, from.1),
                        (to.0 - 42, to.1),
                        Colour::Data,
                    );
                }
            }
        }
        for (l, &units) in sizes.iter().enumerate() {
            for i in 0..units {
                let at = centre(l, i);
                if stays(l, i) {
                    let colour = match l {
                        0 => Colour::Data,
                        3 => Colour::Fit,
                        _ => Colour::Training,
                    };
                    sketch.circle(at, 40, colour, true);
                    sketch.circle(at, 40, colour, false);
                    if dropping && (l == 1 || l == 2) {
                        sketch.text(at, "×2", 40, Align::Centre, Colour::Ink);
                    }
                } else {
                    sketch.circle(at, 40, Colour::Dropped, false);
                    sketch.text(at, "0", 44, Align::Centre, Colour::Ink);
                }
            }
        }
    }
    Ok(sketch.figure())
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
