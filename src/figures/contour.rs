//! Where a value is positive, on a grid: marching squares.

use std::collections::BTreeMap;

/// A closed line through (column, row), in widths of a cell.
pub type Loop = Vec<(f64, f64)>;

/// A place on an edge of the grid: the node it begins at, and whether it runs
/// down from it or to the right.
type Edge = (usize, usize, bool);

/// The closed lines around what is positive; with even-odd filling they are
/// the region itself. Rows are equally long; what is not positive is outside,
/// and so is everything beyond the grid.
///
/// ```
/// use chainrule::figures::contour;
///
/// let hill = [vec![-1.0; 3], vec![-1.0, 1.0, -1.0], vec![-1.0; 3]];
/// assert_eq!(contour(&hill).len(), 1);
/// ```
pub fn contour(grid: &[Vec<f64>]) -> Vec<Loop> {
    let columns = grid.iter().map(Vec::len).min().unwrap_or(0);
    // A frame of negative nodes, so that every line closes.
    let value = |r: usize, c: usize| {
        let inside = 1 <= r && r <= grid.len() && 1 <= c && c <= columns;
        let value = if inside { grid[r - 1][c - 1] } else { f64::NAN };
        if value.is_nan() { f64::NEG_INFINITY } else { value }
    };
    let mut next: BTreeMap<Edge, Edge> = BTreeMap::new();
    for r in 0..=grid.len() {
        for c in 0..=columns {
            next.extend(cell(r, c, &value));
        }
    }
    let mut loops = Vec::new();
    while let Some((&start, _)) = next.iter().next() {
        let mut line = Vec::new();
        let mut at = start;
        while let Some(then) = next.remove(&at) {
            line.push(place(at, &value));
            at = then;
        }
        loops.push(line);
    }
    loops
}

/// The steps of the line through the cell below and right of a node, each from
/// edge to edge, with what is positive on the left hand.
fn cell(
    r: usize,
    c: usize,
    value: &impl Fn(usize, usize) -> f64,
) -> Vec<(Edge, Edge)> {
    // Clockwise from the top left, and the edge behind each corner.
    let corners = [(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)];
    let edges =
        [(r, c, false), (r, c + 1, true), (r + 1, c, false), (r, c, true)];
    let inside = corners.map(|(r, c)| value(r, c) > 0.0);
    let turns =
        |k: usize, from| inside[k] == from && inside[(k + 1) % 4] != from;
    // The line enters where inside turns to outside, and leaves at the turn
    // before: diagonal corners stay apart.
    let step = |k: usize| {
        let mut before = (k + 1..k + 4).rev().map(|it| it % 4);
        Some((edges[k], edges[before.find(|&it| turns(it, false))?]))
    };
    (0..4).filter(|&k| turns(k, true)).filter_map(step).collect()
}

/// Where the value passes 0 along an edge, or beside the grid's border.
fn place(
    (r, c, down): Edge,
    value: &impl Fn(usize, usize) -> f64,
) -> (f64, f64) {
    let (to_r, to_c) = if down { (r + 1, c) } else { (r, c + 1) };
    let (a, b) = (value(r, c), value(to_r, to_c));
    // Beyond the border nothing is known: half a cell further out.
    let share = if a.is_finite() && b.is_finite() { a / (a - b) } else { 0.5 };
    let (y, x) = (r as f64 - 1.0, c as f64 - 1.0);
    if down { (x, y + share) } else { (x + share, y) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hill_and_a_ring_and_nothing() {
        assert!(contour(&[]).is_empty());
        assert!(contour(&[vec![-1.0, f64::NAN]]).is_empty());
        let mut hill = vec![vec![-1.0; 3]; 3];
        hill[1][1] = 3.0;
        let [line] = &contour(&hill)[..] else { panic!("one line") };
        let mut line = line.clone();
        line.sort_by(|a, b| a.partial_cmp(b).expect("numbers"));
        assert_eq!(line, [(0.25, 1.0), (1.0, 0.25), (1.0, 1.75), (1.75, 1.0)]);
        let mut ring = vec![vec![1.0; 5]; 5];
        ring[2][2] = -1.0;
        assert_eq!(contour(&ring).len(), 2);
    }

    #[test]
    fn diagonal_corners_stay_apart() {
        let diagonal = vec![vec![1.0, -1.0], vec![-1.0, 1.0]];
        assert_eq!(contour(&diagonal).len(), 2);
    }
}
