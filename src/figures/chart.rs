//! Curves and points over two axes.

use std::ops::Range;

use plotters::prelude::*;

use super::ticks::{self, Scale};
use super::{Colour, Figure};

/// The drawing area, in SVG units; the page scales it to its column.
const WIDTH: u32 = 1600;
const FONT: u32 = 54;
const STROKE: u32 = 5;
/// How much of its colour a band has: what lies behind it stays visible.
const BAND: f64 = 0.3;

type Plot<'a> = ChartContext<'a, SVGBackend<'a>, Cartesian2d<Scale, Scale>>;

/// A chart in the making: axes first, then series in the order of drawing.
///
/// Points that are not finite are left out.
#[derive(Clone)]
pub struct Chart {
    x: Axis,
    y: Axis,
    height: u32,
    bare: bool,
    series: Vec<Series>,
}

#[derive(Clone, Debug)]
struct Axis {
    name: String,
    range: Option<Range<f64>>,
    log: bool,
    /// Words at 0, 1, 2 … in place of numbers; none for an axis of numbers.
    names: Vec<String>,
}

#[derive(Clone, Debug)]
struct Series {
    name: String,
    colour: Colour,
    mark: Mark,
    points: Vec<(f64, f64)>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mark {
    Point,
    Line,
    Dashed,
    Thin,
    /// From the first point up to the second, with a cap at either end.
    Bar,
    Faint,
    Band,
}

impl Chart {
    /// An empty chart whose axes carry these names.
    pub fn new(x: &str, y: &str) -> Chart {
        let axis = |name: &str| Axis {
            name: name.to_owned(),
            range: None,
            log: false,
            names: Vec::new(),
        };
        Chart {
            x: axis(x),
            y: axis(y),
            height: 950,
            bare: false,
            series: Vec::new(),
        }
    }

    /// Fixes the range of y instead of taking it from the data.
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

    /// The height in the units in which the width is 1600; at least 400 and at
    /// most 16,000 of them.
    pub fn height(mut self, height: u32) -> Chart {
        self.height = height.clamp(400, 16_000);
        self
    }

    /// Leaves axes and legend out: for a cover, where the shape is the message.
    pub fn bare(mut self) -> Chart {
        self.bare = true;
        self
    }

