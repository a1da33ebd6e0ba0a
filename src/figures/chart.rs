//! Curves and points over two axes.

use std::ops::Range;

use super::axis::Axis;
use super::contour::Loop;
use super::series::{Mark, Point, Series};
use super::{Colour, Figure, Width, layout};

/// A point where the pen is lifted.
const LIFTED: Point = (f64::NAN, f64::NAN);

/// What a series is drawn from: pairs of x and y.
pub trait Points: IntoIterator<Item = (f64, f64)> {}

impl<P: IntoIterator<Item = (f64, f64)>> Points for P {}

/// A chart in the making: axes first, then series in the order of drawing.
///
/// Points that are not finite are left out, and a line has a gap there. Series
/// with names are told apart by more than their colours: where two would be
/// drawn alike, the later one has other dashes or other markers.
#[derive(Clone)]
pub struct Chart {
    pub(super) x: Axis,
    pub(super) y: Axis,
    pub(super) title: String,
    pub(super) height: u32,
    pub(super) bare: bool,
    pub(super) square: bool,
    pub(super) legend: bool,
    pub(super) series: Vec<Series>,
}

impl Chart {
    /// An empty chart whose axes carry these names.
    pub fn new(x: &str, y: &str) -> Chart {
        Chart {
            x: Axis::new(x),
            y: Axis::new(y),
            title: String::new(),
            height: 330,
            bare: false,
            square: false,
            legend: true,
            series: Vec::new(),
        }
    }

    /// Fixes the range of y instead of taking it from the data; what lies
    /// beyond it is left out.
    pub fn y_range(mut self, range: Range<f64>) -> Chart {
        self.y.range = Some(range);
        self
    }

    /// Fixes the range of x instead of taking it from the data.
    pub fn x_range(mut self, range: Range<f64>) -> Chart {
        self.x.range = Some(range);
        self
    }

    /// Names the places 0, 1, 2 … of the x axis, for things that have no order.
    pub fn x_names(mut self, names: impl IntoIterator<Item = String>) -> Chart {
        self.x.names = names.into_iter().collect();
        self
    }

    /// Names the rows of the chart, which stand at y = 0, 1, 2 … from the top.
    pub fn rows(mut self, names: impl IntoIterator<Item = String>) -> Chart {
        self.y.names = names.into_iter().collect();
        self
    }

    /// Makes y logarithmic, to base ten.
    pub fn log_y(mut self) -> Chart {
        self.y.log = true;
        self
    }

    /// Makes x logarithmic, to base ten.
    pub fn log_x(mut self) -> Chart {
        self.x.log = true;
        self
    }

    /// The height of what the axes enclose, where the chart is 720 wide; at
    /// least 100 and at most 7000.
    pub fn height(mut self, height: u32) -> Chart {
        self.height = height.clamp(100, 7000);
        self
    }

    /// As high as it is wide.
    pub fn square(mut self) -> Chart {
        self.square = true;
        self
    }

    /// A line above the chart, for one of several.
    pub fn title(mut self, title: &str) -> Chart {
        title.clone_into(&mut self.title);
        self
    }

    /// Leaves the legend out: another chart of the figure has it.
    pub fn without_legend(mut self) -> Chart {
        self.legend = false;
        self
    }

    /// Leaves axes and legend out: for a cover, where the shape is the message.
    pub fn bare(mut self) -> Chart {
        (self.bare, self.legend) = (true, false);
        self
    }

