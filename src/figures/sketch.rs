//! Boxes, arrows and words: diagrams whose numbers and shapes are computed.

use std::collections::BTreeMap;

use super::path::{Path, number};
use super::svg::{Style, Svg};
use super::{Colour, Figure};

pub use super::svg::Align;

type Point = (f64, f64);

/// A diagram in the making, in SVG units from the top left corner. Its letters
/// are as high as a chart's; one for a wide page is 720 wide, and one for a
/// narrow page 360.
///
/// A coordinate or a size beyond 100,000 units is taken as 100,000.
#[derive(Clone)]
pub struct Sketch {
    size: (f64, f64),
    shapes: Vec<Shape>,
}

#[derive(Clone, Debug)]
enum Shape {
    Box { corner: Point, size: Point, colour: Colour, filled: bool },
    Shade { corner: Point, size: Point, colour: Colour, share: f64 },
    Circle { centre: Point, radius: f64, colour: Colour, filled: bool },
    Line { from: Point, to: Point, colour: Colour, head: bool },
    Text { at: Point, text: String, align: Align, colour: Colour },
}

/// The largest coordinate, and the largest size.
const MOST: f64 = 100_000.0;

fn near((x, y): Point) -> Point {
    let near = |value: f64| {
        if value.is_nan() { 0.0 } else { value.clamp(-MOST, MOST) }
    };
    (near(x), near(y))
}

fn size((width, height): Point) -> Point {
    near((width.max(0.0), height.max(0.0)))
}

impl Sketch {
    /// An empty diagram; the page scales it to its column.
    pub fn new(width: f64, height: f64) -> Sketch {
        Sketch { size: size((width, height)), shapes: Vec::new() }
    }

    /// A rectangle, filled or outlined.
    pub fn rectangle(
        &mut self,
        corner: Point,
        of: Point,
        colour: Colour,
        filled: bool,
    ) {
        let (corner, size) = (near(corner), size(of));
        self.shapes.push(Shape::Box { corner, size, colour, filled });
    }

    /// A rectangle with this share of its colour, from 0 to 1: a pixel. What
    /// lies behind it stays visible through the rest.
    pub fn shade(
        &mut self,
        corner: Point,
        of: Point,
        colour: Colour,
        share: f64,
    ) {
        let (corner, size) = (near(corner), size(of));
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        self.shapes.push(Shape::Shade { corner, size, colour, share });
    }

    /// A circle, filled or outlined.
    pub fn circle(
        &mut self,
        centre: Point,
        radius: f64,
        colour: Colour,
        filled: bool,
    ) {
        let (centre, radius) = (near(centre), size((radius, 0.0)).0);
        self.shapes.push(Shape::Circle { centre, radius, colour, filled });
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, colour: Colour) {
        let (from, to) = (near(from), near(to));
        self.shapes.push(Shape::Line { from, to, colour, head: false });
    }

    /// A straight line with a head at its end.
    pub fn arrow(&mut self, from: Point, to: Point, colour: Colour) {
        let (from, to) = (near(from), near(to));
        self.shapes.push(Shape::Line { from, to, colour, head: true });
    }

    /// A line of text, centred in height on its point.
    pub fn text(
        &mut self,
        at: Point,
        text: &str,
        align: Align,
        colour: Colour,
    ) {
        let (at, text) = (near(at), text.to_owned());
        self.shapes.push(Shape::Text { at, text, align, colour });
    }

    /// The finished picture, for any page: with words in it, let
    /// [`Figure::sketched`] draw two.
    pub fn figure(self) -> Figure {
        Figure { wide: self.svg(), narrow: None }
    }

    pub(super) fn svg(&self) -> String {
        let mut svg = Svg::new(self.size.0, self.size.1);
        // Grounds first, so that words stand on them.
        shades(&self.shapes).iter().for_each(|path| svg.line(path));
        for shape in &self.shapes {
            shape.draw(&mut svg);
        }
        svg.finish()
    }
}

/// The shaded rectangles, as a path for each shade: one of a hundred images
/// has thousands, and a rectangle of its own takes five times the room.
fn shades(shapes: &[Shape]) -> Vec<String> {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for shape in shapes {
        if let Shape::Shade { corner: (x, y), size, colour, share } = shape {
            let style =
                format!("fill=\"{}\" opacity=\"{share:.2}\"", colour.hex());
            let (x, y) = (number(*x), number(*y));
            let (width, height) = (number(size.0), number(size.1));
            *paths.entry(style).or_default() +=
                &format!("M{x} {y}h{width}v{height}h-{width}z");
        }
    }
    let line = |(style, path)| format!("<path {style} d=\"{path}\"/>");
    paths.into_iter().map(line).collect()
}

