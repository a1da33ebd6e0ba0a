//! The true values and yours, side by side.

use std::fmt::{Display, Write};

use super::content::Content;

/// What an exercise asks for, at several places; [`compare`] makes one.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq)]
struct Row {
    place: String,
    truth: f64,
    yours: f64,
    agrees: bool,
}

/// Says whether your values are the true ones, and shows them in a table.
///
/// A row is a place, the true value and yours, which may differ by a share
/// `within` of the true one. What is no number agrees with nothing. Prints one
/// line that begins with `yes` or with `no`.
///
/// ```
/// use chainrule::notebook::compare;
///
/// let half = |x: f64| 0.5 * x;
/// compare([1.0, 2.0].map(|x| (format!("x = {x}"), x / 2.0, half(x))), 1e-9);
/// ```
pub fn compare<P: Display>(
    rows: impl IntoIterator<Item = (P, f64, f64)>,
    within: f64,
) -> Comparison {
    let row = |(place, truth, yours): (P, f64, f64)| Row {
        place: place.to_string(),
        truth,
        yours,
        // NaN is not within anything.
        agrees: (yours - truth).abs() <= within * truth.abs(),
    };
    let comparison = Comparison { rows: rows.into_iter().map(row).collect() };
    println!("{}", comparison.verdict());
    comparison
}

impl Comparison {
    /// Shows the table in a notebook.
    pub fn evcxr_display(&self) {
        Content { rich: ("text/html", self.html()), plain: self.plain() }
            .show();
    }

    fn verdict(&self) -> String {
        let all = self.rows.len();
        let wrong = self.rows.iter().filter(|row| !row.agrees).count();
        match wrong {
            _ if all == 0 => "no, nothing was compared".to_owned(),
            0 => format!("yes, {all} of {all} agree"),
            _ => format!("no, {wrong} of {all} do not agree"),
        }
    }

    /// The colours are those of [`heat`](super::heat); a sign says the same.
    fn html(&self) -> String {
        let mut rows = String::new();
        for Row { place, truth, yours, agrees } in &self.rows {
            let (sign, share) =
                if *agrees { ("✓", 0.0) } else { ("✗", 0.45) };
            // A String can always be written to.
            let _ = write!(
                rows,
                "<tr style=\"background: rgba(217, 119, 43, {share})\">\
                 <td>{place}</td><td>{}</td><td>{}</td><td>{sign}</td></tr>",
                number(*truth),
                number(*yours)
            );
        }
        format!(
            "<table style=\"font-variant-numeric: tabular-nums\">\
             <caption style=\"text-align: left\"><b>{}</b></caption>\
             <tr><th></th><th>true</th><th>yours</th><th></th></tr>{rows}</table>",
            self.verdict()
        )
    }

    fn plain(&self) -> String {
        let line = |place: &str, truth: &str, yours: &str, sign: &str| {
            format!("\n{place:<24}{truth:>12}{yours:>12}  {sign}")
        };
        let rows = self.rows.iter().map(|row| {
            let sign = if row.agrees { "✓" } else { "✗" };
            line(&row.place, &number(row.truth), &number(row.yours), sign)
        });
        self.verdict()
            + &line("", "true", "yours", "")
            + &rows.collect::<String>()
    }
}

/// Four digits, or a power of ten where they would hide the value.
fn number(value: f64) -> String {
    let text = match value.abs() {
        size if value.fract() == 0.0 && size < 1e9 => format!("{value}"),
        size if (1e-3..1e6).contains(&size) => format!("{value:.4}"),
        _ => format!("{value:.3e}"),
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_number_agrees_with_nothing() {
        for yours in [f64::NAN, f64::INFINITY, 0.0, 1.02, -1.0] {
            let said = compare([("here", 1.0, yours)], 0.01).verdict();
            assert_eq!(said, "no, 1 of 1 do not agree", "{yours}");
        }
        let said = compare([("here", f64::NAN, f64::NAN)], 0.01).verdict();
        assert!(said.starts_with("no"), "{said}");
        let none: [(&str, f64, f64); 0] = [];
        assert!(compare(none, 0.01).verdict().starts_with("no"));
        for yours in [1.0, 0.995, 1.005] {
            let said = compare([("here", 1.0, yours)], 0.01).verdict();
            assert_eq!(said, "yes, 1 of 1 agree");
        }
    }

    #[test]
    fn a_row_that_differs_is_marked() {
        let rows = [("one", 1.0, 1.0), ("two", 2.0, -0.25)];
        let compared = compare(rows, 1e-9);
        assert_eq!(
            compared.plain(),
            "no, 1 of 2 do not agree\n                                true       yours  \n\
             one                                1           1  ✓\n\
             two                                2     −0.2500  ✗"
        );
        let html = compared.html();
        assert_eq!(
            (html.matches('✓').count(), html.matches('✗').count()),
            (1, 1)
        );
        assert!(
            html.contains("0.45)\"><td>two</td><td>2</td><td>−0.2500"),
            "{html}"
        );
    }
}
