//! The loss that is printed, and the cost that is descended.

use chapters::plain::{self, Matrix};

use crate::Verdict;
use crate::compare::pair;
use crate::settings::matrix;

/// Holds both against the book's, for one output and for three.
pub fn judge(
    mse: impl Fn(&Matrix, &Matrix) -> f64,
    cost: impl Fn(&Matrix, &Matrix) -> f64,
) -> Verdict {
    for outputs in [1, 3] {
        let (a, y) = (matrix(outputs, 4, 1), matrix(outputs, 4, 2));
        let (loss, j) = (plain::mse(&a, &y), plain::cost(&a, &y));
        let ends = format!("for {outputs} outputs and 4 samples");
        let found = mse(&a, &y);
        close("mse", found, loss, || match () {
            () if near(found, loss * outputs as f64) => {
                ". Its mean is over every entry, not over the samples alone"
            }
            () if near(found, j) => ". That is the cost",
            () if near(found, loss * (outputs * 4) as f64) => {
                ". Is the mean missing?"
            }
            () => "",
        })
        .map_err(|fault| format!("{ends}, {fault}"))?;
        let found = cost(&a, &y);
        close("the cost", found, j, || match () {
            () if near(found, loss) => {
                ". That is mse, the loss that is printed: factor-two, in \
                 chapter 5's gallery"
            }
            () if near(found, 2.0 * j) => ". Is the ½ missing?",
            () if near(found, 4.0 * j) => ". Is the mean missing?",
            () => "",
        })
        .map_err(|fault| format!("{ends}, {fault}"))?;
    }
    Ok("for one output mse is twice the cost, and for three two thirds of it."
        .to_owned())
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * b.abs()
}

fn close(
    name: &str,
    yours: f64,
    right: f64,
    why: impl Fn() -> &'static str,
) -> Result<(), String> {
    if near(yours, right) {
        return Ok(());
    }
    let (told, expected) = pair(yours, right);
    Err(format!("{name} is {told}, and should be {expected}{}", why()))
}
