//! A mask, coin by coin.

use chainrule::{ChaCha8Rng, Dropout};
use ndarray::Array1;
use rand::RngExt;

/// A coin for each of n entries: true where it stays, with probability 1 − p.
// ANCHOR: toss
pub fn toss(n: usize, dropout: Dropout, rng: &mut ChaCha8Rng) -> Array1<bool> {
    let stay = 1.0 - dropout.drop_prob();
    Array1::from_shape_simple_fn(n, || uniform(rng) < stay)
}

/// A random number from 0 up to, but not including, 1: k/2³² for a whole k.
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    f64::from(rng.random::<u32>()) / 2.0_f64.powi(32)
}
// ANCHOR_END: toss

#[cfg(test)]
mod tests {
    use super::*;
    use chainrule::seeded;

    #[test]
    fn the_core_tosses_the_same_coins() -> chainrule::Result<()> {
        for (seed, p) in [(3077, 0.4), (0, 0.0), (1, 0.5), (2, 0.999)] {
            let dropout = Dropout::new(p)?;
            let coins = toss(1000, dropout, &mut seeded(seed));
            let mask = dropout.draw(1000, &mut seeded(seed))?;
            assert_eq!(coins, mask.kept(), "seed {seed}, p {p}");
        }
        Ok(())
    }
}
