//! A matrix as a table, coloured by its values.

use std::fmt::Write;

use ndarray::{ArrayBase, Data, Dimension};

use super::content::Content;

/// Rows and columns beyond these are left out of the table.
const ROWS: usize = 16;
const COLUMNS: usize = 12;

/// A matrix to be shown; [`heat`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Heat {
    rows: usize,
    columns: usize,
    /// In row order.
    values: Vec<f64>,
}

/// `matrix` as a table: its shape, and each value on a ground that is orange
/// above 0 and blue below, the stronger the further from 0.
///
/// A vector is one row. The type of the entries is `f32`, `f64`, or a small integer.
///
/// ```
/// use chainrule::notebook::heat;
/// use ndarray::array;
///
/// heat(&array![[0.4, -0.6], [0.2, 0.8]]);
/// ```
pub fn heat<T, S, D>(matrix: &ArrayBase<S, D>) -> Heat
where
    T: Copy + Into<f64>,
    S: Data<Elem = T>,
    D: Dimension,
{
    let shape = matrix.shape();
    Heat {
        rows: shape.iter().rev().skip(1).product(),
        columns: shape.last().copied().unwrap_or(1),
        values: matrix.iter().map(|&value| value.into()).collect(),
    }
}

impl Heat {
    /// Shows the table in a notebook.
    pub fn evcxr_display(&self) {
        Content { rich: ("text/html", self.html()), plain: self.plain() }
            .show();
    }

    fn shape(&self) -> String {
        format!("{} × {}", self.rows, self.columns)
    }

    /// The rows that are shown, each with the values that are shown of it.
    fn shown(&self) -> impl Iterator<Item = &[f64]> {
        let rows = self.values.chunks(self.columns.max(1)).take(ROWS);
        rows.map(|row| &row[..row.len().min(COLUMNS)])
    }

    /// Colours are mid tones with a share of what lies below, and the text has
    /// none of its own: so it is read on a light page and on a dark one.
    fn html(&self) -> String {
        let largest = self.largest();
        let more = if self.columns > COLUMNS { "<td>…</td>" } else { "" };
        let mut rows = String::new();
        for row in self.shown() {
            rows.push_str("<tr>");
            for &value in row {
                let share = match value.abs() / largest {
                    share if share.is_nan() => 0.0,
                    share => 0.6 * share.min(1.0),
                };
                let colour =
                    if value < 0.0 { "47, 128, 194" } else { "217, 119, 43" };
                // A String can always be written to.
                let _ = write!(
                    rows,
                    "<td style=\"text-align: right; \
                     background: rgba({colour}, {share:.2})\">{}</td>",
                    self.number(value)
                );
            }
            rows.push_str(more);
            rows.push_str("</tr>");
        }
        if self.rows > ROWS {
            rows.push_str("<tr><td>⋮</td></tr>");
        }
        format!(
            "<table style=\"font-variant-numeric: tabular-nums\">\
             <caption style=\"text-align: left\">{}</caption>{rows}</table>",
            self.shape()
        )
    }

    fn plain(&self) -> String {
        let mut text = self.shape();
        for row in self.shown() {
            text.push('\n');
            for &value in row {
                let _ = write!(text, "{:>11}", self.number(value));
            }
            text.push_str(if self.columns > COLUMNS { " …" } else { "" });
        }
        text + if self.rows > ROWS { "\n  ⋮" } else { "" }
    }

    fn largest(&self) -> f64 {
        let finite = self.values.iter().filter(|value| value.is_finite());
        finite.fold(0.0, |largest, value| largest.max(value.abs()))
    }

    /// All values of a matrix in one form, so that they can be compared.
    fn number(&self, value: f64) -> String {
        let whole = self.values.iter().all(|value| value.fract() == 0.0);
        let largest = self.largest();
        if largest == 0.0 || whole && largest < 1e6 {
            format!("{value}")
        } else if (0.01..1e4).contains(&largest) {
            format!("{value:.4}")
        } else {
            format!("{value:.2e}")
        }
        .replace('-', "−")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ndarray::{Array2, array};

    #[test]
    fn a_sign_is_a_colour_and_a_size_is_its_strength() {
        let html = heat(&array![[0.4, -0.8]]).html();
        assert!(html.contains("1 × 2"), "{html}");
        assert!(html.contains("rgba(217, 119, 43, 0.30)\">0.4000"), "{html}");
        assert!(html.contains("rgba(47, 128, 194, 0.60)\">−0.8000"), "{html}");
    }

    #[test]
    fn text_has_the_colour_of_the_page() {
        let html = heat(&array![[1.5, f64::NAN, 0.0]]).html();
        assert!(!html.contains("color:"), "{html}");
        assert!(html.contains("0.00)\">NaN"), "{html}");
    }

    #[test]
    fn plain_text_says_the_same() {
        let text = heat(&array![[0.4, -0.6], [0.2, 0.8]]).plain();
        let expected = "2 × 2\n     0.4000    −0.6000\n     0.2000     0.8000";
        assert_eq!(text, expected);
    }

    #[test]
    fn vectors_floats_and_empty_matrices() {
        assert_eq!(
            heat(&array![1.0_f32, 2.0]).plain(),
            "1 × 2\n          1          2"
        );
        assert_eq!(heat(&Array2::<f64>::zeros((0, 3))).plain(), "0 × 3");
        assert_eq!(heat(&Array2::<f64>::zeros((3, 0))).plain(), "3 × 0");
        assert_eq!(heat(&array![[1e-9]]).plain(), "1 × 1\n    1.00e−9");
        assert_eq!(heat(&array![[f64::NAN]]).plain(), "1 × 1\n        NaN");
    }

    #[test]
    fn what_is_left_out_is_marked() {
        let large = heat(&Array2::<f64>::zeros((100, 200)));
        assert!(large.html().contains("100 × 200"));
        assert_eq!(large.html().matches("<tr>").count(), ROWS + 1);
        assert_eq!(large.html().matches("…").count(), ROWS);
        assert_eq!(large.plain().lines().count(), ROWS + 2);
    }
}
