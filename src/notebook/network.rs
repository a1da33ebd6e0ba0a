//! A network as a table of its layers.

use super::content::Content;
use crate::network::Network;
use crate::parameters::Parameters;

impl Network {
    /// Shows the network in a notebook.
    pub fn evcxr_display(&self) {
        let p = self.dropout().drop_prob();
        let heading = format!("network, {}, dropout {p}", self.activation());
        content(&heading, self.parameters()).show();
    }
}

impl Parameters {
    /// Shows the shapes and counts in a notebook.
    pub fn evcxr_display(&self) {
        content("parameters", self).show();
    }
}

/// A row for each layer: units, shapes of w and b, how many numbers they hold.
fn rows(parameters: &Parameters) -> Vec<[String; 5]> {
    let shape = |matrix: &ndarray::Array2<f64>| {
        format!("{} × {}", matrix.nrows(), matrix.ncols())
    };
    let inputs = parameters.sizes()[0].to_string();
    let none = String::new;
    let mut rows =
        vec![["0, input".to_owned(), inputs, none(), none(), none()]];
    for (l, layer) in (1..).zip(parameters.layers()) {
        let (w, b) = (&layer.weights, &layer.bias);
        let last = l == parameters.layers().len();
        rows.push([
            format!("{l}{}", if last { ", output" } else { "" }),
            layer.outputs().to_string(),
            shape(w),
            shape(b),
            (w.len() + b.len()).to_string(),
        ]);
    }
    let total = parameters.count().to_string();
    rows.push(["total".to_owned(), none(), none(), none(), total]);
    rows
}

const HEADS: [&str; 5] = ["layer", "units", "w", "b", "parameters"];

fn content(heading: &str, parameters: &Parameters) -> Content {
    let rows = rows(parameters);
    let line = |cells: [&str; 5]| {
        let [layer, units, w, b, count] = cells;
        format!("\n{layer:<11}{units:>6}{w:>12}{b:>10}{count:>12}")
    };
    let html_row = |tag: &str, cells: [&str; 5]| {
        let cells = cells.map(|cell| {
            format!("<{tag} style=\"text-align: right\">{cell}</{tag}>")
        });
        format!("<tr>{}</tr>", cells.concat())
    };
    let mut plain = heading.to_owned() + &line(HEADS);
    let mut html = html_row("th", HEADS);
    for row in &rows {
        let cells = row.each_ref().map(String::as_str);
        plain += &line(cells);
        html += &html_row("td", cells);
    }
    let html = format!(
        "<table><caption style=\"text-align: left\">{heading}</caption>{html}</table>"
    );
    Content { rich: ("text/html", html), plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Activation, Dropout, seeded};

    #[test]
    fn a_network_inside_another_type_is_told_in_a_line() {
        let parameters =
            Parameters::xavier(&[1, 25, 1], &mut seeded(0)).expect("sizes");
        let network = Network::new(parameters, Activation::Tanh)
            .with_dropout(Dropout::new(0.2).expect("level"));
        let told = "Some(Network([1, 25, 1], tanh, dropout 0.2))";
        assert_eq!(format!("{:?}", Some(network)), told);
    }

    #[test]
    fn layers_shapes_and_counts() {
        let parameters =
            Parameters::xavier(&[1, 25, 2], &mut seeded(0)).expect("sizes");
        let content = content("parameters", &parameters);
        assert_eq!(
            content.plain,
            "parameters\n\
             layer       units           w         b  parameters\n\
             0, input        1                                  \n\
             1              25      25 × 1    25 × 1          50\n\
             2, output       2      2 × 25     2 × 1          52\n\
             total                                           102"
        );
        let (kind, html) = content.rich;
        assert_eq!((kind, html.matches("<tr>").count()), ("text/html", 5));
        assert!(html.contains(">25 × 1<"), "{html}");
    }
}
