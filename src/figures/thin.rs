//! Fewer points for the same curve: what no screen shows is left out.

type Point = (f64, f64);

/// A curve moves by less than this, in SVG units.
const SEEN: f64 = 0.15;

/// The curve without the points that nobody would miss.
pub(super) fn thinned(points: &[Point]) -> Vec<Point> {
    simplified(&columns(points))
}

/// Of a curve from left to right, in each column a unit wide: the first, the
/// lowest, the highest and the last point. No spike is left out.
fn columns(points: &[Point]) -> Vec<Point> {
    if !points.is_sorted_by(|a, b| a.0 <= b.0) {
        return points.to_vec();
    }
    let column = |a: &Point, b: &Point| a.0.floor() == b.0.floor();
    let kept = points.chunk_by(column).flat_map(|run| {
        let by_y = |a: &usize, b: &usize| run[*a].1.total_cmp(&run[*b].1);
        let low = (0..run.len()).min_by(by_y).unwrap_or(0);
        let high = (0..run.len()).max_by(by_y).unwrap_or(0);
        let mut kept = [0, low, high, run.len() - 1];
        kept.sort_unstable();
        let mut kept = kept.to_vec();
        kept.dedup();
        kept.into_iter().map(|k| run[k]).collect::<Vec<_>>()
    });
    kept.collect()
}

/// Douglas and Peucker: between two kept points, the one furthest from the
/// straight line is kept, if it is far enough to be seen.
fn simplified(points: &[Point]) -> Vec<Point> {
    let Some(last) = points.len().checked_sub(1) else {
        return Vec::new();
    };
    let mut kept = vec![false; points.len()];
    (kept[0], kept[last]) = (true, true);
    let mut spans = vec![(0, last)];
    while let Some((from, to)) = spans.pop() {
        let far =
            |k: usize| squared_distance(points[k], points[from], points[to]);
        let furthest =
            (from + 1..to).max_by(|a, b| far(*a).total_cmp(&far(*b)));
        let Some(k) = furthest.filter(|&k| far(k) > SEEN * SEEN) else {
            continue;
        };
        kept[k] = true;
        spans.extend([(from, k), (k, to)]);
    }
    let pairs = points.iter().zip(kept);
    pairs.filter(|(_, kept)| *kept).map(|(point, _)| *point).collect()
}

/// From a point to the straight line between two others, squared.
fn squared_distance(p: Point, a: Point, b: Point) -> f64 {
    let (dx, dy) = (b.0 - a.0, b.1 - a.1);
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 {
        ((p.0 - a.0) * dx + (p.1 - a.1) * dy) / length
    } else {
        0.0
    };
    let along = along.clamp(0.0, 1.0);
    let (x, y) = (p.0 - a.0 - along * dx, p.1 - a.1 - along * dy);
    x * x + y * y
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_is_two_points_and_a_corner_stays() {
        let line: Vec<_> = (0..100).map(|i| (f64::from(i), 5.0)).collect();
        assert_eq!(thinned(&line), [(0.0, 5.0), (99.0, 5.0)]);
        let corner = [(0.0, 0.0), (5.0, 0.05), (10.0, 0.0), (10.0, 9.0)];
        assert_eq!(thinned(&corner), [corner[0], corner[2], corner[3]]);
    }

    #[test]
    fn spikes_stay_however_many_points_there_are() {
        let curve = |i: u32| (f64::from(i) / 100.0, f64::from(i % 7));
        let mut points: Vec<_> = (0..60_000).map(curve).collect();
        (points[777].1, points[50_001].1) = (90.0, -90.0);
        let thinned = thinned(&points);
        assert!(thinned.len() <= 2400, "{}", thinned.len());
        assert!(thinned.contains(&points[777]));
        assert!(thinned.contains(&points[50_001]));
    }

    #[test]
    fn loops_and_little_are_kept() {
        assert_eq!(thinned(&[]), []);
        assert_eq!(thinned(&[(1.0, 2.0)]), [(1.0, 2.0)]);
        let square =
            [(0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0), (0.0, 0.0)];
        assert_eq!(thinned(&square), square);
    }
}
