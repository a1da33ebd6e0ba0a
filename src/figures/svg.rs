//! What plotters draws on: the text of an SVG. Its pixels are tenths of a unit,
//! for no screen shows less.

use std::convert::Infallible;

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters_backend::{
    BackendColor, BackendStyle, BackendTextStyle, DrawingErrorKind,
};

use super::Colour;
use super::thin::thinned;
use super::words::markup;

/// How high a letter is, in tenths of a unit: on a page 720 units wide the size
/// of the text beside it.
pub(super) const FONT: i32 = 150;

/// A place, in tenths of a unit.
pub(super) type Pixel = (i32, i32);
/// A part of the page, from its upper left corner.
pub(super) type Area = DrawingArea<Svg, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<Infallible>>;
/// Text can always be written.
type Written = Result<(), DrawingErrorKind<Infallible>>;

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

/// A drawing in the making.
#[derive(Clone, Default)]
pub(super) struct Svg {
    body: String,
    /// How lines are dashed, which no style of plotters can say.
    pub(super) dash: &'static str,
    /// The style of the path that takes all shapes that have it.
    style: String,
    pen: Pixel,
}

impl Svg {
    /// A line through points, and what follows at its start.
    fn path(
        &mut self,
        style: String,
        points: impl IntoIterator<Item = Pixel>,
        end: &str,
    ) -> Written {
        let mut points = thinned(&points.into_iter().collect::<Vec<_>>());
        points.dedup();
        let Some(&start) = points.first() else { return Ok(()) };
        if self.style != style {
            self.close_path();
            self.body += &format!("<path {style} d=\"");
            (self.style, self.pen) = (style, (0, 0));
        }
        // Steps from point to point; the first of them lifts the pen.
        let mut data = String::from("m");
        for (x, y) in points {
            for by in [x - self.pen.0, y - self.pen.1] {
                let apart = by >= 0 && data.len() > 1;
                data += if apart { " " } else { "" };
                data += &units(by);
            }
            self.pen = (x, y);
        }
        if !end.is_empty() {
            self.pen = start;
        }
        self.body += &(data + end);
        Ok(())
    }

    /// What is drawn from here on is a path of its own.
    fn close_path(&mut self) {
        if !self.style.is_empty() {
            self.body += "\"/>\n";
            self.style.clear();
        }
    }

    /// A line of the file: an element or a part of it.
    pub(super) fn line(&mut self, line: &str) {
        self.close_path();
        self.body += &format!("{line}\n");
    }

    /// The file: what has been drawn, part upon part, on a page of this size.
    pub(super) fn file(
        parts: impl IntoIterator<Item = Svg>,
        (width, height): Pixel,
    ) -> String {
        let bodies = parts.into_iter().map(|mut part| {
            part.close_path();
            part.body
        });
        let [width, height, font] = [width, height, FONT].map(units);
        format!(
            "<svg width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" \
             xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" \
             font-size=\"{font}\" fill=\"{}\" stroke-linejoin=\"round\">\n\
             {}</svg>\n",
            Colour::Ink.hex(),
            bodies.collect::<String>()
        )
    }

    fn stroke(&self, style: &impl BackendStyle) -> String {
        let width = units(style.stroke_width() as i32);
        let dash = match self.dash {
            "" => String::new(),
            dash => format!(" stroke-dasharray=\"{dash}\""),
        };
        let ink = ink("stroke", style);
        format!("fill=\"none\" {ink} stroke-width=\"{width}\"{dash}")
    }
}

impl DrawingBackend for Svg {
    type ErrorType = Infallible;

    /// As large as need be.
    fn get_size(&self) -> (u32, u32) {
        (10_000, 10_000_000)
    }

    fn ensure_prepared(&mut self) -> Written {
        Ok(())
    }

    fn present(&mut self) -> Written {
        self.close_path();
        Ok(())
    }

    fn draw_pixel(&mut self, at: Pixel, colour: BackendColor) -> Written {
        self.draw_circle(at, 1, &colour, true)
    }

