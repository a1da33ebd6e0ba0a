//! Boxes, arrows and words: diagrams whose numbers and shapes are computed.

use std::collections::BTreeMap;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use super::{Colour, Figure};

/// Where a text hangs on its point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// The point is the text's left end.
    Left,
    /// The point is the text's centre.
    Centre,
    /// The point is the text's right end.
    Right,
}

/// A diagram in the making, in SVG units from the top left corner.
///
/// A coordinate or a size beyond 100,000 units is taken as 100,000.
#[derive(Clone)]
pub struct Sketch {
    size: (u32, u32),
    shapes: Vec<Shape>,
}

#[derive(Clone, Debug)]
enum Shape {
    Box {
        corner: (i32, i32),
        size: (i32, i32),
        colour: Colour,
        filled: bool,
    },
    Shade {
        corner: (i32, i32),
        size: (i32, i32),
        colour: Colour,
        share: f64,
    },
    Circle {
        centre: (i32, i32),
        radius: i32,
        colour: Colour,
        filled: bool,
    },
    Line {
        from: (i32, i32),
        to: (i32, i32),
        colour: Colour,
        head: bool,
    },
    Text {
        at: (i32, i32),
        text: String,
        size: u32,
        align: Align,
        colour: Colour,
    },
}

/// The largest coordinate, and the largest size.
const MOST: i32 = 100_000;

fn near((x, y): (i32, i32)) -> (i32, i32) {
    (x.clamp(-MOST, MOST), y.clamp(-MOST, MOST))
}

impl Sketch {
    /// An empty diagram; the page scales it to its column.
    pub fn new(width: u32, height: u32) -> Sketch {
        let size = (width.min(MOST as u32), height.min(MOST as u32));
        Sketch { size, shapes: Vec::new() }
    }

    /// A rectangle, filled or outlined.
    pub fn rectangle(
        &mut self,
        corner: (i32, i32),
        size: (i32, i32),
        colour: Colour,
        filled: bool,
    ) {
        let (corner, size) = (near(corner), near(size));
        self.shapes.push(Shape::Box { corner, size, colour, filled });
    }

    /// A rectangle with this share of its colour, from 0 to 1: a pixel. What
    /// lies behind it stays visible through the rest.
    pub fn shade(
        &mut self,
        corner: (i32, i32),
        size: (i32, i32),
        colour: Colour,
        share: f64,
    ) {
        let (corner, size) = (near(corner), near(size));
        let share = if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) };
        self.shapes.push(Shape::Shade { corner, size, colour, share });
    }

    /// A circle, filled or outlined.
    pub fn circle(
        &mut self,
        centre: (i32, i32),
        radius: i32,
        colour: Colour,
        filled: bool,
    ) {
        let (centre, radius) = (near(centre), radius.clamp(0, MOST));
        self.shapes.push(Shape::Circle { centre, radius, colour, filled });
    }

    /// A straight line.
    pub fn line(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) {
        let (from, to) = (near(from), near(to));
        self.shapes.push(Shape::Line { from, to, colour, head: false });
    }

    /// A straight line with a head at its end.
    pub fn arrow(&mut self, from: (i32, i32), to: (i32, i32), colour: Colour) {
        let (from, to) = (near(from), near(to));
        self.shapes.push(Shape::Line { from, to, colour, head: true });
    }

    /// A line of text, centred in height on its point.
    pub fn text(
        &mut self,
        at: (i32, i32),
        text: &str,
        size: u32,
        align: Align,
        colour: Colour,
    ) {
        self.shapes.push(Shape::Text {
            at: near(at),
            text: text.to_owned(),
            size: size.min(MOST as u32),
            align,
            colour,
        });
    }

    /// The finished picture.
    pub fn figure(self) -> Figure {
        let mut svg = String::new();
        {
            let root = SVGBackend::with_string(&mut svg, self.size)
                .into_drawing_area();
            for shape in &self.shapes {
                shape
                    .draw(&root)
                    .expect("plain shapes can be drawn into a string");
            }
        }
        let end = svg.rfind("</svg>").unwrap_or(svg.len());
        svg.insert_str(end, &shades(&self.shapes));
        Figure { svg }
    }
}

