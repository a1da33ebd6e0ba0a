//! Figures, drawn below their cell.

use super::content::Content;
use crate::figures::{Chart, Figure, Sketch};

/// How wide a figure is in a notebook, in pixels; the book scales its own.
const WIDTH: f64 = 620.0;

impl Figure {
    /// Draws the figure in a notebook.
    pub fn evcxr_display(&self) {
        self.content("a figure".to_owned()).show();
    }

    /// The figure, with `plain` for those who do not see it.
    pub(super) fn content(&self, plain: String) -> Content {
        Content { rich: ("image/svg+xml", sized(self.svg())), plain }
    }
}

impl Chart {
    /// Draws the chart in a notebook.
    pub fn evcxr_display(&self) {
        let plain = format!("{self:?}");
        self.clone().figure().content(plain).show();
    }
}

impl Sketch {
    /// Draws the sketch in a notebook.
    pub fn evcxr_display(&self) {
        self.clone().figure().evcxr_display();
    }
}

/// The picture with its outer size brought to the width of a cell.
fn sized(svg: &str) -> String {
    let (head, body) = svg.split_at(svg.find('>').map_or(0, |end| end + 1));
    let attribute = |name: &str| {
        let start = head.find(&format!(" {name}=\""))? + name.len() + 3;
        head[start..].split('"').next()?.parse::<f64>().ok()
    };
    let (Some(width), Some(height)) = (attribute("width"), attribute("height"))
    else {
        return svg.to_owned();
    };
    let factor = (WIDTH / width).min(1.0);
    let resize = |head: &str, name: &str, from: f64| {
        let to = (from * factor).round();
        head.replacen(
            &format!(" {name}=\"{from}\""),
            &format!(" {name}=\"{to}\""),
            1,
        )
    };
    resize(&resize(head, "width", width), "height", height) + body
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figures::Colour;

    #[test]
    fn a_wide_figure_fits_a_cell_and_keeps_its_shape() {
        let line = [(0.0, 1.0), (1.0, 2.0)];
        let chart = Chart::new("x", "y").line("fit", Colour::Fit, line);
        let whole = chart.height(700).figure();
        let svg = sized(whole.svg());
        let size = |svg: &str, name: &str| {
            let rest = svg.split(&format!(" {name}=\"")).nth(1)?;
            rest.split('"').next()?.parse::<f64>().ok()
        };
        let (width, height) =
            (size(whole.svg(), "width"), size(whole.svg(), "height"));
        assert_eq!((width, size(&svg, "width")), (Some(720.0), Some(620.0)));
        let expected = height.map(|it| (it * 620.0 / 720.0).round());
        assert_eq!(size(&svg, "height"), expected);
    }

    #[test]
    fn a_chart_in_words() {
        let chart = Chart::new("step", "loss");
        assert_eq!(format!("{chart:?}"), "Chart(loss over step)");
        let chart = chart.points("data", Colour::Data, []).line(
            "fit",
            Colour::Fit,
            [(0.0, 1.0)],
        );
        assert_eq!(format!("{chart:?}"), "Chart(loss over step: data, fit)");
        assert_eq!(format!("{:?}", Sketch::new(9.0, 9.0)), "Sketch(9 × 9)");
    }

    #[test]
    fn a_small_figure_keeps_its_size() {
        let svg = sized(Sketch::new(300.0, 40.0).figure().svg());
        assert!(svg.starts_with("<svg width=\"300\" height=\"40\""), "{svg}");
    }
}
