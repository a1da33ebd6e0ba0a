//! An answer beside what is right: shapes, numbers that are none, and the
//! entry that is furthest off, by its name in the book.

use chapters::plain::{Layer, Matrix};

/// Refuses another shape than that of `right`, and numbers that are none.
pub fn fits(name: &str, found: &Matrix, right: &Matrix) -> Result<(), String> {
    let ((rows, columns), (out, m)) = (found.dim(), right.dim());
    if (rows, columns) != (out, m) {
        let turned = match (rows, columns) == (m, out) {
            true => ": it is the transpose",
            false => "",
        };
        return Err(format!(
            "{name} is {rows}×{columns}, and {out}×{m} was expected{turned}"
        ));
    }
    match found.indexed_iter().find(|(_, value)| !value.is_finite()) {
        Some((at, value)) => {
            Err(format!("{} is {value}", entry(name, at, found)))
        }
        None => Ok(()),
    }
}

/// `dw1[2,1]`, and `db1[2]` where there is one column: counted from 1.
fn entry(name: &str, (i, j): (usize, usize), of: &Matrix) -> String {
    match of.ncols() {
        1 => format!("{name}[{}]", i + 1),
        _ => format!("{name}[{},{}]", i + 1, j + 1),
    }
}

/// The entry that is furthest from what is right.
#[derive(Debug)]
pub struct Apart {
    pub entry: String,
    pub yours: f64,
    pub right: f64,
}

impl Apart {
    /// `dw1[2,1] is 0.000; WHO 0.176`.
    pub fn told(&self, who: &str) -> String {
        let (yours, right) = pair(self.yours, self.right);
        format!("{} is {yours}; {who} {right}", self.entry)
    }
}

/// Both numbers, with as many digits as tell them apart.
pub fn pair(yours: f64, right: f64) -> (String, String) {
    let digits = |n: usize| (format!("{yours:.n$}"), format!("{right:.n$}"));
    let texts = [3, 6, 9].map(digits).into_iter().find(|(a, b)| a != b);
    let all = || (format!("{yours:e}"), format!("{right:e}"));
    let (yours, right) = texts.unwrap_or_else(all);
    (minus(&yours), minus(&right))
}

/// Whether two numbers are that near; a NaN is near nothing.
pub fn close(a: f64, b: f64, by: f64) -> bool {
    (a - b).abs() <= by
}

/// The sign as the book prints it.
fn minus(number: &str) -> String {
    number.replace('-', "−")
}

/// Where a matrix is off by more than rounding.
pub fn apart(name: &str, yours: &Matrix, right: &Matrix) -> Option<Apart> {
    furthest(name, yours, right, 1e-9 * size(right.iter()))
}

/// Where it is off by the most, of the entries that are off by more than this.
fn furthest(
    name: &str,
    yours: &Matrix,
    right: &Matrix,
    by: f64,
) -> Option<Apart> {
    let all = yours.indexed_iter().zip(right);
    let all = all.map(|((at, yours), right)| (at, *yours, *right));
    let off = all.filter(|(_, yours, right)| !close(*yours, *right, by));
    let distance = |it: &((usize, usize), f64, f64)| (it.1 - it.2).abs();
    let worst = off.max_by(|a, b| distance(a).total_cmp(&distance(b)));
    let told = |(at, of_yours, right)| Apart {
        entry: entry(name, at, yours),
        yours: of_yours,
        right,
    };
    worst.map(told)
}

/// The largest of some numbers without their signs.
fn size<'a>(values: impl Iterator<Item = &'a f64>) -> f64 {
    values.fold(0.0, |largest, value| value.abs().max(largest))
}

/// Refuses what has other shapes than these layers. With `d` for a prefix it is
/// told as a gradient, without as the layers themselves.
pub fn layers_fit(
    prefix: &str,
    found: &[Layer],
    layers: &[Layer],
) -> Result<(), String> {
    let (count, wanted) = (found.len(), layers.len());
    if count != wanted {
        return Err(format!(
            "{count} layers came back, and there are {wanted}"
        ));
    }
    for (l, (found, layer)) in (1..).zip(found.iter().zip(layers)) {
        let shapes = fits(&format!("{prefix}w{l}"), &found.w, &layer.w)
            .and_then(|()| fits(&format!("{prefix}b{l}"), &found.b, &layer.b));
        shapes.map_err(|fault| match reversed_fits(found, layers, l) {
            true => {
                format!("{fault}. Are the layers from the last to the first?")
            }
            false => fault,
        })?;
    }
    Ok(())
}

/// Whether it would have fitted the layer at the same place from the end.
fn reversed_fits(found: &Layer, layers: &[Layer], l: usize) -> bool {
    let other = &layers[layers.len() - l];
    found.w.dim() == other.w.dim() && other.w.dim() != layers[l - 1].w.dim()
}

/// Where layers are off by more than this share of the largest entry.
pub fn layers_apart(
    prefix: &str,
    yours: &[Layer],
    right: &[Layer],
    share: f64,
) -> Option<Apart> {
    let largest = size(right.iter().flat_map(|l| l.w.iter().chain(&l.b)));
    let matrices =
        (1..).zip(yours.iter().zip(right)).flat_map(|(l, (yours, right))| {
            [
                (format!("{prefix}w{l}"), &yours.w, &right.w),
                (format!("{prefix}b{l}"), &yours.b, &right.b),
            ]
        });
    let worst = matrices.filter_map(|(name, yours, right)| {
        furthest(&name, yours, right, share * largest)
    });
    let distance = |it: &Apart| (it.yours - it.right).abs();
    worst.max_by(|a, b| distance(a).total_cmp(&distance(b)))
}

/// Whether two gradients are the same but for rounding.
pub fn same(a: &[Layer], b: &[Layer]) -> bool {
    let shapes = a.len() == b.len()
        && a.iter().zip(b).all(|(a, b)| a.w.dim() == b.w.dim());
    shapes && layers_apart("", a, b, 1e-9).is_none()
}

/// The same bits, entry by entry.
pub fn same_bits(a: &Matrix, b: &Matrix) -> bool {
    a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

/// ` WHAT`, where a suspect's answer is yours.
pub fn likely(
    yours: &Matrix,
    suspects: &[(Matrix, &'static str)],
) -> &'static str {
    let equal = |right: &Matrix| {
        right.dim() == yours.dim() && apart("", yours, right).is_none()
    };
    let found = suspects.iter().find(|(suspect, _)| equal(suspect));
    found.map_or("", |(_, what)| what)
}