/// The shaded rectangles, as a path for each shade: one of a hundred images
/// has thousands, and a rectangle of its own takes five times the room.
fn shades(shapes: &[Shape]) -> String {
    let mut paths: BTreeMap<String, String> = BTreeMap::new();
    for shape in shapes {
        if let Shape::Shade { corner: (x, y), size, colour, share } = shape {
            let RGBColor(r, g, b) = colour.rgb();
            let style = format!(
                "fill=\"#{r:02X}{g:02X}{b:02X}\" opacity=\"{share:.2}\""
            );
            let (width, height) = size;
            *paths.entry(style).or_default() +=
                &format!("M{x} {y}h{width}v{height}h-{width}z");
        }
    }
    let line = |(style, path)| format!("<path {style} d=\"{path}\"/>\n");
    paths.into_iter().map(line).collect()
}

impl std::fmt::Debug for Sketch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Sketch({} shapes)", self.shapes.len())
    }
}

type DrawResult = Result<(), DrawingAreaErrorKind<std::io::Error>>;

impl Shape {
    fn draw(&self, root: &DrawingArea<SVGBackend<'_>, Shift>) -> DrawResult {
        match self {
            Shape::Box { corner, size, colour, filled } => {
                let opposite = (corner.0 + size.0, corner.1 + size.1);
                root.draw(&Rectangle::new(
                    [*corner, opposite],
                    style(*colour, *filled),
                ))
            }
            // Drawn together, by `shades`.
            Shape::Shade { .. } => Ok(()),
            Shape::Circle { centre, radius, colour, filled } => root
                .draw(&Circle::new(*centre, *radius, style(*colour, *filled))),
            Shape::Line { from, to, colour, head } => {
                let stroke = colour.rgb().stroke_width(4);
                root.draw(&PathElement::new(vec![*from, *to], stroke))?;
                if *head {
                    draw_head(root, *from, *to, *colour)
                } else {
                    Ok(())
                }
            }
            Shape::Text { at, text, size, align, colour } => {
                let horizontal = match align {
                    Align::Left => HPos::Left,
                    Align::Centre => HPos::Center,
                    Align::Right => HPos::Right,
                };
                let font =
                    ("sans-serif", *size).into_font().color(&colour.rgb());
                let font = font.pos(Pos::new(horizontal, VPos::Center));
                root.draw(&Text::new(text.clone(), *at, font))
            }
        }
    }
}

/// A faint ground for filled shapes, so that words stay legible on them.
fn style(colour: Colour, filled: bool) -> ShapeStyle {
    if filled {
        colour.rgb().mix(0.35).filled()
    } else {
        colour.rgb().stroke_width(4)
    }
}

fn draw_head(
    root: &DrawingArea<SVGBackend<'_>, Shift>,
    from: (i32, i32),
    to: (i32, i32),
    colour: Colour,
) -> DrawResult {
    let (dx, dy) = (f64::from(to.0 - from.0), f64::from(to.1 - from.1));
    let length = (dx * dx + dy * dy).sqrt().max(1.0);
    let (ux, uy) = (dx / length, dy / length);
    let corner = |side: f64| {
        let (x, y) =
            (-22.0 * ux - side * 10.0 * uy, -22.0 * uy + side * 10.0 * ux);
        (to.0 + x.round() as i32, to.1 + y.round() as i32)
    };
    root.draw(&Polygon::new(
        vec![to, corner(1.0), corner(-1.0)],
        colour.rgb().filled(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_place_and_no_size_is_too_much() {
        for i in [0, -1, i32::MAX, i32::MIN] {
            let mut sketch = Sketch::new(i as u32, i as u32);
            let (ink, at) = (Colour::Ink, (i, i));
            for filled in [false, true] {
                sketch.rectangle(at, at, ink, filled);
                sketch.circle(at, i, ink, filled);
            }
            for share in [f64::from(i), f64::NAN] {
                sketch.shade(at, at, ink, share);
            }
            for other in [at, (0, 0), (i32::MIN, i32::MAX)] {
                sketch.line(at, other, ink);
                sketch.arrow(other, at, ink);
            }
            sketch.text(at, "words", i as u32, Align::Centre, ink);
            assert!(sketch.figure().svg().len() < 10_000);
        }
    }

    #[test]
    fn shades_of_one_strength_are_one_path() {
        let mut sketch = Sketch::new(10, 10);
        for (x, share) in [(0, 0.5), (2, 1.0), (4, 0.5), (6, 7.0)] {
            sketch.shade((x, 0), (2, 3), Colour::Data, share);
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
}
