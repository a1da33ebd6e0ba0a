//! The shapes of matrices, as boxes.

use chainrule::figures::{Align, Colour, Figure, Sketch, Width};

/// So many samples.
const M: usize = 100;

/// A matrix: its name, rows and columns, in the colour of its symbol.
struct Matrix(String, usize, usize, Colour);

/// What stands below the first layer, and below the others.
fn below(l: usize) -> (String, Colour) {
    match l {
        1 => ("x".to_owned(), Colour::Data),
        _ => (format!("a{}", l - 1), Colour::A),
    }
}

/// The shape of every matrix of a forward pass.
pub fn forward_shapes(sizes: &[usize]) -> Figure {
    let mut rows = Vec::new();
    for (l, pair) in (1..).zip(sizes.windows(2)) {
        let (inputs, units) = (pair[0], pair[1]);
        let (below, colour) = below(l);
        rows.push(vec![
            ("", Matrix(format!("z{l}"), units, M, Colour::Z)),
            ("=", Matrix(format!("w{l}"), units, inputs, Colour::W)),
            ("·", Matrix(below, inputs, M, colour)),
            ("+", Matrix(format!("b{l}"), units, 1, Colour::W)),
        ]);
    }
    Figure::sketched(|page| drawn(&rows, page))
}

/// The shape of every matrix of the products of a backward pass.
pub fn backward_shapes(sizes: &[usize]) -> Figure {
    let mut rows = Vec::new();
    for (l, pair) in
        (1..).zip(sizes.windows(2)).collect::<Vec<_>>().into_iter().rev()
    {
        let (inputs, units) = (pair[0], pair[1]);
        let (below, colour) = below(l);
        let dz = || Matrix(format!("dz{l}"), units, M, Colour::Dz);
        rows.push(vec![
            ("", Matrix(format!("dw{l}"), units, inputs, Colour::Dz)),
            ("=", dz()),
            ("·", Matrix(format!("{below}.T"), M, inputs, colour)),
        ]);
        if l > 1 {
            rows.push(vec![
                ("", Matrix(format!("d{below}"), inputs, M, Colour::Dz)),
                ("=", Matrix(format!("w{l}.T"), inputs, units, Colour::W)),
                ("·", dz()),
            ]);
        }
    }
    Figure::sketched(|page| drawn(&rows, page))
}

/// Rows of matrices, each with the sign before it.
fn drawn(rows: &[Vec<(&str, Matrix)>], page: Width) -> Sketch {
    let high = |row: &[(&str, Matrix)]| {
        row.iter().map(|(_, it)| side(it.1, page)).fold(0.0, f64::max)
    };
    let height: f64 = rows.iter().map(|row| high(row) + WORDS).sum();
    let mut sketch = Sketch::new(page.units(), height);
    let mut top = 0.0;
    for row in rows {
        let y = top + (high(row) + WORDS) / 2.0;
        let mut x = 4.0;
        for (before, shape) in row {
            if !before.is_empty() {
                let room = page.choose(50.0, 22.0);
                let at = (x + room / 2.0, y);
                sketch.text(at, before, Align::Centre, Colour::Ink);
                x += room;
            }
            x += matrix(&mut sketch, (x, y), shape, page);
        }
        top += high(row) + WORDS;
    }
    sketch
}

/// Room for the name above a row of boxes, and for the shapes below.
const WORDS: f64 = 66.0;

/// A side of a box grows with its number.
fn side(n: usize, page: Width) -> f64 {
    let steps = (n as f64).ln().round();
    page.choose(18.0 + 29.0 * steps, 14.0 + 13.0 * steps)
}

/// A box whose sides grow with the shape, its name and its shape beside it;
/// and how much room it takes.
fn matrix(
    sketch: &mut Sketch,
    (x, y): (f64, f64),
    Matrix(name, rows, columns, colour): &Matrix,
    page: Width,
) -> f64 {
    let (width, height) = (side(*columns, page), side(*rows, page));
    let slot = width.max(page.choose(80.0, 56.0));
    let corner = (x + (slot - width) / 2.0, y - height / 2.0);
    sketch.rectangle(corner, (width, height), *colour, true);
    sketch.rectangle(corner, (width, height), *colour, false);
    let middle = x + slot / 2.0;
    let above = (middle, y - height / 2.0 - 14.0);
    sketch.text(above, name, Align::Centre, *colour);
    let below = (middle, y + height / 2.0 + 15.0);
    let shape = format!("{rows}×{columns}");
    sketch.text(below, &shape, Align::Centre, Colour::Ink);
    slot
}
