//! The worked example with a second output: what a hidden unit is to blame for
//! when it feeds two.

use std::io::Write;

use chainrule::tasks::paper::two_outputs;
use chapters::cli::Outcome;
use chapters::plain::{self, Layer, Matrix, SIGMOID, affine};

use crate::explain::{chosen, line, long};

/// The hidden units of the worked example, and the layer above them.
struct Hidden {
    /// Their activations, (2 × 1).
    a1: Matrix,
    /// The first output of the example and a second one, (2 × 2) and (2 × 1).
    second: Layer,
    /// What the two outputs should be.
    y: Matrix,
}

impl Hidden {
    fn new() -> Result<Hidden, chainrule::Error> {
        let example = two_outputs()?;
        let mut layers = plain::layers(&example.parameters);
        let z1 = affine(&layers[0].w, &example.x, &layers[0].b);
        let a1 = z1.mapv(SIGMOID.f);
        Ok(Hidden { a1, second: layers.remove(1), y: example.y })
    }

    /// The outputs of these activations.
    fn output(&self, a1: &Matrix) -> Matrix {
        affine(&self.second.w, a1, &self.second.b)
    }

    /// J where the first activation is moved by `by`.
    fn cost(&self, by: f64) -> f64 {
        let mut a1 = self.a1.clone();
        a1[[0, 0]] += by;
        plain::cost(&self.output(&a1), &self.y)
    }
}

pub fn print(out: &mut dyn Write) -> Outcome {
    let hidden = Hidden::new()?;
    let Hidden { a1, second: Layer { w, b }, y } = &hidden;
    let z2 = hidden.output(a1);
    let dz2 = &z2 - y;
    let da1 = plain::transposed_product(w, &dz2);

    writeln!(out, "forward")?;
    for i in 0..2 {
        let terms = [0, 1]
            .map(|j| format!("{}·{}", chosen(w[[i, j]]), long(a1[[j, 0]])));
        let sum = format!("{} + {}", terms.join(" + "), chosen(b[[i, 0]]));
        line(out, &format!("z2[{}]", i + 1), &sum, z2[[i, 0]])?;
    }
    writeln!(out, "\nbackward")?;
    for i in 0..2 {
        let error = format!("{} − {}", long(z2[[i, 0]]), chosen(y[[i, 0]]));
        line(out, &format!("dz2[{}]", i + 1), &error, dz2[[i, 0]])?;
    }
    for j in 0..2 {
        let terms = [0, 1]
            .map(|i| format!("{}·{}", chosen(w[[i, j]]), long(dz2[[i, 0]])));
        let name = format!("da1[{}]", j + 1);
        line(out, &name, &terms.join(" + "), da1[[j, 0]])?;
    }

    writeln!(out, "\na1[1] moved, and nothing else")?;
    writeln!(out, "      by    J moves by   the one over the other")?;
    let before = hidden.cost(0.0);
    for by in [0.1, 0.01, 0.001, 0.0001] {
        let moved = hidden.cost(by) - before;
        let (shown, rate) = (long(moved), long(moved / by));
        writeln!(out, "{by:>8} {shown:>13} {rate:>24}")?;
    }
    Ok(())
}
