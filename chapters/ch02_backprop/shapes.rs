//! The shapes of matrices, as boxes.

use chainrule::figures::{Align, Colour, Figure, Sketch};

/// So many samples.
const M: usize = 100;

/// A matrix: its name, rows and columns, and whether it is learned.
struct Matrix(String, usize, usize, Colour);

const LEARNED: Colour = Colour::Fit;
const COMPUTED: Colour = Colour::Training;

/// The shape of every matrix of a forward pass.
pub fn forward_shapes(sizes: &[usize]) -> Figure {
    let mut rows = Vec::new();
    for (l, pair) in (1..).zip(sizes.windows(2)) {
        let (inputs, units) = (pair[0], pair[1]);
        let below = if l == 1 { "x".to_owned() } else { format!("a{}", l - 1) };
        rows.push(vec![
            ("", Matrix(format!("z{l}"), units, M, COMPUTED)),
            ("=", Matrix(format!("w{l}"), units, inputs, LEARNED)),
            ("·", Matrix(below, inputs, M, COMPUTED)),
            ("+", Matrix(format!("b{l}"), units, 1, LEARNED)),
        ]);
    }
    drawn(rows)
}

/// The shape of every matrix of the products of a backward pass.
pub fn backward_shapes(sizes: &[usize]) -> Figure {
    let mut rows = Vec::new();
    for (l, pair) in
        (1..).zip(sizes.windows(2)).collect::<Vec<_>>().into_iter().rev()
    {
        let (inputs, units) = (pair[0], pair[1]);
        let below = if l == 1 { "x".to_owned() } else { format!("a{}", l - 1) };
        let dz = || Matrix(format!("dz{l}"), units, M, COMPUTED);
        rows.push(vec![
            ("", Matrix(format!("dw{l}"), units, inputs, COMPUTED)),
            ("=", dz()),
            ("·", Matrix(format!("{below}.T"), M, inputs, COMPUTED)),
        ]);
        if l > 1 {
            rows.push(vec![
                ("", Matrix(format!("d{below}"), inputs, M, COMPUTED)),
                ("=", Matrix(format!("w{l}.T"), inputs, units, LEARNED)),
                ("·", dz()),
            ]);
        }
    }
    drawn(rows)
}

/// Rows of matrices, each with the sign before it.
fn drawn(rows: Vec<Vec<(&str, Matrix)>>) -> Figure {
    // The name of a matrix of M rows needs more room at the top.
    let tall = rows.iter().flatten().any(|(_, Matrix(_, n, ..))| *n == M);
    let first = if tall { 240 } else { 200 };
    let height = 420 * rows.len() as u32 + 2 * (first as u32 - 200);
    let mut sketch = Sketch::new(1200, height);
    for (row, y) in rows.iter().zip((first..).step_by(420)) {
        let mut x = 40;
        for (before, shape) in row {
            if !before.is_empty() {
                sign(&mut sketch, &mut x, y, before);
            }
            matrix(&mut sketch, &mut x, y, shape);
        }
    }
    sketch.figure()
}

/// A box whose sides grow with the shape, its name and its shape beside it.
fn matrix(
    sketch: &mut Sketch,
    x: &mut i32,
    y: i32,
    Matrix(name, rows, columns, colour): &Matrix,
) {
    let (rows, columns, colour) = (*rows, *columns, *colour);
    let side = |n: usize| 34 + 52 * (n as f64).ln().round() as i32;
    let (width, height) = (side(columns), side(rows));
    let slot = width.max(150);
    let corner = (*x + (slot - width) / 2, y - height / 2);
    sketch.rectangle(corner, (width, height), colour, true);
    sketch.rectangle(corner, (width, height), colour, false);
    sketch.text(
        (*x + slot / 2, y - height / 2 - 36),
        name,
        48,
        Align::Centre,
        Colour::Ink,
    );
    let shape = format!("{rows}×{columns}");
    sketch.text(
        (*x + slot / 2, y + height / 2 + 36),
        &shape,
        40,
        Align::Centre,
        Colour::Ink,
    );
    *x += slot;
}

fn sign(sketch: &mut Sketch, x: &mut i32, y: i32, sign: &str) {
    sketch.text((*x + 45, y), sign, 56, Align::Centre, Colour::Ink);
    *x += 90;
}