    /// Adds points; an empty name stays out of the legend, here and below.
    pub fn points(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Chart {
        self.with(name, colour, Mark::Point, points)
    }

    /// Adds a curve.
    pub fn line(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Chart {
        self.with(name, colour, Mark::Line, points)
    }

    /// Adds a dashed curve: a prediction or a limit, drawn beside a measurement.
    pub fn dashed(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Chart {
        self.with(name, colour, Mark::Dashed, points)
    }

    /// Adds a hair line, for curves with thousands of points.
    pub fn thin(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Chart {
        self.with(name, colour, Mark::Thin, points)
    }

    /// Adds points (x, y, error), each with a bar from y − error to y + error.
    pub fn error_bars(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64, f64)>,
    ) -> Chart {
        let points: Vec<_> = points.into_iter().collect();
        let dots = points.iter().map(|&(x, y, _)| (x, y));
        let chart = self.points(name, colour, dots);
        points.iter().fold(chart, |chart, &(x, y, error)| {
            let ends = [(x, y - error), (x, y + error)];
            chart.with("", colour, Mark::Bar, ends)
        })
    }

    /// Adds a hair line that only makes a picture together with many others.
    pub fn faint(
        self,
        name: &str,
        colour: Colour,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Chart {
        self.with(name, colour, Mark::Faint, points)
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
        // Once along the lower edge, and back along the upper.
        let (mut outline, mut upper) = (Vec::new(), Vec::new());
        for (x, low, high) in band {
            if [x, low, high].into_iter().all(f64::is_finite) {
                outline.push((x, low));
                upper.push((x, high));
            }
        }
        outline.extend(upper.into_iter().rev());
        self.with(name, colour, Mark::Band, outline)
    }

    fn with(
        mut self,
        name: &str,
        colour: Colour,
        mark: Mark,
        points: impl IntoIterator<Item = (f64, f64)>,
    ) -> Chart {
        let place = |axis: &Axis, value: f64| {
            if axis.log { value.log10() } else { value }
        };
        let points = points
            .into_iter()
            .map(|(x, y)| (place(&self.x, x), place(&self.y, y)))
            .filter(|(x, y)| x.is_finite() && y.is_finite())
            .collect();
        self.series.push(Series {
            name: name.to_owned(),
            colour,
            mark,
            points,
        });
        self
    }

    /// The finished picture.
    pub fn figure(self) -> Figure {
        Chart::stacked([self])
    }

    /// Several charts in one picture, one below the other.
    pub fn stacked(charts: impl IntoIterator<Item = Chart>) -> Figure {
        let charts: Vec<Chart> = charts.into_iter().collect();
        let height = charts.iter().map(|chart| chart.height).sum();
        let mut svg = String::new();
        {
            let mut below = SVGBackend::with_string(&mut svg, (WIDTH, height))
                .into_drawing_area();
            for chart in charts {
                let (area, rest) = below.split_vertically(chart.height);
                // Drawing into a string fails only if plotters is asked for
                // nonsense.
                chart
                    .draw(&area)
                    .expect("a chart with ranges of finite width can be drawn");
                below = rest;
            }
        }
        Figure { svg }
    }

    fn draw(
        &self,
        root: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    ) -> DrawResult {
        let x = self.x.range(
            self.series.iter().flat_map(|s| s.points.iter().map(|p| p.0)),
        );
        let y = self.y.range(
            self.series.iter().flat_map(|s| s.points.iter().map(|p| p.1)),
        );
        if self.bare {
            let mut plot = ChartBuilder::on(root)
                .build_cartesian_2d(self.x.scale(x), self.y.scale(y))?;
            return self
                .series
                .iter()
                .try_for_each(|series| series.draw(&mut plot));
        }
        let mut plot = ChartBuilder::on(root)
            .margin(12)
            .margin_top(if self.legend().next().is_some() { 96 } else { 30 })
            .margin_right(40)
            .x_label_area_size(130)
            .y_label_area_size(190)
            .build_cartesian_2d(self.x.scale(x), self.y.scale(y))?;
        self.draw_axes(&mut plot)?;
        for series in &self.series {
            series.draw(&mut plot)?;
        }
        self.draw_legend(root)
    }

    fn draw_axes(&self, plot: &mut Plot<'_>) -> DrawResult {
        let ink = Colour::Ink.rgb();
        plot.configure_mesh()
            .x_desc(&self.x.name)
            .y_desc(&self.y.name)
            .x_label_formatter(&|value| self.x.label(*value))
            .y_label_formatter(&|value| self.y.label(*value))
            .label_style(("sans-serif", FONT).into_font().color(&ink))
            .axis_style(ink.stroke_width(3))
            .bold_line_style(ink.mix(0.25).stroke_width(2))
            .light_line_style(TRANSPARENT)
            .draw()?;
        Ok(())
    }

    /// The series that have a name.
    fn legend(&self) -> impl Iterator<Item = &Series> {
        self.series.iter().filter(|series| !series.name.is_empty())
    }

    /// One line above the plot: a sample of each mark, then its name.
    fn draw_legend(
        &self,
        root: &DrawingArea<SVGBackend<'_>, plotters::coord::Shift>,
    ) -> DrawResult {
        let (mut x, y) = (200, 46);
        for series in self.legend() {
            let style = series.colour.rgb().stroke_width(2 * STROKE);
            if series.mark == Mark::Point {
                root.draw(&Circle::new(
                    (x + 30, y),
                    12,
                    series.colour.rgb().filled(),
                ))?;
            } else if series.mark == Mark::Band {
                root.draw(&Rectangle::new(
                    [(x, y - 20), (x + 60, y + 20)],
                    series.colour.rgb().mix(BAND).filled(),
                ))?;
            } else if series.mark == Mark::Dashed {
                for start in [x, x + 36] {
                    root.draw(&PathElement::new(
                        vec![(start, y), (start + 24, y)],
                        style,
                    ))?;
                }
            } else {
                root.draw(&PathElement::new(vec![(x, y), (x + 60, y)], style))?;
            }
            let text =
                ("sans-serif", FONT).into_font().color(&Colour::Ink.rgb());
            root.draw(&Text::new(
                series.name.clone(),
                (x + 76, y - FONT as i32 / 2),
                text,
            ))?;
            // There are no font metrics; half the font size is a letter's width.
            let letters = series.name.chars().take(WIDTH as usize).count();
            x += 76 + letters as i32 * FONT as i32 / 2 + 50;
            if x > WIDTH as i32 {
                break; // the rest would stand beyond the picture
            }
        }
        Ok(())
    }
}

/// `Chart(loss over step: data, fit)`.
impl std::fmt::Debug for Chart {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let named: Vec<_> = self.legend().map(|s| s.name.as_str()).collect();
        let colon = if named.is_empty() { "" } else { ": " };
        let (y, x, named) = (&self.y.name, &self.x.name, named.join(", "));
        write!(f, "Chart({y} over {x}{colon}{named})")
    }
}

type DrawResult = Result<(), DrawingAreaErrorKind<std::io::Error>>;

impl Axis {
    /// The fixed range, or the data's with a little room; made so that it can
    /// be drawn.
    fn range(&self, values: impl Iterator<Item = f64>) -> Range<f64> {
        let place = |value: f64| if self.log { value.log10() } else { value };
        if let Some(range) = &self.range {
            return self.drawable(place(range.start), place(range.end), 0.0);
        }
        let (low, high) = values
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| {
                (low.min(v), high.max(v))
            });
        if low > high {
            return 0.0..1.0; // no data
        }
        self.drawable(low, high, 0.04)
    }

    /// From the one to the other, and a share of the width more at either end:
    /// with ends that are finite, and wide enough for marks in between.
    fn drawable(&self, one: f64, other: f64, share: f64) -> Range<f64> {
        let far = if self.log { 400.0 } else { 1e300 };
        let low = one.min(other).clamp(-far, far);
        let high = one.max(other).clamp(-far, far);
        if low.is_nan() {
            return 0.0..1.0; // both are
        }
        let (width, size) = (high - low, low.abs().max(high.abs()));
        let least = (1e-12 * size).max(1e-300);
        let room = if width > least { share * width } else { least.max(0.5) };
        low - room..high + room
    }

    fn scale(&self, range: Range<f64>) -> Scale {
        let ticks = if !self.names.is_empty() {
            (0..self.names.len()).map(|i| i as f64).collect()
        } else if self.log {
            ticks::decades(&range)
        } else {
            ticks::linear(&range)
        };
        Scale { range, ticks }
    }

    fn label(&self, value: f64) -> String {
        if !self.names.is_empty() {
            return self.names.get(value as usize).cloned().unwrap_or_default();
        }
        if self.log { ticks::power_label(value) } else { ticks::label(value) }
    }
}

impl Series {
    fn draw(&self, plot: &mut Plot<'_>) -> DrawResult {
        let colour = self.colour.rgb();
        let points = self.points.iter().copied();
        match self.mark {
            Mark::Point => {
                plot.draw_series(
                    points.map(|at| {
                        Circle::new(at, 9, colour.mix(0.85).filled())
                    }),
                )?;
            }
            Mark::Line => {
                plot.draw_series(LineSeries::new(
                    points,
                    colour.stroke_width(2 * STROKE),
                ))?;
            }
            Mark::Thin => {
                plot.draw_series(LineSeries::new(
                    points,
                    colour.mix(0.8).stroke_width(3),
                ))?;
            }
            Mark::Bar => {
                let style = colour.stroke_width(STROKE);
                plot.draw_series(LineSeries::new(points.clone(), style))?;
                plot.draw_series(points.map(|at| {
                    let cap = vec![(-14, 0), (14, 0)];
                    EmptyElement::at(at) + PathElement::new(cap, style)
                }))?;
            }
            Mark::Faint => {
                plot.draw_series(LineSeries::new(
                    points,
                    colour.mix(0.45).stroke_width(2),
                ))?;
            }
            Mark::Band => {
                let outline = points.collect::<Vec<_>>();
                if !outline.is_empty() {
                    let fill = colour.mix(BAND).filled();
                    plot.draw_series([Polygon::new(outline, fill)])?;
                }
            }
            Mark::Dashed => {
                let style = colour.stroke_width(STROKE + 2);
                plot.draw_series(DashedLineSeries::new(points, 22, 14, style))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_without_data_is_still_a_picture() {
        let nothing = Chart::new("x", "y")
            .line("none", Colour::Fit, [(f64::NAN, 1.0)])
            .figure();
        assert!(nothing.svg().starts_with("<svg"), "{}", nothing.svg());
    }

    /// Constant, tiny, huge and infinite ranges, given and of the data.
    #[test]
    fn no_range_is_too_much() {
        let ends = [
            0.0,
            -1.0,
            5e-324,
            1e-300,
            1e17,
            1e240,
            f64::MAX,
            -f64::MAX,
            f64::INFINITY,
            f64::NEG_INFINITY,
            f64::NAN,
        ];
        for (low, high) in ends.into_iter().flat_map(|a| ends.map(|b| (a, b))) {
            let points = [(low, high), (high, low), (low, low)];
            let bars = [(low, high, low), (high, low, high)];
            let data = Chart::new("x", "y")
                .dashed("dashed", Colour::Fit, points)
                .points("points", Colour::Data, points)
                .error_bars("bars", Colour::Data, bars)
                .band("band", Colour::Fit, bars);
            let given = data.clone().x_range(low..high).y_range(high..low);
            let (log, given_log) =
                (data.clone().log_x().log_y(), given.clone().log_x().log_y());
            for chart in [data, given, log, given_log] {
                let svg = chart.clone().bare().figure().svg().len()
                    + chart.figure().svg().len();
                assert!(svg < 1_000_000, "{low}, {high}: {svg}");
            }
        }
    }

    #[test]
    fn no_height_and_no_name_is_too_much() {
        for height in [0, 1, 399, u32::MAX] {
            let name = "long".repeat(10_000);
            let chart = Chart::new(&name, &name)
                .height(height)
                .x_names(vec![name.clone(); 2])
                .line(&name, Colour::Fit, [(0.0, 0.0), (1.0, 1.0)])
                .line("beyond", Colour::Fit, [(0.0, 0.0)]);
            assert!(!chart.figure().svg().contains("beyond"));
        }
    }

    #[test]
    fn a_band_has_a_corner_only_where_it_is_finite() {
        let chart = |band: &[(f64, f64, f64)]| {
            let band = band.iter().copied();
            Chart::new("x", "y").band("b", Colour::Fit, band).figure()
        };
        let whole = [(0.0, 1.0, 2.0), (1.0, 2.0, 4.0)];
        let [first, second] = whole;
        let svg = chart(&whole).svg().to_owned();
        assert_eq!(svg.matches("<polygon").count(), 1, "{svg}");
        for hole in [(0.5, f64::NAN, 1.0), (0.5, 1.0, f64::INFINITY)] {
            assert_eq!(chart(&[first, hole, second]), chart(&whole));
        }
        assert!(!chart(&[]).svg().contains("<polygon"));
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
}
