//! Where the parts of a chart stand: legend, names, marks, and the plot.

use std::cell::RefCell;
use std::rc::Rc;

use plotters::prelude::*;

use super::axis::{Scale, Tick};
use super::chart::Chart;
use super::series::{Family, Point, Series};
use super::svg::{Align, Area, Drawn, Pixel, Svg, letters};
use super::{Colour, Width, words};

/// The height of a line of words.
const LINE: i32 = 220;
/// A sample in the legend, what follows it, and what follows its name.
const SAMPLE: i32 = 260;
const GAP: i32 = 60;
const AFTER: i32 = 200;

/// A chart as it will be drawn.
struct Layout<'a> {
    chart: &'a Chart,
    x: Scale,
    y: Scale,
    /// The series of the legend, and where each of their samples begins.
    legend: Vec<(&'a Series, Pixel)>,
    /// The room for words, on each side of the plot.
    above: i32,
    below: i32,
    left: i32,
    right: i32,
    /// How much room the chart takes.
    height: i32,
}

impl<'a> Layout<'a> {
    /// A chart in a box so wide.
    fn new(chart: &'a Chart, page: Width, width: i32) -> Layout<'a> {
        let places =
            || chart.series.iter().flat_map(|series| chart.placed(series));
        let x = chart.x.range(places().map(|place| place.0));
        let rows = chart.y.names.len();
        let y = match rows {
            0 => chart.y.range(places().map(|place| place.1)),
            _ => rows as f64 - 0.5..-0.5, // the first of them at the top
        };
        // What has no words needs no room for them.
        let room = |size: i32| if chart.bare { 0 } else { size };
        let wide = |tick: &Tick| words::width(&tick.1);
        let high = chart.height as i32 * page.choose(100, 72) / 10;
        let y = chart.y.scale(y, |ticks| {
            rows > 0 || 440 * ticks.len() as i32 <= room(high)
        });
        let label = y.ticks.iter().map(wide).max().unwrap_or(0);
        let left = room((label + 80).min(width / 2));
        let x = chart.x.scale(x, |ticks| {
            let labels = ticks.iter().map(|tick| wide(tick) + 300);
            labels.sum::<i32>() <= room(width - left)
        });
        // The last label stands out by its half.
        let last = x.ticks.last().map_or(0, wide);
        let right = room((last / 2).clamp(100, width / 4));
        let legend = legend(chart, width);
        let rows = legend.last().map_or(0, |(_, (_, y))| y / LINE + 1);
        let words = [&chart.title, &chart.y.name, &chart.x.name];
        let [title, y_name, x_name] =
            words.map(|words| i32::from(!words.is_empty()));
        let above = room(LINE * (rows + title + y_name) + 60);
        let below = room(LINE * (1 + x_name) + 40);
        let high = if chart.square { width - left - right } else { high };
        let height = above + high + below;
        Layout { chart, x, y, legend, above, below, left, right, height }
    }

    fn draw(&self, svg: &RefCell<Svg>, area: &Area) -> Drawn {
        let mut plot = ChartBuilder::on(area)
            .margin_top(self.above)
            .margin_right(self.right)
            .x_label_area_size(self.below)
            .y_label_area_size(self.left)
            .build_cartesian_2d(self.x.clone(), self.y.clone())?;
        let Chart { bare, title, x, y, .. } = self.chart;
        let say = |text: &str, at, align| {
            area.draw_text(text, &letters(align, Colour::Ink), at)
        };
        if !bare {
            plot.configure_mesh()
                .bold_line_style(Colour::Ink.mix(0.3).stroke_width(8))
                .axis_style(Colour::Ink.stroke_width(12))
                .set_all_tick_mark_size(30)
                .label_style(letters(Align::Centre, Colour::Ink))
                .x_desc(&x.name)
                .draw()?;
            // The name of y stands above its numbers, where it can be read
            // without turning one's head.
            let at = self.above - LINE / 2 - 30;
            say(&y.name, (0, at), Align::Left)?;
            let at = if y.name.is_empty() { at } else { at - LINE };
            let inner = plot.plotting_area().dim_in_pixel().0 as i32;
            say(title, (self.left + inner / 2, at), Align::Centre)?;
        }
        for series in &self.chart.series {
            let runs = self.runs(series);
            let points = runs.concat();
            series.draw(svg, plot.plotting_area(), runs, &points)?;
        }
        for &(series, (x, y)) in &self.legend {
            let sample = area.clone().shrink((x, y - 50), (SAMPLE, 100));
            let sample = ChartBuilder::on(&sample)
                .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
            svg.borrow_mut().line("<g class=\"sample\">");
            let (line, point) = series.mark.sample();
            series.draw(svg, sample.plotting_area(), vec![line], &[point])?;
            svg.borrow_mut().line("</g>");
            say(&series.name, (x + SAMPLE + GAP, y), Align::Left)?;
        }
        Ok(())
    }

    /// The parts of a series that can be drawn. What is filled reaches to the
    /// edge of the plot.
    fn runs(&self, series: &Series) -> Vec<Vec<Point>> {
        let places: Vec<Point> = self.chart.placed(series).collect();
        let shown = |&(x, y): &Point| match series.mark.family {
            Family::Fill => !x.is_nan() && !y.is_nan(),
            _ => self.x.holds(x) && self.y.holds(y),
        };
        let runs = places.split(|place| !shown(place));
        runs.filter(|run| !run.is_empty()).map(<[_]>::to_vec).collect()
    }
}

/// The series of the legend, and the places of their samples.
fn legend(chart: &Chart, width: i32) -> Vec<(&Series, Pixel)> {
    let (mut x, mut y) = (0, LINE / 2);
    let mut places = Vec::new();
    let named = |it: &&Series| chart.legend && !it.name.is_empty();
    for series in chart.series.iter().filter(named) {
        let needs = SAMPLE + GAP + words::width(&series.name);
        if x > 0 && x + needs > width {
            (x, y) = (0, y + LINE);
        }
        places.push((series, (x, y)));
        x += needs + AFTER;
    }
    places
}

/// Charts below one another, or side by side where the page is wide.
pub(super) fn drawn(charts: &[Chart], page: Width, beside: bool) -> String {
    let beside = beside && page == Width::Wide;
    let columns = if beside { charts.len().max(1) } else { 1 };
    let width = page.units() as i32 * 10;
    let each = width / columns as i32;
    let svg = Rc::new(RefCell::new(Svg::default()));
    let mut top = 0;
    for row in charts.chunks(columns) {
        let mut high = 0;
        for (chart, left) in row.iter().zip((0..).step_by(each as usize)) {
            let layout = Layout::new(chart, page, each);
            let (corner, size) = ((left, top), (each, layout.height));
            let area = Area::from(&svg).shrink(corner, size);
            layout.draw(&svg, &area).expect("text can always be written");
            high = high.max(layout.height);
        }
        top += high;
    }
    // In whole units.
    Svg::file([svg.take()], (width, (top + 9) / 10 * 10))
}