impl std::fmt::Debug for Sketch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sketch({} shapes)", self.shapes.len())
    }
}

impl Shape {
    fn draw(&self, svg: &mut Svg) {
        match self {
            Shape::Box { corner: (x, y), size, colour, filled } => {
                let (x, y) = (number(*x), number(*y));
                let (width, height) = (number(size.0), number(size.1));
                svg.line(&format!(
                    "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" \
                     height=\"{height}\" {}/>",
                    style(*colour, *filled)
                ));
            }
            // Drawn together, by `shades`.
            Shape::Shade { .. } => {}
            Shape::Circle { centre, radius, colour, filled } => {
                svg.circle(*centre, *radius, &style(*colour, *filled));
            }
            Shape::Line { from, to, colour, head } => {
                let mut path = Path::default();
                path.polyline(&[*from, *to], false);
                let width = 1.4;
                let stroke = Style::Stroke { width, dash: "", share: 1.0 };
                svg.path(&path.data(), *colour, stroke);
                if *head {
                    draw_head(svg, *from, *to, *colour);
                }
            }
            Shape::Text { at, text, align, colour } => {
                svg.text(*at, text, *align, *colour);
            }
        }
    }
}

/// A faint ground for filled shapes, so that words stay legible on them; what
/// is dropped has an outline of dashes.
fn style(colour: Colour, filled: bool) -> String {
    let hex = colour.hex();
    if filled {
        return format!("fill=\"{hex}\" opacity=\"0.35\"");
    }
    let dash = match colour {
        Colour::Dropped => " stroke-dasharray=\"3 3\"",
        _ => "",
    };
    format!("fill=\"none\" stroke=\"{hex}\" stroke-width=\"1.6\"{dash}")
}

fn draw_head(svg: &mut Svg, from: Point, to: Point, colour: Colour) {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |side: f64| {
        (to.0 - 9.0 * ux - side * 4.0 * uy, to.1 - 9.0 * uy + side * 4.0 * ux)
    };
    let mut path = Path::default();
    path.polyline(&[to, corner(1.0), corner(-1.0)], true);
    svg.path(&path.data(), colour, Style::Fill(1.0));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_and_no_size_is_too_much() {
        for i in [0.0, -1.0, 1e300, f64::NEG_INFINITY, f64::NAN] {
            let mut sketch = Sketch::new(i, i);
            let (ink, at) = (Colour::Ink, (i, i));
            for filled in [false, true] {
                sketch.rectangle(at, at, ink, filled);
                sketch.circle(at, i, ink, filled);
            }
            sketch.shade(at, at, ink, i);
            for other in [at, (0.0, 0.0), (-1e300, 1e300)] {
                sketch.line(at, other, ink);
                sketch.arrow(other, at, ink);
            }
            sketch.text(at, "words", Align::Centre, ink);
            assert!(sketch.figure().svg().len() < 10_000);
        }
    }

    #[test]
    fn shades_of_one_strength_are_one_path() {
        let mut sketch = Sketch::new(10.0, 10.0);
        for (x, share) in [(0.0, 0.5), (2.0, 1.0), (4.0, 0.5), (6.0, 7.0)] {
            sketch.shade((x, 0.0), (2.0, 3.0), Colour::Data, share);
        }
        let svg = sketch.figure().svg().to_owned();
        for path in [
            r#"opacity="0.50" d="M0 0h2v3h-2zM4 0h2v3h-2z"/>"#,
            r#"opacity="1.00" d="M2 0h2v3h-2zM6 0h2v3h-2z"/>"#,
        ] {
            assert!(svg.contains(path), "{svg}");
        }
        assert!(svg.trim_end().ends_with("</svg>"), "{svg}");
    }

    #[test]
    fn coloured_letters_say_which_colour() {
        let mut sketch = Sketch::new(10.0, 10.0);
        sketch.text((0.0, 0.0), "dz", Align::Left, Colour::Dz);
        let svg = sketch.figure().svg().to_owned();
        assert!(svg.contains(" class=\"dz\" fill=\"#CF4A3F\">dz<"), "{svg}");
    }
}
