//! Boxes, arrows and words: diagrams whose numbers and shapes are computed.

use std::collections::BTreeMap;

use plotters::prelude::*;

use super::svg::{Pixel, Svg, letters, pixels};
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
    size: Pixel,
    /// The ground, with one path for each colour and share, in hundredths: an
    /// image has thousands of rectangles.
    shades: BTreeMap<(Colour, u8), Svg>,
    svg: Svg,
}

fn pixel((x, y): Point) -> Pixel {
    (pixels(x), pixels(y))
}

/// The corners of a rectangle.
fn corners(corner: Point, (width, height): Point) -> [Pixel; 2] {
    let (x, y) = pixel(corner);
    let (width, height) = pixel((width.max(0.0), height.max(0.0)));
    [(x, y), (x + width, y + height)]
}

impl Sketch {
    /// An empty diagram; the page scales it to its column.
    pub fn new(width: f64, height: f64) -> Sketch {
        let [_, size] = corners((0.0, 0.0), (width, height));
        Sketch { size, shades: BTreeMap::new(), svg: Svg::default() }
    }

    /// A rectangle, filled or outlined.
    pub fn rectangle(
        &mut self,
        corner: Point,
        of: Point,
        colour: Colour,
        filled: bool,
    ) {
        let [from, to] = corners(corner, of);
        let style = self.style(colour, filled);
        let _ = self.svg.draw_rect(from, to, &style, filled);
    }

    /// A rectangle with this share of its colour, from 0 to 1: a pixel. What
    /// lies behind it stays visible through the rest; it lies under all that
    /// is no shade, so that words stand on it.
    pub fn shade(
        &mut self,
        corner: Point,
        of: Point,
        colour: Colour,
        share: f64,
    ) {
        let share = (share.clamp(0.0, 1.0) * 100.0).round() as u8;
        let style = colour.mix(f64::from(share) / 100.0).filled();
        let [from, to] = corners(corner, of);
        let shade = self.shades.entry((colour, share)).or_default();
        let _ = shade.draw_rect(from, to, &style, true);
    }

    /// A circle, filled or outlined.
    pub fn circle(
        &mut self,
        centre: Point,
        radius: f64,
        colour: Colour,
        filled: bool,
    ) {
        let radius = pixels(radius.max(0.0)) as u32;
        let style = self.style(colour, filled);
        let _ = self.svg.draw_circle(pixel(centre), radius, &style, filled);
    }

    /// A straight line.
    pub fn line(&mut self, from: Point, to: Point, colour: Colour) {
        self.svg.dash = "";
        let style = colour.stroke_width(14);
        let _ = self.svg.draw_line(pixel(from), pixel(to), &style);
    }

    /// A straight line with a head at its end.
    pub fn arrow(&mut self, from: Point, to: Point, colour: Colour) {
        self.line(from, to, colour);
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let length = (dx * dx + dy * dy).sqrt().max(1.0);
        let (ux, uy) = (dx / length, dy / length);
        let corner = |side: f64| {
            let (back, across) = (9.0, 4.0 * side);
            (to.0 - back * ux - across * uy, to.1 - back * uy + across * ux)
        };
        let head = [to, corner(1.0), corner(-1.0)].map(pixel);
        let _ = self.svg.fill_polygon(head, &colour.to_backend_color());
    }

    /// A line of text, centred in height on its point.
    pub fn text(
        &mut self,
        at: Point,
        text: &str,
        align: Align,
        colour: Colour,
    ) {
        let _ = self.svg.draw_text(text, &letters(align, colour), pixel(at));
    }

    /// A faint ground for filled shapes, so that words stay legible on them;
    /// what is dropped has an outline of dashes.
    fn style(&mut self, colour: Colour, filled: bool) -> ShapeStyle {
        self.svg.dash = if colour == Colour::Dropped { "3 3" } else { "" };
        colour.mix(if filled { 0.35 } else { 1.0 }).stroke_width(16)
    }

    /// The finished picture, for any page: with words in it, let
    /// [`Figure::sketched`] draw two.
    pub fn figure(self) -> Figure {
        Figure { wide: self.svg(), narrow: None }
    }

    pub(super) fn svg(&self) -> String {
        let parts = self.shades.values().chain([&self.svg]);
        Svg::file(parts.cloned(), self.size)
    }
}

/// `Sketch(720 × 300)`.
impl std::fmt::Debug for Sketch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sketch({} × {})", self.size.0 / 10, self.size.1 / 10)
    }
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
            r#"99" opacity="0.5" d="m0 0 2 0 0 3-2 0zm4 0 2 0 0 3-2 0z"/>"#,
            r#"99" d="m2 0 2 0 0 3-2 0zm4 0 2 0 0 3-2 0z"/>"#,
        ] {
            assert!(svg.contains(path), "{svg}");
        }
    }

    #[test]
    fn coloured_letters_say_which_colour() {
        let mut sketch = Sketch::new(10.0, 10.0);
        sketch.text((0.0, 0.0), "dz", Align::Left, Colour::Dz);
        let svg = sketch.figure().svg().to_owned();
        assert!(svg.contains(" class=\"dz\" fill=\"#CF4A3F\">dz<"), "{svg}");
    }
}
