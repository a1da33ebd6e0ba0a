//! The checks, each of which some mistake of the gallery fails.

use chainrule::{Result, seeded, sine};

use super::bug::Bug;
use super::network::Network;
use crate::plain::{Layer, Matrix, cost};

/// What one check measured, what would have been right, and whether it was.
pub struct Verdict {
    /// The name of the check.
    pub check: &'static str,
    /// What it measured.
    pub measured: f64,
    /// What would have been right, in words.
    pub allowed: String,
    /// Whether it was.
    pub pass: bool,
}

/// How far a parameter is moved.
const H: f64 = 1e-5;
/// Masks that a statistic is taken over.
const DRAWS: usize = 1000;

/// All checks of a network with this mistake.
pub fn run(bug: Bug, seed: u64, drop_prob: f64) -> Result<Vec<Verdict>> {
    let network = Network::new(bug, seed, drop_prob)?;
    let (x, y) = sine(20)?;
    let frozen = network.masks(x.ncols(), &mut seeded(seed.wrapping_add(1)));
    let off = Network { drop_prob: 0.0, ..network.clone() };
    let printed = network.code.reported;
    let mut verdicts = vec![
        below("gradient, p = 0", difference(&off, &x, &y, &[], cost), 1e-6),
        below(
            "gradient, p > 0",
            difference(&network, &x, &y, &frozen, cost),
            1e-6,
        ),
        below("reported loss", difference(&off, &x, &y, &[], printed), 1e-6),
    ];
    verdicts.extend(statistics(&network, &x, seed));
    verdicts.push(evaluate_twice(&network, &x, seed));
    verdicts.push(saturation(&network, &x));
    verdicts.push(large_z(network.code.activation.f));
    verdicts.push(cost_twice(&network, &x, &y, &frozen, seed));
    Ok(verdicts)
}

fn below(check: &'static str, measured: f64, limit: f64) -> Verdict {
    let allowed = format!("below {limit:e}");
    Verdict { check, measured, allowed, pass: measured < limit }
}

fn near(check: &'static str, measured: f64, right: f64, by: f64) -> Verdict {
    let allowed = format!("{right:.3} ± {by:.3}");
    Verdict { check, measured, allowed, pass: (measured - right).abs() <= by }
}

/// What a step did to each parameter, divided by −η, against the central
/// differences of a loss: largest difference over largest entry.
// ANCHOR: difference
fn difference(
    network: &Network,
    x: &Matrix,
    y: &Matrix,
    masks: &[Matrix],
    loss: fn(&Matrix, &Matrix) -> f64,
) -> f64 {
    let (learning_rate, rng) = (0.01, &mut seeded(0));
    let mut stepped = network.clone();
    stepped.step(x, y, masks, learning_rate);
    let (before, after) = (values(network), values(&stepped));
    let (mut apart, mut size) = (0.0_f64, 0.0_f64);
    for i in 0..before.len() {
        let mut moved = |by: f64| {
            let mut moved = network.clone();
            *value(&mut moved, i) += by;
            loss(&(moved.code.looked_at)(&moved, masks, x, rng), y)
        };
        let numeric = (moved(H) - moved(-H)) / (2.0 * H);
        let taken = (before[i] - after[i]) / learning_rate;
        apart = apart.max((taken - numeric).abs());
        size = size.max(taken.abs()).max(numeric.abs());
    }
    apart / size
}
// ANCHOR_END: difference

fn values(network: &Network) -> Vec<f64> {
    let layers = network.layers.iter();
    layers.flat_map(|l| l.w.iter().chain(&l.b).copied()).collect()
}

fn value<'n>(network: &'n mut Network, i: usize) -> &'n mut f64 {
    let layers = network.layers.iter_mut();
    let of_layer = |l: &'n mut Layer| l.w.iter_mut().chain(l.b.iter_mut());
    let mut all = layers.flat_map(of_layer);
    all.nth(i).expect("a parameter of this number")
}

