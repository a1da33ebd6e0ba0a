//! A mask for each hidden layer, fresh at every step.

use chainrule::{ChaCha8Rng, libm, seeded};
use chapters::plain::{Layer, Matrix};

use crate::Verdict;
use crate::compare::fits;
use crate::settings::network;

/// Draws that a statistic is taken over.
const DRAWS: usize = 500;
const SAMPLES: usize = 20;

/// Holds the statistics of many draws against what coins would do.
pub fn judge(
    yours: impl Fn(&[Layer], f64, usize, &mut ChaCha8Rng) -> Vec<Matrix>,
) -> Verdict {
    let layers = network(&[1, 16, 16, 1], 1);
    for (p, seed) in [(0.2, 2), (0.4, 3)] {
        let mut rng = seeded(seed);
        let draws: Vec<Vec<Matrix>> =
            (0..=DRAWS).map(|_| yours(&layers, p, SAMPLES, &mut rng)).collect();
        for masks in &draws {
            shapes(masks)?;
        }
        entries(p, &draws).map_err(|it| format!("at p = {p}, {it}"))?;
        coins(p, &draws).map_err(|it| format!("at p = {p}, {it}"))?;
    }
    Ok("a mask for each hidden layer, a coin for each unit and sample, and \
        fresh ones at every step."
        .to_owned())
}

fn shapes(masks: &[Matrix]) -> Result<(), String> {
    if masks.len() != 2 {
        return Err(format!(
            "{} masks came back for two hidden layers; neither input nor \
             output is masked",
            masks.len()
        ));
    }
    let right = Matrix::zeros((16, SAMPLES));
    (1..)
        .zip(masks)
        .try_for_each(|(l, m)| fits(&format!("mask {l}"), m, &right))
}

/// Each entry is 0 or the scale.
fn entries(p: f64, draws: &[Vec<Matrix>]) -> Result<(), String> {
    let scale = 1.0 / (1.0 - p);
    let is = |m: f64, other: f64| (m - other).abs() < 1e-9;
    let wrong = |m: &&f64| **m != 0.0 && !is(**m, scale);
    let mut all = draws.iter().flatten().flatten();
    let Some(&m) = all.find(wrong) else { return Ok(()) };
    let (share, count) = share_of_kept(draws);
    let why = match () {
        () if is(m, 1.0 / p) && (share - p).abs() < within(p, count) => {
            ", and a share of p is kept. p is the probability to drop: \
             keep-for-drop, in chapter 5's gallery"
        }
        () if is(m, 1.0 / p) => {
            ". It is divided by p: wrong-scale, in chapter 5's gallery"
        }
        () if is(m, 1.0) => ". Is the scale missing?",
        () if is(m, scale * scale) => ". Is it scaled twice?",
        () => "",
    };
    Err(format!("a kept entry is {m:.3}, and 1/(1−p) is {scale:.3}{why}"))
}

/// How often entries are kept, change from draw to draw, and differ between
/// the layers, units and samples of one draw.
fn coins(p: f64, draws: &[Vec<Matrix>]) -> Result<(), String> {
    let two = 2.0 * p * (1.0 - p); // one of two is kept, the other not
    let steps = draws.windows(2).flat_map(|pair| {
        pair[0].iter().flatten().zip(pair[1].iter().flatten())
    });
    alike(
        steps,
        two,
        "from draw to draw",
        ". Is it one generator for all of them? A seed inside makes \
         fixed-mask, in chapter 5's gallery",
    )?;
    let layers = draws.iter().flat_map(|masks| masks[0].iter().zip(&masks[1]));
    alike(
        layers,
        two,
        "from layer to layer",
        ". Does each layer begin from the same seed? That is shared-mask, in \
         chapter 5's gallery",
    )?;
    let units = draws
        .iter()
        .flat_map(|masks| masks[0].row(0).into_iter().zip(masks[0].row(1)));
    alike(units, two, "from unit to unit", ". Is there a coin for each unit?")?;
    let samples = draws.iter().flat_map(|masks| {
        masks[0].column(0).into_iter().zip(masks[0].column(1))
    });
    let why = ". Has each sample a mask of its own?";
    alike(samples, two, "from sample to sample", why)?;
    kept(p, draws)
}

fn kept(p: f64, draws: &[Vec<Matrix>]) -> Result<(), String> {
    let (share, count) = share_of_kept(draws);
    let is = |right: f64| (share - right).abs() < within(right, count);
    // A normal number lies below 1 − p with this probability.
    let normal = 0.5 * (1.0 + libm::erf((1.0 - p) / 2.0_f64.sqrt()));
    let why = match () {
        () if is(1.0 - p) => return Ok(()),
        () if is(normal) => {
            ", and that is the share of normal numbers below 1 − p. The coin \
             should be uniform: normal-mask, in chapter 5's gallery"
        }
        () if is(p) => ". p is the probability to drop, not to keep",
        () => "",
    };
    Err(format!("kept is a share of {share:.3}; 1 − p is {:.3}{why}", 1.0 - p))
}

/// The share of all entries that are kept, and how many entries there are.
fn share_of_kept(draws: &[Vec<Matrix>]) -> (f64, usize) {
    let all = || draws.iter().flatten().flatten();
    let kept = all().filter(|m| **m != 0.0).count();
    (kept as f64 / all().count() as f64, all().count())
}

/// Refuses pairs that are unlike in another share than two coins are.
fn alike<'m>(
    pairs: impl Iterator<Item = (&'m f64, &'m f64)>,
    right: f64,
    what: &str,
    never: &str,
) -> Result<(), String> {
    let (mut unlike, mut all) = (0, 0);
    for (m, n) in pairs {
        unlike += usize::from((*m == 0.0) != (*n == 0.0));
        all += 1;
    }
    let share = unlike as f64 / all as f64;
    // Neighbouring pairs share a mask. A share that is off because too many are
    // kept is told below.
    if (share - right).abs() < 0.5 * right {
        return Ok(());
    }
    let why = if unlike == 0 { never } else { "" };
    Err(format!(
        "{what}, entries differ in a share of {share:.3}, where two coins \
         would in {right:.3}{why}"
    ))
}

/// Five standard deviations of a share of so many coins.
fn within(share: f64, coins: usize) -> f64 {
    5.0 * (share * (1.0 - share) / coins as f64).sqrt()
}
