//! Where the parts of a chart stand: legend, names, marks, and the plot.

use super::chart::Chart;
use super::clip::Frame;
use super::path::Path;
use super::series::{Plot, Series};
use super::svg::{Align, FONT, Style, Svg};
use super::{Colour, Width, axis::Tick, words};

/// The height of a line of words.
const LINE: f64 = 22.0;
/// A sample in the legend, what follows it, and what follows its name.
const SAMPLE: f64 = 26.0;
const GAP: f64 = 6.0;
const AFTER: f64 = 20.0;
/// The room to the right of the plot.
const RIGHT: f64 = 10.0;

/// A series of the legend, and where its sample begins.
type Sample = (usize, (f64, f64));

/// A chart as it will be drawn.
pub(super) struct Layout<'a> {
    chart: &'a Chart,
    patterns: Vec<usize>,
    plot: Plot,
    x_ticks: Vec<Tick>,
    y_ticks: Vec<Tick>,
    /// Where each sample of the legend stands.
    legend: Vec<Sample>,
    left: f64,
    width: f64,
    /// How much room the chart takes.
    pub(super) height: f64,
}

impl<'a> Layout<'a> {
    /// A chart in a box with this upper left corner and so wide.
    pub(super) fn new(
        chart: &'a Chart,
        page: Width,
        (left, top): (f64, f64),
        width: f64,
    ) -> Layout<'a> {
        let values = || chart.series.iter().flat_map(Series::values);
        let x = chart.x.range(values().map(|value| value.0));
        let y = if chart.y.names.is_empty() {
            chart.y.range(values().map(|value| value.1))
        } else {
            chart.y.rows()
        };
        let high = f64::from(chart.height) * page.choose(1.0, 0.72);
        if chart.bare {
            let frame = frame(left, top, width, high);
            let plot = Plot { frame, x, y };
            return Layout {
                chart,
                patterns: chart.patterns(),
                plot,
                x_ticks: Vec::new(),
                y_ticks: Vec::new(),
                legend: Vec::new(),
                left,
                width,
                height: high,
            };
        }
        let y_ticks = chart
            .y
            .ticks(&y, (high / page.choose(60.0, 48.0)).max(3.0) as usize);
        let labels = y_ticks.iter().map(|(_, label)| words::width(label));
        let label = labels.fold(0.0, f64::max).min(width / 2.0);
        let (legend, rows) = legend(chart, left, top, width);
        let names = [!chart.title.is_empty(), !chart.y.name.is_empty()];
        let names = names.into_iter().filter(|it| *it).count();
        let above = LINE * (rows + names) as f64 + 6.0;
        let inner = width - label - 8.0 - RIGHT;
        let high = if chart.square { inner } else { high };
        let frame = frame(left + label + 8.0, top + above, inner, high);
        let x_ticks =
            chart.x.ticks(&x, (inner / page.choose(95.0, 65.0)) as usize);
        let below = LINE * if chart.x.name.is_empty() { 1.0 } else { 2.0 };
        Layout {
            chart,
            patterns: chart.patterns(),
            plot: Plot { frame, x, y },
            x_ticks,
            y_ticks,
            legend,
            left,
            width,
            height: above + high + below + 4.0,
        }
    }

    pub(super) fn draw(&self, svg: &mut Svg) {
        if !self.chart.bare {
            self.draw_names(svg);
            self.draw_axes(svg);
        }
        for (series, &pattern) in self.chart.series.iter().zip(&self.patterns) {
            series.draw(svg, &self.plot, pattern);
        }
        for &(k, (x, y)) in &self.legend {
            let series = &self.chart.series[k];
            svg.open("class=\"sample\"");
            series.draw_sample(svg, (x, y), SAMPLE, self.patterns[k]);
            svg.close();
            let at = (x + SAMPLE + GAP, y);
            svg.text(at, &series.name, Align::Left, Colour::Ink);
        }
    }

    /// The title and the axes' names: that of y stands above its numbers,
    /// where it can be read without turning one's head.
    fn draw_names(&self, svg: &mut Svg) {
        let Frame { left, top, right, bottom } = self.plot.frame;
        let mut y = top - LINE / 2.0 - 3.0;
        if !self.chart.y.name.is_empty() {
            svg.text(
                (self.left, y),
                &self.chart.y.name,
                Align::Left,
                Colour::Ink,
            );
            y -= LINE;
        }
        let middle = (left + right) / 2.0;
        svg.text_if((middle, y), &self.chart.title, Align::Centre);
        let below = bottom + 1.5 * LINE;
        let half = words::width(&self.chart.x.name) / 2.0;
        let middle = middle.min(self.left + self.width - half);
        svg.text_if((middle, below), &self.chart.x.name, Align::Centre);
    }

    fn draw_axes(&self, svg: &mut Svg) {
        let Frame { left, top, right, bottom } = self.plot.frame;
        let mut grid = Path::default();
        for (value, _) in &self.x_ticks {
            let x = self.plot.x(*value);
            grid.polyline(&[(x, top), (x, bottom)], false);
        }
        for (value, _) in &self.y_ticks {
            let y = self.plot.y(*value);
            grid.polyline(&[(left, y), (right, y)], false);
        }
        let line = |width, share| Style::Stroke { width, dash: "", share };
        svg.path(&grid.data(), Colour::Ink, line(0.8, 0.3));
        let mut axes = Path::default();
        axes.polyline(&[(left, top), (left, bottom), (right, bottom)], false);
        svg.path(&axes.data(), Colour::Ink, line(1.2, 1.0));
        for (x, label) in self.x_labels() {
            let at = (x, bottom + LINE / 2.0 + 1.0);
            svg.text(at, label, Align::Centre, Colour::Ink);
        }
        for (value, label) in &self.y_ticks {
            let at = (left - 6.0, self.plot.y(*value));
            svg.text(at, label, Align::Right, Colour::Ink);
        }
    }

    /// As many labels of x as there is room for, all at one distance, and none
    /// over the edge.
    fn x_labels(&self) -> Vec<(f64, &str)> {
        let right = self.left + self.width;
        let placed = self.x_ticks.iter().map(|(value, label)| {
            let half = words::width(label) / 2.0;
            let x = self.plot.x(*value).min(right - half);
            (x.max(self.left + half), half, label.as_str())
        });
        let all: Vec<_> = placed.collect();
        let fits = |stride: &usize| {
            let kept: Vec<_> = all.iter().step_by(*stride).collect();
            kept.windows(2)
                .all(|it| it[0].0 + it[0].1 + 7.0 <= it[1].0 - it[1].1)
        };
        let stride =
            (1..all.len().max(2)).find(fits).unwrap_or(all.len().max(1));
        all.iter().step_by(stride).map(|&(x, _, label)| (x, label)).collect()
    }
}

