//! The figures of chapter 1.

use chainrule::figures::{Align, Chart, Colour, Figure, Sketch};
use chainrule::{Dropout, Mask};
use ndarray::{Array1, Ix1};

use crate::{Moments, expected_variance};

/// The side of one cell, in SVG units.
const CELL: i32 = 130;
const LEFT: i32 = 280;

/// Three rows of cells: x, the mask, and what is handed on.
pub fn one_mask(
    x: &Array1<f32>,
    mask: &Mask<Ix1>,
    rescaled: &Array1<f32>,
) -> Figure {
    let mut sketch = Sketch::new(1600, 540);
    for (r, name) in ["x", "mask", "rescaled"].into_iter().enumerate() {
        sketch.text(
            (LEFT - 40, centre(r)),
            name,
            56,
            Align::Right,
            Colour::Ink,
        );
    }
    for (i, &kept) in mask.kept().iter().enumerate() {
        let colour = if kept { Colour::Fit } else { Colour::Dropped };
        cell(&mut sketch, 0, i, &x[i].to_string(), Colour::Data, true);
        cell(&mut sketch, 1, i, if kept { "1" } else { "0" }, colour, kept);
        cell(&mut sketch, 2, i, &short(rescaled[i]), colour, kept);
    }
    sketch.figure()
}

fn cell(
    sketch: &mut Sketch,
    r: usize,
    i: usize,
    text: &str,
    colour: Colour,
    filled: bool,
) {
    let corner = (LEFT + CELL * i as i32, centre(r) - CELL / 2 + 10);
    sketch.rectangle(corner, (CELL - 14, CELL - 20), colour, filled);
    sketch.text(
        (corner.0 + CELL / 2 - 7, centre(r)),
        text,
        50,
        Align::Centre,
        Colour::Ink,
    );
}

fn centre(r: usize) -> i32 {
    100 + 170 * r as i32
}

/// Two decimals at most.
fn short(value: f32) -> String {
    ((value * 100.0).round() / 100.0).to_string()
}

/// Measured mean and variance against x and x²·p/(1−p).
pub fn moments(moments: &[Moments], dropout: Dropout) -> Figure {
    let grid = || (0..=100).map(|i| 0.1 * f64::from(i));
    Chart::new("x", "over many masks")
        .dashed("x", Colour::Data, grid().map(|x| (x, x)))
        .dashed(
            "x²·p/(1−p)",
            Colour::Fit,
            grid().map(|x| (x, expected_variance(x, dropout))),
        )
        .points("mean", Colour::Data, moments.iter().map(|m| (m.x, m.mean)))
        .points(
            "variance",
            Colour::Fit,
            moments.iter().map(|m| (m.x, m.variance)),
        )
        .figure()
}
