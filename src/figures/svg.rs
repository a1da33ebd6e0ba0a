//! The text of an SVG, element by element.

use std::fmt::Write;

use super::Colour;
use super::path::number;
use super::words::markup;

/// How high a letter is, in SVG units: on a page 720 units wide the size of
/// the text beside it.
pub(super) const FONT: f64 = 15.0;

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

/// How a path is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Style {
    /// Filled, with this share of its colour.
    Fill(f64),
    /// A line so wide, with a pattern of dashes and gaps.
    Stroke { width: f64, dash: &'static str, share: f64 },
    /// A line with these ends, whose dashes have no length: dots or squares.
    Ends { size: f64, cap: &'static str },
}

/// A drawing in the making.
pub(super) struct Svg {
    size: (f64, f64),
    body: String,
}

impl Svg {
    pub(super) fn new(width: f64, height: f64) -> Svg {
        Svg { size: (width, height), body: String::new() }
    }

    /// A path; one without data is left out.
    pub(super) fn path(&mut self, data: &str, colour: Colour, style: Style) {
        if data.is_empty() {
            return;
        }
        let hex = colour.hex();
        let share = |share: f64| match (share * 100.0).round() / 100.0 {
            1.0 => String::new(),
            share => format!(" opacity=\"{share}\""),
        };
        let style = match style {
            Style::Fill(part) => {
                format!("fill=\"{hex}\" fill-rule=\"evenodd\"{}", share(part))
            }
            Style::Stroke { width, dash, share: part } => {
                let dash = match dash {
                    "" => String::new(),
                    dash => format!(" stroke-dasharray=\"{dash}\""),
                };
                format!(
                    "fill=\"none\" stroke=\"{hex}\" stroke-width=\"{}\" \
                     stroke-linejoin=\"round\"{dash}{}",
                    number(width),
                    share(part)
                )
            }
            Style::Ends { size, cap } => format!(
                "stroke=\"{hex}\" stroke-width=\"{}\" stroke-linecap=\"{cap}\"",
                number(size)
            ),
        };
        self.line(&format!("<path {style} d=\"{data}\"/>"));
    }

    /// A circle, filled with a share of its colour or outlined.
    pub(super) fn circle(
        &mut self,
        (x, y): (f64, f64),
        radius: f64,
        style: &str,
    ) {
        let (x, y, radius) = (number(x), number(y), number(radius));
        let circle =
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" {style}/>");
        self.line(&circle);
    }

    /// A line of text, centred in height on its point. A coloured one carries
    /// its colour's name as a class: the page has letters of that colour which
    /// can be read.
    pub(super) fn text(
        &mut self,
        (x, y): (f64, f64),
        text: &str,
        align: Align,
        colour: Colour,
    ) {
        let anchor = match align {
            Align::Left => "",
            Align::Centre => " text-anchor=\"middle\"",
            Align::Right => " text-anchor=\"end\"",
        };
        let ink = match colour {
            Colour::Ink => String::new(),
            it => format!(" class=\"{}\" fill=\"{}\"", it.name(), it.hex()),
        };
        let (x, y) = (number(x), number(y + 0.34 * FONT));
        let words = markup(text);
        self.line(&format!(
            "<text x=\"{x}\" y=\"{y}\"{anchor}{ink}>{words}</text>"
        ));
    }

    /// Opens a group, which [`Svg::close`] closes.
    pub(super) fn open(&mut self, attributes: &str) {
        self.line(&format!("<g {attributes}>"));
    }

    pub(super) fn close(&mut self) {
        self.line("</g>");
    }

    pub(super) fn line(&mut self, line: &str) {
        self.body.push_str(line);
        self.body.push('\n');
    }

    pub(super) fn finish(self) -> String {
        let (width, height) = (number(self.size.0), number(self.size.1));
        let mut svg = String::new();
        // A String can always be written to.
        let _ = write!(
            svg,
            "<svg width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" \
             xmlns=\"http://www.w3.org/2000/svg\" font-family=\"sans-serif\" \
             font-size=\"{FONT}\" fill=\"{}\">\n{}</svg>\n",
            Colour::Ink.hex(),
            self.body
        );
        svg
    }
}