    /// Adds points; an empty name stays out of the legend, here and below.
    pub fn points(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::POINTS, at)
    }

    /// Adds points joined by a line.
    pub fn joined(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::JOINED, at)
    }

    /// Adds a curve.
    pub fn line(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::LINE, at)
    }

    /// Adds a dashed curve: a prediction or a limit, drawn beside a measurement.
    pub fn dashed(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::DASHED, at)
    }

    /// Adds a dotted curve.
    pub fn dotted(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::DOTTED, at)
    }

    /// Adds a hair line, for curves with thousands of points.
    pub fn thin(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::THIN, at)
    }

    /// Adds points (x, y, error), each with a bar from y − error to y + error.
    pub fn error_bars(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64, f64)>,
    ) -> Chart {
        self.with_bars(name, colour, points, (0.0, 1.0))
    }

    /// Adds points (x, y, error), each with a bar from x − error to x + error:
    /// for a chart of rows.
    pub fn spreads(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64, f64)>,
    ) -> Chart {
        self.with_bars(name, colour, points, (1.0, 0.0))
    }

    /// Adds a hair line that only makes a picture together with many others.
    pub fn faint(self, name: &str, colour: Colour, at: impl Points) -> Chart {
        self.with(name, colour, Mark::FAINT, at)
    }

    /// Adds a band, filled lightly: (x, low, high), in the order of x.
    ///
    /// Where one of the three is not finite, the band has no corner.
    pub fn band(
        self,
        name: &str,
        colour: Colour,
        band: impl IntoIterator<Item = (f64, f64, f64)>,
    ) -> Chart {
        let finite = |&(x, low, high): &(f64, f64, f64)| {
            x.is_finite() && low.is_finite() && high.is_finite()
        };
        let band: Vec<_> = band.into_iter().filter(finite).collect();
        // Once along the lower edge, and back along the upper.
        let lower = band.iter().map(|it| (it.0, it.1));
        let upper = band.iter().rev().map(|it| (it.0, it.2));
        self.with(name, colour, Mark::FILL, lower.chain(upper))
    }

    /// Adds what closed lines enclose, as [`contour`](super::contour) draws
    /// them, filled lightly.
    pub fn area(
        self,
        name: &str,
        colour: Colour,
        lines: impl IntoIterator<Item = Loop>,
    ) -> Chart {
        let lines = lines.into_iter().flat_map(|line| [line, vec![LIFTED]]);
        self.with(name, colour, Mark::FILL, lines.flatten())
    }

    fn with(
        mut self,
        name: &str,
        colour: Colour,
        mark: Mark,
        points: impl Points,
    ) -> Chart {
        let pattern = mark.pattern(name, colour, &self.series);
        let (name, points) = (name.to_owned(), points.into_iter().collect());
        self.series.push(Series { name, colour, mark, pattern, points });
        self
    }

    /// Points, and under each a bar to either side.
    fn with_bars(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64, f64)>,
        (dx, dy): Point,
    ) -> Chart {
        let points: Vec<_> = points.into_iter().collect();
        let end = |x, y, by: f64| (x + by * dx, y + by * dy);
        let bars = points
            .iter()
            .flat_map(|&(x, y, by)| [end(x, y, -by), end(x, y, by), LIFTED]);
        let chart = self.with("", colour, Mark::BAR, bars);
        chart.points(name, colour, points.iter().map(|it| (it.0, it.1)))
    }

    /// Where the points of a series stand on the axes.
    pub(super) fn placed(
        &self,
        series: &Series,
    ) -> impl Iterator<Item = Point> {
        let points = series.points.iter();
        points.map(|&(x, y)| (self.x.place(x), self.y.place(y)))
    }

    /// The finished picture.
    pub fn figure(self) -> Figure {
        Chart::stacked([self])
    }

    /// Several charts in one picture, one below the other.
    pub fn stacked(charts: impl IntoIterator<Item = Chart>) -> Figure {
        both(&charts.into_iter().collect::<Vec<_>>(), false)
    }

    /// Several charts in one picture: side by side, or on a narrow page one
    /// below the other.
    pub fn beside(charts: impl IntoIterator<Item = Chart>) -> Figure {
        both(&charts.into_iter().collect::<Vec<_>>(), true)
    }
}

fn both(charts: &[Chart], beside: bool) -> Figure {
    let wide = layout::drawn(charts, Width::Wide, beside);
    // Without words there is nothing that could be too small.
    let narrow = charts.iter().any(|chart| !chart.bare);
    let narrow = narrow.then(|| layout::drawn(charts, Width::Narrow, beside));
    Figure { wide, narrow }
}

