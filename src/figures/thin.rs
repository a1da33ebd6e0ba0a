//! Fewer points for the same curve: what no screen shows is left out.

use super::svg::Pixel;

/// A curve moves by less than this.
const SEEN: f64 = 1.5;

/// The curve without the points that nobody would miss.
pub(super) fn thinned(points: &[Pixel]) -> Vec<Pixel> {
    simplified(&columns(points))
}

/// Of a curve from left to right, in each column of ten: the first, the
/// lowest, the highest and the last point. No spike is left out.
fn columns(points: &[Pixel]) -> Vec<Pixel> {
    if !points.is_sorted_by_key(|point| point.0) {
        return points.to_vec();
    }
    let column = |a: &Pixel, b: &Pixel| a.0 / 10 == b.0 / 10;
    let kept = points.chunk_by(column).flat_map(|run| {
        let low = (0..run.len()).min_by_key(|k| run[*k].1).unwrap_or(0);
        let high = (0..run.len()).max_by_key(|k| run[*k].1).unwrap_or(0);
        let mut kept = [0, low, high, run.len() - 1];
        kept.sort_unstable();
        kept.map(|k| run[k])
    });
    kept.collect()
}

/// Douglas and Peucker: between two kept points, the one furthest from the
/// straight line is kept, if it is far enough to be seen.
fn simplified(points: &[Pixel]) -> Vec<Pixel> {
    let [start, .., end] = *points else { return points.to_vec() };
    let far = |k: &usize| squared_distance(points[*k], start, end);
    let inner = 1..points.len() - 1;
    let furthest = inner.max_by(|a, b| far(a).total_cmp(&far(b)));
    match furthest.filter(|k| far(k) > SEEN * SEEN) {
        None => vec![start, end],
        Some(k) => {
            let mut kept = simplified(&points[..=k]);
            kept.pop(); // the next one begins with it
            kept.extend(simplified(&points[k..]));
            kept
        }
    }
}

/// From a point to the straight line between two others, squared.
fn squared_distance(p: Pixel, a: Pixel, b: Pixel) -> f64 {
    let by = |to: Pixel| (f64::from(to.0 - a.0), f64::from(to.1 - a.1));
    let ((x, y), (dx, dy)) = (by(p), by(b));
    let length = dx * dx + dy * dy;
    let along = if length > 0.0 { (x * dx + y * dy) / length } else { 0.0 };
    let along = along.clamp(0.0, 1.0);
    (x - along * dx).powi(2) + (y - along * dy).powi(2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_straight_line_is_two_points_and_a_corner_stays() {
        let line: Vec<_> = (0..100).map(|i| (10 * i, 50)).collect();
        assert_eq!(thinned(&line), [(0, 50), (990, 50)]);
        let corner = [(0, 0), (50, 1), (100, 0), (100, 90)];
        assert_eq!(thinned(&corner), [corner[0], corner[2], corner[3]]);
        let square = [(0, 0), (90, 0), (90, 90), (0, 90), (0, 0)];
        assert_eq!(thinned(&square), square);
    }

    #[test]
    fn spikes_stay_however_many_points_there_are() {
        let curve = |i: i32| (i / 10, i % 7 * 10);
        let mut points: Vec<_> = (0..60_000).map(curve).collect();
        (points[777].1, points[50_001].1) = (900, -900);
        let thinned = thinned(&points);
        assert!(thinned.len() <= 2400, "{}", thinned.len());
        assert!(thinned.contains(&points[777]));
        assert!(thinned.contains(&points[50_001]));
    }
}
