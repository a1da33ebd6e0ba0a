//! What tells two series apart where colour does not: dashes, markers, widths.

use super::Colour;
use super::path::{Path, number};
use super::svg::Style;

/// How a series is drawn, apart from its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Mark {
    Points,
    /// Points joined by a line.
    Joined,
    Line,
    Dashed,
    Dotted,
    Thin,
    Faint,
    Band,
    /// Closed lines, filled: `contour`'s.
    Area,
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
    pub(super) fn family(self) -> Family {
        match self {
            Mark::Points | Mark::Joined => Family::Points,
            Mark::Line | Mark::Dashed | Mark::Dotted => Family::Lines,
            Mark::Thin | Mark::Faint => Family::Thin,
            Mark::Band | Mark::Area => Family::Fill,
        }
    }

    /// The pattern that it has if nothing else has it.
    pub(super) fn pattern(self) -> usize {
        match self {
            Mark::Dashed => 1,
            Mark::Dotted => 2,
            _ => 0,
        }
    }

    /// How wide its line is.
    pub(super) fn width(self) -> f64 {
        match self {
            Mark::Line | Mark::Dashed | Mark::Dotted => 2.4,
            Mark::Joined => 1.6,
            Mark::Thin => 1.3,
            _ => 0.8,
        }
    }
}

/// The patterns of a line: whole, dashed, dotted, and mixtures.
pub(super) const DASHES: [&str; 6] =
    ["", "8 5", "2.4 3.4", "11 4 2.4 4", "16 6", "8 3 2 3 2 3"];

/// The strengths of what is filled.
pub(super) const SHARES: [f64; 2] = [0.3, 0.14];

/// The patterns that there are.
pub(super) fn patterns(family: Family) -> usize {
    match family {
        Family::Points => MARKERS.len(),
        Family::Lines | Family::Thin => DASHES.len(),
        Family::Fill => SHARES.len(),
    }
}

/// A pattern for each series, from its name, its colour and its mark. No two
/// with a name have the same, as long as there are enough. One without a name
/// has that of the last one of its colour and mark that has a name, or else
/// that of its mark.
pub(super) fn assigned<'a>(
    series: impl Iterator<Item = (&'a str, Colour, Mark)>,
) -> Vec<usize> {
    let mut taken: Vec<(Family, usize)> = Vec::new();
    let mut last: Vec<(Colour, Mark, usize)> = Vec::new();
    let one = |(name, colour, mark): (&str, Colour, Mark)| {
        let (family, first) = (mark.family(), mark.pattern());
        if name.is_empty() {
            let alike = last.iter().rev();
            let mut alike = alike.filter(|it| (it.0, it.1) == (colour, mark));
            return alike.next().map_or(first, |it| it.2);
        }
        let all = patterns(family);
        let mut free = (first..first + all).map(|it| it % all);
        let free = free.find(|it| !taken.contains(&(family, *it)));
        let pattern = free.unwrap_or(first);
        taken.push((family, pattern));
        last.push((colour, mark, pattern));
        pattern
    };
    series.map(one).collect()
}

/// The shapes of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marker {
    Dot,
    Ring,
    Square,
    Triangle,
    Cross,
    Diamond,
}

pub(super) const MARKERS: [Marker; 6] = [
    Marker::Dot,
    Marker::Ring,
    Marker::Square,
    Marker::Triangle,
    Marker::Cross,
    Marker::Diamond,
];

impl Marker {
    /// The path of this marker at every point, and how it is drawn.
    pub(super) fn at(self, points: &[(f64, f64)]) -> (String, Style) {
        let mut path = Path::default();
        for &(x, y) in points {
            match self {
                Marker::Dot | Marker::Square => {
                    path.to((x, y));
                    path.draw("h0");
                }
                Marker::Ring => {
                    let r = number(RADIUS);
                    let d = number(2.0 * RADIUS);
                    path.to((x - RADIUS, y));
                    path.draw(&format!(
                        "a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0-{d} 0"
                    ));
                }
                Marker::Triangle => path.polyline(
                    &[(x, y - 4.4), (x + 4.2, y + 3.0), (x - 4.2, y + 3.0)],
                    true,
                ),
                Marker::Diamond => path.polyline(
                    &[(x, y - 4.6), (x + 4.6, y), (x, y + 4.6), (x - 4.6, y)],
                    true,
                ),
                Marker::Cross => {
                    path.polyline(
                        &[(x - 3.4, y - 3.4), (x + 3.4, y + 3.4)],
                        false,
                    );
                    path.polyline(
                        &[(x - 3.4, y + 3.4), (x + 3.4, y - 3.4)],
                        false,
                    );
                }
            }
        }
        let style = match self {
            Marker::Dot => Style::Ends { size: 6.6, cap: "round" },
            Marker::Square => Style::Ends { size: 6.0, cap: "square" },
            Marker::Triangle | Marker::Diamond => Style::Fill(1.0),
            Marker::Ring | Marker::Cross => {
                Style::Stroke { width: 1.8, dash: "", share: 1.0 }
            }
        };
        (path.data(), style)
    }
}

const RADIUS: f64 = 3.4;

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Mark; 9] = [
        Mark::Points,
        Mark::Joined,
        Mark::Line,
        Mark::Dashed,
        Mark::Dotted,
        Mark::Thin,
        Mark::Faint,
        Mark::Band,
        Mark::Area,
    ];

    /// Whatever is drawn beside whatever else: up to six of a family.
    #[test]
    fn two_series_differ_in_more_than_their_colour() {
        for first in ALL {
            for second in ALL {
                let most =
                    patterns(first.family()).min(patterns(second.family()));
                let marks: Vec<_> =
                    [first, second].into_iter().cycle().take(most).collect();
                let named =
                    marks.iter().map(|mark| ("name", Colour::Ink, *mark));
                let looks: Vec<_> = marks
                    .iter()
                    .map(|mark| mark.family())
                    .zip(assigned(named))
                    .collect();
                for (k, look) in looks.iter().enumerate() {
                    assert!(!looks[..k].contains(look), "{marks:?}: {looks:?}");
                }
            }
        }
    }

    #[test]
    fn what_has_no_name_belongs_to_what_has_one() {
        let (fit, data) = (Colour::Fit, Colour::Data);
        let series = [
            ("a", fit, Mark::Line),
            ("", data, Mark::Line),
            ("", fit, Mark::Dashed),
        ];
        assert_eq!(assigned(series.into_iter()), [0, 0, 1]);
        let series = [
            ("a", fit, Mark::Dashed),
            ("b", data, Mark::Line),
            ("c", fit, Mark::Line),
            ("", fit, Mark::Line),
        ];
        assert_eq!(assigned(series.into_iter()), [1, 0, 2, 2]);
    }
}
