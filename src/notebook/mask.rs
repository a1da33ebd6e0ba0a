//! A mask as a grid: filled where an entry is kept, empty where it is dropped.

use ndarray::Dimension;

use crate::dropout::Mask;
use crate::figures::{Align, Colour, Figure, Sketch};

/// Rows and columns beyond these are left out of the grid.
const ROWS: usize = 24;
const COLUMNS: usize = 48;
/// The side of one cell, and the room above them for a line of words.
const CELL: f64 = 22.0;
const TOP: f64 = 40.0;

impl<D: Dimension> Mask<D> {
    /// Shows the mask in a notebook.
    pub fn evcxr_display(&self) {
        self.figure().content(self.plain()).show();
    }

    /// Rows and columns; a mask of one dimension is a row.
    fn grid(&self) -> (usize, usize) {
        let kept = self.kept();
        let columns = kept.shape().last().copied().unwrap_or(1);
        (kept.shape().iter().rev().skip(1).product(), columns)
    }

    /// The entries that are shown: row, column, kept or not.
    fn shown(&self) -> Vec<(usize, usize, bool)> {
        let (_, columns) = self.grid();
        let kept = self.kept();
        let entries = kept
            .iter()
            .enumerate()
            .map(|(i, &kept)| (i / columns.max(1), i % columns.max(1), kept));
        entries.filter(|&(r, c, _)| r < ROWS && c < COLUMNS).collect()
    }

    fn words(&self) -> String {
        let (rows, columns) = self.grid();
        let kept = self.kept().iter().filter(|kept| **kept).count();
        let all = self.kept().len();
        let cut =
            if rows > ROWS || columns > COLUMNS { ", in part" } else { "" };
        let scale = (self.scale() * 1e4).round() / 1e4;
        format!("{rows} × {columns}{cut}; kept {kept} of {all}, times {scale}")
    }

    fn figure(&self) -> Figure {
        let (rows, columns) = self.grid();
        let (rows, columns) =
            (rows.min(ROWS) as f64, columns.min(COLUMNS) as f64);
        // Wide enough for the words, too.
        let width = (columns * CELL).max(420.0) + 4.0;
        let mut sketch = Sketch::new(width, TOP + rows * CELL + 4.0);
        sketch.text((2.0, 16.0), &self.words(), Align::Left, Colour::Ink);
        for (r, c, kept) in self.shown() {
            let corner = (4.0 + c as f64 * CELL, TOP + r as f64 * CELL);
            let inner = (CELL - 4.0, CELL - 4.0);
            // A digit could not be read on the violet of every page.
            let colour = if kept { Colour::Mask } else { Colour::Dropped };
            sketch.rectangle(corner, inner, colour, kept);
        }
        sketch.figure()
    }

    fn plain(&self) -> String {
        let mut text = self.words();
        for (_, c, kept) in self.shown() {
            text.push(if c == 0 { '\n' } else { ' ' });
            text.push(if kept { '1' } else { '0' });
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Dropout;
    use ndarray::{Array2, array};

    fn mask() -> Mask {
        let half = Dropout::new(0.5).expect("level");
        Mask::from_kept(array![[true, false], [false, false]], half)
    }

    #[test]
    fn it_says_what_it_keeps() {
        let expected = "2 × 2; kept 1 of 4, times 2\n1 0\n0 0";
        assert_eq!(mask().plain(), expected);
        let row = Mask::from_kept(array![true, false, true], Dropout::NONE);
        assert_eq!(row.plain(), "1 × 3; kept 2 of 3, times 1\n1 0 1");
    }

    #[test]
    fn a_kept_entry_is_a_filled_cell() {
        let figure = mask().figure();
        let rectangles = |with: &str| {
            let paths = figure.svg().split("<path").skip(1);
            let paths = paths.filter(|path| path.contains(with));
            paths.map(|path| path.matches("z").count()).sum::<usize>()
        };
        assert_eq!(rectangles("fill=\"none\""), 3);
        assert_eq!(rectangles("fill=\"#7F68C8\""), 1);
        assert_eq!(figure.svg().matches("<text").count(), 1);
    }

    #[test]
    fn a_large_mask_is_cut() {
        let large = Array2::from_elem((50, 100), true);
        let large = Mask::from_kept(large, Dropout::NONE);
        assert_eq!(large.shown().len(), ROWS * COLUMNS);
        assert!(large.plain().starts_with("50 × 100, in part;"));
        let none = Mask::from_kept(Array2::default((0, 0)), Dropout::NONE);
        assert_eq!(none.plain(), "0 × 0; kept 0 of 0, times 1");
    }
}
