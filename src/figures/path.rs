//! The data of an SVG path, in tenths of a unit: no screen shows less.

use std::fmt::Write;

/// A path in the making. What it is told in floats it keeps in whole tenths, so
/// that steps from point to point do not add up an error.
#[derive(Default)]
pub(super) struct Path {
    data: String,
    at: (i64, i64),
    /// Whether the next step may go without its letter.
    stepping: bool,
}

impl Path {
    /// A line through the points; closed, it comes back to the first.
    pub(super) fn polyline(&mut self, points: &[(f64, f64)], closed: bool) {
        for (k, &point) in points.iter().enumerate() {
            if k == 0 { self.to(point) } else { self.step(point) }
        }
        if closed && !points.is_empty() {
            self.draw("z");
        }
    }

    /// Lifts the pen, and sets it down here.
    pub(super) fn to(&mut self, (x, y): (f64, f64)) {
        self.at = (tenths(x), tenths(y));
        self.data.push('M');
        self.stepping = false;
        self.pair(self.at);
    }

    /// A straight line from where the pen is.
    fn step(&mut self, (x, y): (f64, f64)) {
        let to = (tenths(x), tenths(y));
        let by = (to.0 - self.at.0, to.1 - self.at.1);
        if by != (0, 0) {
            if !self.stepping {
                self.data.push('l');
            }
            self.pair(by);
            self.stepping = true;
            self.at = to;
        }
    }

    /// Any commands that end where they began.
    pub(super) fn draw(&mut self, commands: &str) {
        self.data.push_str(commands);
        self.stepping = false;
    }

    fn pair(&mut self, (x, y): (i64, i64)) {
        let letter = |last: char| last.is_ascii_alphabetic();
        for value in [x, y] {
            let after = self.data.chars().last().is_none_or(letter);
            if value >= 0 && !after {
                self.data.push(' ');
            }
            self.data.push_str(&written(value));
        }
    }

    pub(super) fn data(self) -> String {
        self.data
    }
}

/// A length, a coordinate or a size, to a tenth.
pub(super) fn number(value: f64) -> String {
    written(tenths(value))
}

/// Nothing is further away than a million units.
fn tenths(value: f64) -> i64 {
    (value.clamp(-1e6, 1e6) * 10.0).round() as i64
}

fn written(tenths: i64) -> String {
    let (sign, size) = (if tenths < 0 { "-" } else { "" }, tenths.abs());
    let mut text = String::from(sign);
    // A String can always be written to.
    let _ = match (size / 10, size % 10) {
        (whole, 0) => write!(text, "{whole}"),
        (0, part) => write!(text, ".{part}"),
        (whole, part) => write!(text, "{whole}.{part}"),
    };
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_short() {
        let mut path = Path::default();
        let points =
            [(1.0, 2.04), (1.55, -0.5), (1.551, -0.5), (0.3, -0.5), (9.0, 9.0)];
        path.polyline(&points, true);
        path.polyline(&[(0.04, -0.04)], false);
        assert_eq!(path.data(), "M1 2l.6-2.5-1.3 0 8.7 9.5zM0 0");
    }

    #[test]
    fn whatever_is_no_number_is_drawn_somewhere() {
        assert_eq!(number(f64::NAN), "0");
        assert_eq!(number(f64::NEG_INFINITY), "-1000000");
    }
}
