//! A curve cut to the rectangle that it is drawn in.

type Point = (f64, f64);

/// From the upper left corner to the lower right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame {
    pub(super) left: f64,
    pub(super) top: f64,
    pub(super) right: f64,
    pub(super) bottom: f64,
}

impl Frame {
    pub(super) fn holds(&self, (x, y): Point) -> bool {
        (self.left - 0.5..=self.right + 0.5).contains(&x)
            && (self.top - 0.5..=self.bottom + 0.5).contains(&y)
    }

    /// The nearest point of the frame.
    pub(super) fn nearest(&self, (x, y): Point) -> Point {
        (x.clamp(self.left, self.right), y.clamp(self.top, self.bottom))
    }

    /// The parts of a curve that lie within.
    pub(super) fn cut(&self, points: &[Point]) -> Vec<Vec<Point>> {
        if let [only] = points {
            return if self.holds(*only) { vec![vec![*only]] } else { vec![] };
        }
        let mut parts: Vec<Vec<Point>> = Vec::new();
        for pair in points.windows(2) {
            let Some((from, to)) = self.segment(pair[0], pair[1]) else {
                continue;
            };
            match parts.last_mut() {
                Some(part) if part.last() == Some(&from) => part.push(to),
                _ => parts.push(vec![from, to]),
            }
        }
        parts
    }

    /// The part of a straight line within, after Liang and Barsky.
    fn segment(&self, a: Point, b: Point) -> Option<(Point, Point)> {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
        for (speed, room) in [
            (-dx, a.0 - self.left),
            (dx, self.right - a.0),
            (-dy, a.1 - self.top),
            (dy, self.bottom - a.1),
        ] {
            if speed == 0.0 {
                if room < 0.0 {
                    return None;
                }
            } else if speed < 0.0 {
                enters = enters.max(room / speed);
            } else {
                leaves = leaves.min(room / speed);
            }
        }
        let at = |share: f64| match share {
            0.0 => a,
            1.0 => b,
            share => (a.0 + share * dx, a.1 + share * dy),
        };
        (enters <= leaves).then(|| (at(enters), at(leaves)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME: Frame =
        Frame { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    #[test]
    fn what_lies_within_stays_as_it_is() {
        let curve = vec![(1.0, 1.0), (5.0, 9.0), (9.0, 2.0)];
        assert_eq!(FRAME.cut(&curve), vec![curve]);
    }

    #[test]
    fn a_curve_that_leaves_and_returns_has_two_parts() {
        let curve = [(0.0, 5.0), (4.0, 5.0), (5.0, 15.0), (6.0, 5.0)];
        assert_eq!(
            FRAME.cut(&curve),
            [
                vec![(0.0, 5.0), (4.0, 5.0), (4.5, 10.0)],
                vec![(5.5, 10.0), (6.0, 5.0)]
            ]
        );
        assert!(FRAME.cut(&[(11.0, 0.0), (11.0, 9.0)]).is_empty());
        assert!(FRAME.cut(&[(-9.0, 5.0), (-1.0, 5.0)]).is_empty());
        assert!(FRAME.cut(&[(11.0, 0.0)]).is_empty());
        assert_eq!(FRAME.cut(&[(1.0, 2.0)]), [[(1.0, 2.0)]]);
    }
}