/// Four statistics over many draws: the mean that dropout hands on, how many
/// entries are dropped, how many change from step to step, and how many differ
/// from layer to layer.
// ANCHOR: statistics
fn statistics(network: &Network, x: &Matrix, seed: u64) -> [Verdict; 4] {
    let mut rng = seeded(seed.wrapping_add(2));
    let (mut mean, mut dropped, mut entries) = (0.0, 0.0, 0.0);
    let (mut changed, mut steps) = (0.0, 0.0);
    let (mut differ, mut pairs) = (0.0, 0.0);
    let mut last = network.masks(x.ncols(), &mut rng);
    for _ in 0..DRAWS {
        let masks = network.masks(x.ncols(), &mut rng);
        for m in masks.iter().flatten() {
            (mean, entries) = (mean + m, entries + 1.0);
            dropped += f64::from(*m == 0.0);
        }
        for (m, n) in masks.iter().flatten().zip(last.iter().flatten()) {
            (changed, steps) = (changed + unlike(m, n), steps + 1.0);
        }
        for (m, n) in masks[0].iter().zip(&masks[1]) {
            (differ, pairs) = (differ + unlike(m, n), pairs + 1.0);
        }
        last = masks;
    }
    let p = network.drop_prob;
    let two = 2.0 * p * (1.0 - p); // one of two is kept, the other not
    let by = |variance: f64, n: f64| 5.0 * (variance / n).sqrt();
    // Two neighbouring steps share a mask: hence the 3 for safety.
    let spread = two * (1.0 - two);
    [
        near(
            "mean over masks",
            mean / entries,
            1.0,
            by(p / (1.0 - p), entries),
        ),
        near("share dropped", dropped / entries, p, by(p * (1.0 - p), entries)),
        near("masks change", changed / steps, two, by(3.0 * spread, steps)),
        near("layers differ", differ / pairs, two, by(spread, pairs)),
    ]
}
// ANCHOR_END: statistics

fn unlike(m: &f64, n: &f64) -> f64 {
    f64::from((*m == 0.0) != (*n == 0.0))
}

fn evaluate_twice(network: &Network, x: &Matrix, seed: u64) -> Verdict {
    let mut rng = seeded(seed.wrapping_add(3));
    let one = network.evaluate(x, &mut rng);
    let two = network.evaluate(x, &mut rng);
    let apart = one.iter().zip(&two).map(|(a, b)| (a - b).abs());
    let measured = apart.fold(0.0, f64::max);
    let allowed = "0".to_owned();
    Verdict { check: "evaluate twice", measured, allowed, pass: one == two }
}

/// The share of the last hidden layer above 0.99 or below 0.01.
fn saturation(network: &Network, x: &Matrix) -> Verdict {
    let pass = network.forward(x, &[]);
    let a = &pass.a[pass.a.len() - 2];
    let flat = a.iter().filter(|a| !(0.01..=0.99).contains(*a)).count();
    below("saturation", flat as f64 / a.len() as f64, 0.1)
}

/// The sigmoid of ±1000 is 1 and 0.
fn large_z(sigmoid: fn(f64) -> f64) -> Verdict {
    let measured = sigmoid(1000.0) - sigmoid(-1000.0);
    Verdict {
        check: "large z",
        measured,
        allowed: "1".to_owned(),
        pass: measured == 1.0,
    }
}

/// The cost that the gradient check looks at, with nothing moved: the same at
/// every look.
fn cost_twice(
    network: &Network,
    x: &Matrix,
    y: &Matrix,
    frozen: &[Matrix],
    seed: u64,
) -> Verdict {
    let mut rng = seeded(seed.wrapping_add(4));
    let mut look =
        || cost(&(network.code.looked_at)(network, frozen, x, &mut rng), y);
    let measured = (look() - look()).abs();
    let allowed = "0".to_owned();
    Verdict { check: "cost twice", measured, allowed, pass: measured == 0.0 }
}
