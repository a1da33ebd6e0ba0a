//! Mean and width of answers that come in one by one.

use crate::Verdict;
use crate::compare::{close as near, pair};
use crate::settings::matrix;

/// What is kept of the answers so far.
#[derive(Clone, Debug, Default)]
pub struct Running {
    /// How many there were.
    pub t: usize,
    /// Their mean.
    pub mean: f64,
    /// The sum of their squared distances from the mean.
    pub squares: f64,
}

/// Holds both against two sweeps over all answers, near 0 and far from it.
pub fn judge(
    include: impl Fn(&mut Running, f64),
    width: impl Fn(&Running) -> f64,
) -> Verdict {
    for offset in [0.0, 1e9] {
        let answers: Vec<f64> =
            matrix(1, 200, 1).iter().map(|a| a + offset).collect();
        for so_far in [2, 3, 200] {
            let answers = &answers[..so_far];
            let mut running = Running::default();
            answers.iter().for_each(|a| include(&mut running, *a));
            check(&running, width(&running), answers, offset).map_err(
                |fault| {
                    format!("after {so_far} answers near {offset:e}, {fault}")
                },
            )?;
        }
    }
    Ok("mean and width of 200 answers, near 0 and near a billion, and no \
        answer was kept."
        .to_owned())
}

fn check(
    running: &Running,
    width: f64,
    answers: &[f64],
    offset: f64,
) -> Result<(), String> {
    let count = answers.len();
    if running.t != count {
        return Err(format!("t is {}; is it counted up?", running.t));
    }
    let (n, by) = (count as f64, if offset == 0.0 { 1e-12 } else { 1e-6 });
    // From the first answer, so that nothing large is added up.
    let mean =
        answers[0] + answers.iter().map(|a| a - answers[0]).sum::<f64>() / n;
    if !near(running.mean, mean, by) {
        let (told, right) = pair(running.mean, mean);
        return Err(format!("the mean is {told}, and should be {right}"));
    }
    let squares: f64 = answers.iter().map(|a| (a - mean) * (a - mean)).sum();
    let right = (squares / (n - 1.0)).sqrt();
    let close = |it: f64| (width - it).abs() <= 1e-6 * it;
    if close(right) {
        return Ok(());
    }
    let old = |power: i32| welford_wrong(answers, power, n);
    let why = match () {
        () if close((squares / n).sqrt()) => {
            ". Divide by t − 1: the mean was computed from the same answers"
        }
        () if close(squares / (n - 1.0)) => ". Is the root missing?",
        () if close(old(0)) => {
            ". One distance is from the mean before, one from the mean after"
        }
        () if close(old(1)) => {
            ". One distance is from the mean before, one from the mean after"
        }
        () if offset != 0.0 => {
            ". A difference of two large squares has lost its digits"
        }
        () => "",
    };
    let (told, right) = pair(width, right);
    Err(format!("the width is {told}, and should be {right}{why}"))
}

/// The width with both distances from the mean before (0) or after (1).
fn welford_wrong(answers: &[f64], which: i32, n: f64) -> f64 {
    let (mut mean, mut squares) = (0.0, 0.0);
    for (t, a) in (1..).zip(answers) {
        let before = a - mean;
        mean += before / f64::from(t);
        let distance = if which == 0 { before } else { a - mean };
        squares += distance * distance;
    }
    (squares / (n - 1.0)).sqrt()
}
