//! Every mistake against every check, as a table of the page: a row a mistake,
//! with its loss curve, and a column a check.

use std::fmt::Write;

use chapters::ch05_gradient_check::gallery::bug::Bug;

/// A curve is so wide and so high, and its loss lies between two limits.
const SIZE: (f64, f64) = (100.0, 26.0);
const LOSSES: (f64, f64) = (4.0, 250.0);

/// Of a curve every so many points are drawn, and the last.
const EVERY: usize = 3;

/// A mistake, or the right code.
pub struct Row {
    pub bug: Bug,
    /// Whether the checks have let it pass, in their order.
    pub passes: Vec<bool>,
    /// (step, loss), step by step.
    pub curve: Vec<(f64, f64)>,
    /// That of the right code on the same network.
    pub right: Vec<(f64, f64)>,
}

/// The table as HTML, a line a row. A name leads to its section.
pub fn html(checks: &[&str], rows: &[Row]) -> String {
    let mut table = String::from("<table class=\"matrix\">\n<thead><tr>");
    table += "<th scope=\"col\">mistake</th><th scope=\"col\">loss</th>";
    for check in checks {
        let check = check.replace('>', "&gt;");
        let _ = write!(table, "<th scope=\"col\"><span>{check}</span></th>");
    }
    table += "</tr></thead>\n<tbody>\n";
    for row in rows {
        let _ = writeln!(
            table,
            "<tr>{}{}{}</tr>",
            name(row),
            curve(row),
            marks(row)
        );
    }
    table + "</tbody>\n</table>\n"
}

fn name(row: &Row) -> String {
    let name = row.bug;
    match name {
        Bug::None => "<th scope=\"row\">the right code</th>".to_owned(),
        _ => format!("<th scope=\"row\"><a href=\"#{name}\">{name}</a></th>"),
    }
}

/// The mistake's curve, and that of the right code, dashed.
fn curve(row: &Row) -> String {
    let (width, height) = SIZE;
    let end = |curve: &[(f64, f64)]| curve.last().map_or(f64::NAN, |it| it.1);
    let label = match row.bug {
        Bug::None => format!("ends at {:.3}", end(&row.curve)),
        _ => format!(
            "ends at {:.3}, the right code at {:.3}",
            end(&row.curve),
            end(&row.right)
        ),
    };
    let right = path(&row.right);
    let own = match row.bug {
        Bug::None => String::new(),
        _ => format!("<path class=\"own\" d=\"{}\"/>", path(&row.curve)),
    };
    // What the style sheet says again, for readers without one.
    format!(
        "<td><svg viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" role=\"img\" aria-label=\"{label}\" fill=\"none\" \
         stroke=\"currentColor\" stroke-width=\"1.5\"><path class=\"right\" \
         stroke=\"#80858A\" stroke-dasharray=\"3 2\" d=\"{right}\"/>{own}\
         </svg></td>"
    )
}

/// The loss against the step, on a logarithmic axis.
fn path(curve: &[(f64, f64)]) -> String {
    let (width, height) = SIZE;
    let (low, high) = (libm::log(LOSSES.0), libm::log(LOSSES.1));
    let last = curve.last().map_or(1.0, |it| it.0.max(1.0));
    let drawn = |at: &usize| at.is_multiple_of(EVERY) || at + 1 == curve.len();
    let points = (0..curve.len()).filter(drawn).map(|at| {
        let (step, loss) = curve[at];
        let loss = libm::log(loss.clamp(LOSSES.0, LOSSES.1));
        let x = 1.0 + step / last * (width - 2.0);
        let y = 1.0 + (high - loss) / (high - low) * (height - 2.0);
        format!("{x:.1} {y:.1}")
    });
    format!("M{}", points.collect::<Vec<_>>().join("L"))
}

fn marks(row: &Row) -> String {
    let cells = row.passes.iter().map(|pass| match pass {
        true => "<td aria-label=\"passes\">·</td>",
        false => "<td class=\"caught\" aria-label=\"caught\">×</td>",
    });
    cells.collect()
}