    fn draw_line<S: BackendStyle>(
        &mut self,
        from: Pixel,
        to: Pixel,
        style: &S,
    ) -> Written {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        from: Pixel,
        to: Pixel,
        style: &S,
        fill: bool,
    ) -> Written {
        let corners = [from, (to.0, from.1), to, (from.0, to.1)];
        if fill {
            return self.fill_polygon(corners, style);
        }
        self.path(self.stroke(style), corners, "z")
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = Pixel>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Written {
        self.path(self.stroke(style), points, "")
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = Pixel>>(
        &mut self,
        points: I,
        style: &S,
    ) -> Written {
        self.path(ink("fill", style), points, "z")
    }

    /// A disc is a line without length and with round ends: short to write.
    fn draw_circle<S: BackendStyle>(
        &mut self,
        (x, y): Pixel,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Written {
        let (r, d) = (units(radius as i32), units(2 * radius as i32));
        if fill {
            let ends = format!("stroke-width=\"{d}\" stroke-linecap=\"round\"");
            let style = format!("{} {ends}", ink("stroke", style));
            return self.path(style, [(x, y)], "h0");
        }
        let arcs = format!("a{r} {r} 0 1 0 {d} 0 {r} {r} 0 1 0-{d} 0z");
        self.path(self.stroke(style), [(x - radius as i32, y)], &arcs)
    }

    /// A line of text, whose colour is a class as well: the page has letters of
    /// that colour which can be read.
    fn draw_text<S: BackendTextStyle>(
        &mut self,
        text: &str,
        style: &S,
        (x, y): Pixel,
    ) -> Written {
        if text.is_empty() {
            return Ok(());
        }
        let Pos { h_pos, v_pos } = style.anchor();
        let anchor = match h_pos {
            HPos::Left => "",
            HPos::Center => " text-anchor=\"middle\"",
            HPos::Right => " text-anchor=\"end\"",
        };
        // Down to the line that the letters stand on.
        let y = y + match v_pos {
            VPos::Top => 120,
            VPos::Center => 51,
            VPos::Bottom => -30,
        };
        let role = |it: &&Colour| it.rgb() == style.color().rgb;
        let class = match Colour::ALL.iter().find(role) {
            None | Some(Colour::Ink) => String::new(),
            Some(it) => {
                format!(" class=\"{}\" fill=\"{}\"", it.name(), it.hex())
            }
        };
        let (x, y, words) = (units(x), units(y), markup(text));
        self.line(&format!(
            "<text x=\"{x}\" y=\"{y}\"{anchor}{class}>{words}</text>"
        ));
        Ok(())
    }
}

/// Letters of a colour, centred in height on their point.
pub(super) fn letters(align: Align, colour: Colour) -> TextStyle<'static> {
    let across = match align {
        Align::Left => HPos::Left,
        Align::Centre => HPos::Center,
        Align::Right => HPos::Right,
    };
    TextStyle {
        font: ("sans-serif", FONT).into_font(),
        color: colour.to_backend_color(),
        pos: Pos::new(across, VPos::Center),
    }
}

/// An attribute for a colour, and one for what it lets through.
fn ink(name: &str, style: &impl BackendStyle) -> String {
    let BackendColor { rgb: (r, g, b), alpha } = style.color();
    let opacity = match (alpha * 100.0).round() / 100.0 {
        1.0 => String::new(),
        share => format!(" opacity=\"{share}\""),
    };
    format!("{name}=\"#{r:02X}{g:02X}{b:02X}\"{opacity}")
}

/// A length in units as pixels; nothing is further away than 100,000 units.
pub(super) fn pixels(units: f64) -> i32 {
    (units.clamp(-1e5, 1e5) * 10.0).round() as i32
}

/// Pixels as a number of units.
fn units(pixels: i32) -> String {
    let units = (f64::from(pixels) / 10.0).to_string();
    if pixels.abs() < 10 { units.replace("0.", ".") } else { units }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_short_and_takes_all_of_its_style() {
        let mut svg = Svg::default();
        let points = [(10, 20), (16, -5), (16, -5), (3, -5), (90, 90)];
        let fit = Colour::Fit.to_backend_color();
        let _ = svg.fill_polygon(points, &fit);
        let _ = svg.fill_polygon([(0, 0)], &fit);
        let _ = svg.draw_line((0, 0), (5, 0), &Colour::Ink.stroke_width(8));
        let _ = svg.draw_circle((3, 4), 5, &fit, true);
        let svg = Svg::file([svg], (100, 100));
        for path in [
            "<path fill=\"#D9772B\" d=\"m1 2 .6-2.5-1.3 0 8.7 9.5zm-1-2z\"/>",
            "stroke=\"#80858A\" stroke-width=\".8\" d=\"m0 0 .5 0\"/>",
            "stroke-width=\"1\" stroke-linecap=\"round\" d=\"m.3 .4h0\"/>",
        ] {
            assert!(svg.contains(path), "{svg}");
        }
    }

    #[test]
    fn whatever_is_no_number_is_drawn_somewhere() {
        assert_eq!(pixels(f64::NAN), 0);
        assert_eq!(units(pixels(f64::NEG_INFINITY)), "-100000");
    }
}
