//! The sum rule: what a unit that feeds several is to blame for.

use chapters::plain::{Matrix, transposed_product};
use ndarray::s;

use crate::Verdict;
use crate::compare::{fits, likely, pair};
use crate::settings::matrix;

/// Moves each activation, and sees what the cost does through both outputs.
pub fn judge(yours: impl Fn(&Matrix, &Matrix) -> Matrix) -> Verdict {
    // Two outputs over two units, and then shapes that tell w from wᵀ.
    for (out, inputs, samples) in [(2, 2, 1), (2, 3, 4)] {
        let w = matrix(out, inputs, 5);
        let (a, y) = (matrix(inputs, samples, 6), matrix(out, samples, 7));
        let dz = w.dot(&a) - &y;
        let da = yours(&w, &dz);
        fits("da", &da, &a)?;
        for ((j, s), &found) in da.indexed_iter() {
            let right = measured(&w, &a, &y, (j, s));
            if (found - right).abs() > 1e-8 {
                let (told, right) = pair(found, right);
                return Err(format!(
                    "da[{},{}] is {told}; moving that a a little says {right}{}",
                    j + 1,
                    s + 1,
                    why(&w, &dz, &da)
                ));
            }
        }
    }
    Ok("each da adds up what comes back from every unit it fed.".to_owned())
}

fn why(w: &Matrix, dz: &Matrix, da: &Matrix) -> &'static str {
    let part = |i: usize| {
        let (w, dz) = (w.slice(s![i..=i, ..]), dz.slice(s![i..=i, ..]));
        transposed_product(&w.to_owned(), &dz.to_owned())
    };
    let mut suspects = vec![
        (part(0), ". J is reached through two outputs: are both terms there?"),
        (part(1), ". J is reached through two outputs: are both terms there?"),
        (0.5 * (part(0) + part(1)), ". Small changes add: a sum, not a mean"),
    ];
    if w.nrows() == w.ncols() {
        suspects
            .push((w.dot(dz), ". That is w·dz: the arrows run back, wᵀ·dz"));
    }
    likely(da, &suspects)
}

/// ∂J/∂a of one activation, where J = ½·‖w·a − y‖² of its own sample.
fn measured(w: &Matrix, a: &Matrix, y: &Matrix, at: (usize, usize)) -> f64 {
    let moved = |by: f64| {
        let mut a = a.clone();
        a[at] += by;
        let off = w.dot(&a) - y;
        off.column(at.1).iter().map(|off| 0.5 * off * off).sum::<f64>()
    };
    (moved(1e-5) - moved(-1e-5)) / 2e-5
}