fn frame(left: f64, top: f64, width: f64, height: f64) -> Frame {
    Frame { left, top, right: left + width.max(1.0), bottom: top + height }
}

/// The places of the legend's samples, and how many lines they take.
fn legend(
    chart: &Chart,
    left: f64,
    top: f64,
    width: f64,
) -> (Vec<Sample>, usize) {
    let (mut x, mut row) = (left, 0);
    let mut places = Vec::new();
    if !chart.legend {
        return (places, 0);
    }
    for (k, series) in chart.series.iter().enumerate() {
        if series.name.is_empty() {
            continue;
        }
        let needs = SAMPLE + GAP + words::width(&series.name);
        if x > left && x + needs > left + width {
            (x, row) = (left, row + 1);
        }
        places.push((k, (x, top + LINE * (f64::from(row) + 0.5))));
        x += needs + AFTER;
    }
    let rows = if places.is_empty() { 0 } else { row as usize + 1 };
    (places, rows)
}

impl Svg {
    fn text_if(&mut self, at: (f64, f64), text: &str, align: Align) {
        if !text.is_empty() {
            self.text(at, text, align, Colour::Ink);
        }
    }
}

/// Charts below one another, or side by side where the page is wide.
pub(super) fn drawn(charts: &[Chart], page: Width, beside: bool) -> String {
    let width = page.units();
    let beside = beside && page == Width::Wide;
    let each = if beside {
        (width - FONT) / charts.len().max(1) as f64
    } else {
        width
    };
    let (mut left, mut top, mut height) = (0.0, 0.0, 0.0_f64);
    let mut layouts = Vec::new();
    for chart in charts {
        let layout = Layout::new(chart, page, (left, top), each);
        height = height.max(top + layout.height);
        if beside {
            left += each + FONT;
        } else {
            top += layout.height;
        }
        layouts.push(layout);
    }
    let mut svg = Svg::new(width, height.ceil());
    layouts.iter().for_each(|layout| layout.draw(&mut svg));
    svg.finish()
}
