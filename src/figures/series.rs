//! One series of a chart, and what tells it from others where colour does not:
//! dashes, markers, widths.

use std::cell::RefCell;

use plotters::coord::CoordTranslate;
use plotters::prelude::*;

use super::Colour;
use super::svg::{Drawn, Svg};

pub(super) type Point = (f64, f64);

#[derive(Clone)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) colour: Colour,
    pub(super) mark: Mark,
    /// Which marker, which dashes or which strength.
    pub(super) pattern: usize,
    /// Where one is not finite, the pen is lifted.
    pub(super) points: Vec<Point>,
}

/// How a series is drawn, apart from its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) family: Family,
    /// The pattern that it has if nothing else has it.
    first: usize,
    /// How wide its line is, in tenths of a unit.
    width: u32,
    /// How much of the colour the line has, in hundredths.
    share: u32,
}

/// Marks of one family are told apart by their pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Points,
    Lines,
    Thin,
    Fill,
}

impl Mark {
    const fn new(family: Family, first: usize, width: u32, share: u32) -> Mark {
        Mark { family, first, width, share }
    }

    pub(super) const POINTS: Mark = Mark::new(Family::Points, 0, 0, 100);
    /// Points joined by a line.
    pub(super) const JOINED: Mark = Mark::new(Family::Points, 0, 16, 100);
    pub(super) const LINE: Mark = Mark::new(Family::Lines, 0, 24, 100);
    pub(super) const DASHED: Mark = Mark::new(Family::Lines, 1, 24, 100);
    pub(super) const DOTTED: Mark = Mark::new(Family::Lines, 2, 24, 100);
    pub(super) const THIN: Mark = Mark::new(Family::Thin, 0, 13, 100);
    /// Of an error.
    pub(super) const BAR: Mark = Mark::new(Family::Thin, 0, 12, 100);
    pub(super) const FAINT: Mark = Mark::new(Family::Thin, 0, 8, 45);
    /// What a closed line encloses.
    pub(super) const FILL: Mark = Mark::new(Family::Fill, 0, 0, 100);

    /// A line across a square of size one or around it, and a point in it.
    pub(super) fn sample(self) -> (Vec<Point>, Point) {
        let corners = [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)];
        let line = match self.family {
            Family::Fill => corners.to_vec(),
            _ => vec![(0.0, 0.5), (1.0, 0.5)],
        };
        (line, (0.5, 0.5))
    }

    /// Its pattern beside other series. No two with a name have the same, as
    /// long as there are enough. One without a name has that of the last one
    /// of its colour and mark that has a name, or else its first.
    pub(super) fn pattern(
        self,
        name: &str,
        colour: Colour,
        others: &[Series],
    ) -> usize {
        let mut named = others.iter().filter(|it| !it.name.is_empty());
        if name.is_empty() {
            let alike =
                named.rfind(|it| (it.colour, it.mark) == (colour, self));
            return alike.map_or(self.first, |it| it.pattern);
        }
        let family = named.filter(|it| it.mark.family == self.family);
        let taken: Vec<usize> = family.map(|it| it.pattern).collect();
        let mut free = (0..PATTERNS).map(|k| (self.first + k) % PATTERNS);
        free.find(|it| !taken.contains(it)).unwrap_or(self.first)
    }
}

/// So many patterns each family has.
const PATTERNS: usize = 6;

/// Those of a line: whole, dashed, dotted, and mixtures.
const DASHES: [&str; PATTERNS] =
    ["", "8 5", "2.4 3.4", "11 4 2.4 4", "16 6", "8 3 2 3 2 3"];

/// The strengths of what is filled.
const SHARES: [f64; PATTERNS] = [0.3, 0.14, 0.5, 0.22, 0.4, 0.08];

/// The marker of a pattern at a point.
fn marker(
    pattern: usize,
    at: Point,
    colour: Colour,
) -> DynElement<'static, Svg, Point> {
    let (fill, line) = (colour.filled(), colour.stroke_width(18));
    let shape = |corners: &[(i32, i32)]| {
        (EmptyElement::at(at) + Polygon::new(corners, fill)).into_dyn()
    };
    match pattern {
        0 => Circle::new(at, 33, fill).into_dyn(),
        1 => Circle::new(at, 34, line).into_dyn(),
        2 => shape(&[(-30, -30), (30, -30), (30, 30), (-30, 30)]),
        3 => TriangleMarker::new(at, 47, fill).into_dyn(),
        4 => Cross::new(at, 34, line).into_dyn(),
        _ => shape(&[(0, -46), (46, 0), (0, 46), (-46, 0)]),
    }
}

impl Series {
    /// Its lines, or what they enclose, and its markers at points.
    pub(super) fn draw<C: CoordTranslate<From = Point>>(
        &self,
        svg: &RefCell<Svg>,
        area: &DrawingArea<Svg, C>,
        lines: Vec<Vec<Point>>,
        points: &[Point],
    ) -> Drawn {
        let Mark { family, width, share, .. } = self.mark;
        // What is joined is told apart by its markers.
        if matches!(family, Family::Lines | Family::Thin) {
            svg.borrow_mut().dash = DASHES[self.pattern];
        }
        for line in lines {
            if family == Family::Fill {
                let style = self.colour.mix(SHARES[self.pattern]).filled();
                area.draw(&Polygon::new(line, style))?;
            } else if width > 0 {
                let colour = self.colour.mix(f64::from(share) / 100.0);
                area.draw(&PathElement::new(line, colour.stroke_width(width)))?;
            }
        }
        svg.borrow_mut().dash = "";
        if family == Family::Points {
            for &point in points {
                area.draw(&marker(self.pattern, point, self.colour))?;
            }
        }
        area.present()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn patterns(series: &[(&str, Colour, Mark)]) -> Vec<usize> {
        let mut all: Vec<Series> = Vec::new();
        for &(name, colour, mark) in series {
            let pattern = mark.pattern(name, colour, &all);
            let (name, points) = (name.to_owned(), Vec::new());
            all.push(Series { name, colour, mark, pattern, points });
        }
        all.into_iter().map(|it| it.pattern).collect()
    }

    /// Whatever is drawn beside whatever else, until a family has no more.
    #[test]
    fn two_series_differ_in_more_than_their_colour() {
        let points = [Mark::POINTS, Mark::JOINED];
        let lines = [Mark::LINE, Mark::DASHED, Mark::DOTTED];
        let all = [&points[..], &lines, &[Mark::THIN, Mark::FILL]].concat();
        for (&first, &second) in
            all.iter().flat_map(|it| all.iter().map(move |other| (it, other)))
        {
            let marks = [[first, second]; PATTERNS / 2].concat();
            let named = marks.iter().map(|mark| ("name", Colour::Ink, *mark));
            let patterns = patterns(&named.collect::<Vec<_>>());
            let families = marks.iter().map(|mark| mark.family as usize);
            let looks: BTreeSet<_> = families.zip(patterns).collect();
            assert_eq!(looks.len(), PATTERNS, "{marks:?}: {looks:?}");
        }
    }

    #[test]
    fn what_has_no_name_belongs_to_what_has_one() {
        let (fit, data) = (Colour::Fit, Colour::Data);
        let series = [
            ("a", fit, Mark::DASHED),
            ("b", data, Mark::LINE),
            ("c", fit, Mark::LINE),
            ("", fit, Mark::LINE),
            ("", data, Mark::DASHED),
        ];
        assert_eq!(patterns(&series), [1, 0, 2, 2, 1]);
    }
}