/// `Chart(loss over step: data, fit)`.
impl std::fmt::Debug for Chart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let names = self.series.iter().map(|series| series.name.as_str());
        let named: Vec<_> = names.filter(|name| !name.is_empty()).collect();
        let colon = if named.is_empty() { "" } else { ": " };
        let (y, x, named) = (&self.y.name, &self.x.name, named.join(", "));
        write!(f, "Chart({y} over {x}{colon}{named})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Constant, tiny, huge and infinite ranges, given and of the data.
    #[test]
    fn no_range_is_too_much() {
        let (most, far) = (f64::MAX, f64::INFINITY);
        let ends = [0.0, -1.0, 5e-324, 1e-300, 1e17, 1e240, most, -most, far];
        let ends = [&ends[..], &[-far, f64::NAN]].concat();
        for (low, high) in
            ends.iter().flat_map(|a| ends.iter().map(|b| (*a, *b)))
        {
            let points = [(low, high), (high, low), (low, low)];
            let bars = [(low, high, low), (high, low, high)];
            let data = Chart::new("x", "y")
                .dashed("dashed", Colour::Fit, points)
                .points("points", Colour::Data, points)
                .error_bars("bars", Colour::Data, bars)
                .spreads("spreads", Colour::Data, bars)
                .area("area", Colour::Fit, [points.to_vec()])
                .band("band", Colour::Fit, bars);
            let given = data.clone().x_range(low..high).y_range(high..low);
            let (log, given_log) =
                (data.clone().log_x().log_y(), given.clone().log_x().log_y());
            for chart in [data, given, log, given_log] {
                let svg = chart.clone().bare().figure().svg().len()
                    + chart.figure().svg().len();
                assert!(svg < 100_000, "{low}, {high}: {svg}");
            }
        }
    }

    #[test]
    fn no_height_and_no_name_is_too_much() {
        for height in [0, 1, 99, u32::MAX] {
            let name = "long".repeat(1000);
            let chart = Chart::new(&name, &name)
                .title(&name)
                .height(height)
                .x_names(vec![name.clone(); 2])
                .rows(vec![name.clone(); 2])
                .line(&name, Colour::Fit, [(0.0, 0.0), (1.0, 1.0)]);
            assert!(chart.figure().svg().len() < 100_000);
        }
    }

    #[test]
    fn a_band_has_a_corner_only_where_it_is_finite() {
        let chart = |band: &[(f64, f64, f64)]| {
            let band = band.iter().copied();
            Chart::new("x", "y").band("", Colour::Fit, band).figure()
        };
        let fills =
            |figure: &Figure| figure.svg().matches(" fill=\"#D9772B\"").count();
        let whole = [(0.0, 1.0, 2.0), (1.0, 2.0, 4.0)];
        let [first, second] = whole;
        assert_eq!(fills(&chart(&whole)), 1);
        for hole in [(0.5, f64::NAN, 1.0), (0.5, 1.0, f64::INFINITY)] {
            assert_eq!(chart(&[first, hole, second]), chart(&whole));
        }
        assert_eq!(fills(&chart(&[])), 0);
    }

    #[test]
    fn a_logarithmic_axis_leaves_zero_out() {
        let chart = |y| {
            Chart::new("x", "y").log_y().points("", Colour::Data, y).figure()
        };
        assert_eq!(
            chart([(0.0, 1.0), (1.0, 10.0), (2.0, 0.0)]),
            chart([(0.0, 1.0), (1.0, 10.0), (2.0, -1.0)])
        );
    }

    #[test]
    fn a_line_has_a_gap_where_it_is_not_finite() {
        let line = |points: [(f64, f64); 4]| {
            let chart = Chart::new("", "").line("", Colour::Fit, points);
            let svg = chart.figure().svg().to_owned();
            let path = svg.split("stroke=\"#D9772B\"").nth(1).expect("a line");
            path.split('>').next().expect("a tag").matches('m').count()
        };
        let whole = [(0.0, 0.0), (1.0, 1.0), (2.0, 0.0), (3.0, 1.0)];
        assert_eq!(line(whole), 1);
        let [a, b, c, d] = whole;
        let gap = (1.5, f64::NAN);
        assert_eq!(line([a, b, gap, d]), 2); // a dot of a line, too
        assert_eq!(line([a, gap, c, d]), 2);
    }

    #[test]
    fn a_narrow_chart_has_letters_of_the_same_size() {
        let points = [(0.0, 1.0), (1.0, 10_000.0)];
        let figure =
            Chart::new("x", "y").line("a line", Colour::Fit, points).figure();
        let narrow = figure.narrow().expect("a chart with words has one");
        for (svg, width) in [(figure.svg(), 720), (narrow, 360)] {
            let head = svg.split('>').next().unwrap_or_default();
            let viewed = format!("viewBox=\"0 0 {width} ");
            assert!(head.contains(&viewed), "{head}");
            assert!(head.contains("font-size=\"15\""), "{head}");
        }
        assert!(Chart::new("x", "y").bare().figure().narrow().is_none());
    }
}
