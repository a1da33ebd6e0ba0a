//! A new order for every epoch, the same on every machine.

use rand::{Rng, RngExt};

/// Puts the entries into an order drawn at random, each order as likely as any
/// other.
///
/// Fisher and Yates (1938), *Statistical tables for biological, agricultural
/// and medical research*, as Durstenfeld (1964, *Algorithm 235: random
/// permutation*) does it, in place.
// ANCHOR: shuffle
pub fn shuffle<R: Rng + ?Sized>(order: &mut [usize], rng: &mut R) {
    for last in (1..order.len()).rev() {
        let drawn = rng.random_range(0..=last); // one of those that are left
        order.swap(last, drawn);
    }
}
// ANCHOR_END: shuffle
