//! The figures of chapter 1.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch, Width};
use chainrule::{Dropout, Mask};
use ndarray::{Array1, Ix1};

use crate::{Moments, expected_variance};

/// Three rows of cells, on a narrow page three columns: x, the mask, and what
/// is handed on.
pub fn one_mask(
    x: &Array1<f32>,
    mask: &Mask<Ix1>,
    rescaled: &Array1<f32>,
) -> Figure {
    Figure::sketched(|page| {
        let long = 44.0 + cell(page) * x.len() as f64;
        let mut sketch = page.choose(
            Sketch::new(page.units(), 190.0),
            Sketch::new(page.units(), long),
        );
        for (r, name) in ["x", "mask", "rescaled"].into_iter().enumerate() {
            let (at, align) = page.choose(
                ((96.0, centre(page, r, 0).1), Align::Right),
                ((centre(page, r, 0).0, 16.0), Align::Centre),
            );
            sketch.text(at, name, align, Colour::Ink);
        }
        for (i, &kept) in mask.kept().iter().enumerate() {
            let colour = if kept { Colour::Mask } else { Colour::Dropped };
            let mut draw = |r, text: &str, colour, kept| {
                draw(&mut sketch, page, (r, i), text, colour, kept);
            };
            draw(0, &x[i].to_string(), Colour::Data, true);
            draw(1, if kept { "1" } else { "0" }, colour, kept);
            draw(2, &short(rescaled[i]), colour, kept);
        }
        sketch
    })
}

/// From one cell of a row to the next.
fn cell(page: Width) -> f64 {
    page.choose(60.0, 30.0)
}

/// Entry i of row r.
fn centre(page: Width, r: usize, i: usize) -> (f64, f64) {
    let (r, i) = (r as f64, i as f64);
    page.choose(
        (142.0 + cell(page) * i, 35.0 + 60.0 * r),
        (60.0 + 120.0 * r, 52.0 + cell(page) * i),
    )
}

fn draw(
    sketch: &mut Sketch,
    page: Width,
    (r, i): (usize, usize),
    text: &str,
    colour: Colour,
    filled: bool,
) {
    let (x, y) = centre(page, r, i);
    let (width, height) = page.choose((52.0, 46.0), (100.0, 26.0));
    let corner = (x - width / 2.0, y - height / 2.0);
    sketch.rectangle(corner, (width, height), colour, filled);
    sketch.text((x, y), text, Align::Centre, Colour::Ink);
}

/// Two decimals at most.
fn short(value: f32) -> String {
    ((value * 100.0).round() / 100.0).to_string()
}

/// Measured mean and variance against x and x²·p/(1−p).
pub fn moments(moments: &[Moments], dropout: Dropout) -> Figure {
    let grid = || (0..=100).map(|i| 0.1 * f64::from(i));
    Chart::new("x", "over many masks")
        .dashed("x", Colour::Ink, grid().map(|x| (x, x)))
        .dotted(
            "x²·p/(1−p)",
            Colour::Ink,
            grid().map(|x| (x, expected_variance(x, dropout))),
        )
        .points("mean", Colour::Mask, moments.iter().map(|m| (m.x, m.mean)))
        .points(
            "variance",
            Colour::Mask,
            moments.iter().map(|m| (m.x, m.variance)),
        )
        .figure()
}
