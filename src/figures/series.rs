//! One series of a chart: its points, and how they come onto the page.

use std::ops::Range;

use super::Colour;
use super::clip::Frame;
use super::look::{DASHES, MARKERS, Mark, SHARES};
use super::path::Path;
use super::svg::{Style, Svg};
use super::thin::thinned;

type Point = (f64, f64);

#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) colour: Colour,
    pub(super) mark: Mark,
    /// Runs of points; between two runs the pen is lifted.
    pub(super) runs: Vec<Vec<Point>>,
    /// Bars of error, each from one point to another.
    pub(super) bars: Vec<[Point; 2]>,
}

/// Where a chart's values lie on the page.
pub(super) struct Plot {
    pub(super) frame: Frame,
    pub(super) x: Range<f64>,
    pub(super) y: Range<f64>,
}

impl Plot {
    pub(super) fn x(&self, value: f64) -> f64 {
        let width = self.frame.right - self.frame.left;
        self.frame.left + width * share(&self.x, value)
    }

    pub(super) fn y(&self, value: f64) -> f64 {
        let height = self.frame.bottom - self.frame.top;
        self.frame.bottom - height * share(&self.y, value)
    }

    fn place(&self, &(x, y): &Point) -> Point {
        (self.x(x), self.y(y))
    }
}

/// How far along the range a value is; what is far outside, not so far.
fn share(range: &Range<f64>, value: f64) -> f64 {
    let share = (value - range.start) / (range.end - range.start);
    if share.is_nan() { 0.0 } else { share.clamp(-100.0, 100.0) }
}

impl Series {
    pub(super) fn values(&self) -> impl Iterator<Item = Point> {
        let bars = self.bars.iter().flatten();
        self.runs.iter().flatten().chain(bars).copied()
    }

    pub(super) fn draw(&self, svg: &mut Svg, plot: &Plot, pattern: usize) {
        let runs = || {
            self.runs.iter().map(|run| -> Vec<Point> {
                run.iter().map(|point| plot.place(point)).collect()
            })
        };
        if matches!(self.mark, Mark::Band | Mark::Area) {
            let mut path = Path::default();
            for run in runs() {
                let run = run.into_iter().map(|it| plot.frame.nearest(it));
                path.polyline(&thinned_loop(&run.collect::<Vec<_>>()), true);
            }
            let share = SHARES[pattern % SHARES.len()];
            svg.path(&path.data(), self.colour, Style::Fill(share));
            return;
        }
        self.draw_bars(svg, plot);
        if self.mark != Mark::Points {
            let mut path = Path::default();
            let parts = runs().flat_map(|run| plot.frame.cut(&run));
            parts.for_each(|part| path.polyline(&thinned(&part), false));
            svg.path(&path.data(), self.colour, self.stroke(pattern));
        }
        if matches!(self.mark, Mark::Points | Mark::Joined) {
            let points = runs().flatten();
            let points = points.filter(|point| plot.frame.holds(*point));
            self.draw_points(svg, &points.collect::<Vec<_>>(), pattern);
        }
    }

    fn draw_points(&self, svg: &mut Svg, points: &[Point], pattern: usize) {
        let (path, style) = MARKERS[pattern % MARKERS.len()].at(points);
        svg.path(&path, self.colour, style);
    }

    /// Bars with a cap at either end.
    fn draw_bars(&self, svg: &mut Svg, plot: &Plot) {
        const CAP: f64 = 3.0;
        let mut path = Path::default();
        for [from, to] in &self.bars {
            let (from, to) = (plot.place(from), plot.place(to));
            let ends = [from, to].map(|end| plot.frame.nearest(end));
            path.polyline(&ends, false);
            let upright = from.0 == to.0;
            for (x, y) in ends {
                let (dx, dy) = if upright { (CAP, 0.0) } else { (0.0, CAP) };
                path.polyline(&[(x - dx, y - dy), (x + dx, y + dy)], false);
            }
        }
        let style = Style::Stroke { width: 1.2, dash: "", share: 1.0 };
        svg.path(&path.data(), self.colour, style);
    }

    fn stroke(&self, pattern: usize) -> Style {
        let share = if self.mark == Mark::Faint { 0.45 } else { 1.0 };
        let dash = match self.mark {
            // The markers tell it apart.
            Mark::Joined => "",
            _ => DASHES[pattern % DASHES.len()],
        };
        Style::Stroke { width: self.mark.width(), dash, share }
    }

    /// A sample of the series, as wide as this, for a legend.
    pub(super) fn draw_sample(
        &self,
        svg: &mut Svg,
        (x, y): Point,
        width: f64,
        pattern: usize,
    ) {
        let mut path = Path::default();
        if matches!(self.mark, Mark::Band | Mark::Area) {
            let (right, top, bottom) = (x + width, y - 5.0, y + 5.0);
            let corners =
                [(x, top), (right, top), (right, bottom), (x, bottom)];
            path.polyline(&corners, true);
            let share = SHARES[pattern % SHARES.len()];
            svg.path(&path.data(), self.colour, Style::Fill(share));
            return;
        }
        if self.mark != Mark::Points {
            path.polyline(&[(x, y), (x + width, y)], false);
            svg.path(&path.data(), self.colour, self.stroke(pattern));
        }
        if matches!(self.mark, Mark::Points | Mark::Joined) {
            self.draw_points(svg, &[(x + width / 2.0, y)], pattern);
        }
    }
}

/// A closed line: its ends are one point, which is not on a straight line
/// between its neighbours.
fn thinned_loop(points: &[Point]) -> Vec<Point> {
    let half = points.len() / 2;
    let (one, other) = points.split_at(half);
    [thinned(one), thinned(other)].concat()
}
