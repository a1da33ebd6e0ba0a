//! A mask from coins.

use chainrule::{ChaCha8Rng, libm, seeded};

use crate::Verdict;

/// How many coins a share is taken over.
const COINS: usize = 100_000;

/// Holds masks against the share that should be kept, and against each other.
pub fn judge(
    yours: impl Fn(f64, usize, &mut ChaCha8Rng) -> Vec<bool>,
) -> Verdict {
    for (p, seed) in [(0.0, 1), (0.1, 2), (0.4, 3), (0.9, 4)] {
        let mut rng = seeded(seed);
        let mask = yours(p, COINS, &mut rng);
        let next = yours(p, COINS, &mut rng);
        if mask.len() != COINS || next.len() != COINS {
            return Err(format!(
                "the mask has {} entries, and {COINS} were asked for",
                mask.len()
            ));
        }
        if p > 0.0 && mask == next {
            return Err(same(&mask));
        }
        share_of_kept(p, &mask)?;
        let differ = mask.iter().zip(&next).filter(|(a, b)| a != b).count();
        near("two masks differ in", differ, 2.0 * p * (1.0 - p))?;
    }
    Ok(format!(
        "the share that is kept is 1 − p at each of four p, and every mask of \
         {COINS} coins is another one."
    ))
}

fn same(mask: &[bool]) -> String {
    match mask.iter().all(|kept| *kept == mask[0]) {
        true => "all entries are alike: is one coin tossed for all of them?",
        false => {
            "two masks from one generator are the same. Is a generator made \
             inside, from a seed? That is fixed-mask, in chapter 5's gallery"
        }
    }
    .to_owned()
}

fn share_of_kept(p: f64, mask: &[bool]) -> Result<(), String> {
    let kept = mask.iter().filter(|kept| **kept).count();
    near("kept is", kept, 1.0 - p).map_err(|fault| {
        let is = |share| near("", kept, share).is_ok();
        // A normal number lies below 1 − p with this probability.
        let normal = 0.5 * (1.0 + libm::erf((1.0 - p) / 2.0_f64.sqrt()));
        let why = match () {
            () if is(p) => {
                ". p is the probability to drop, not to keep: keep-for-drop, \
                 in chapter 5's gallery"
            }
            () if is(normal) => {
                ", and that is the share of normal numbers below 1 − p. The \
                 coin should be uniform: normal-mask, in chapter 5's gallery"
            }
            () if kept == 0 || kept == COINS => {
                ". Is one coin tossed for all entries?"
            }
            () => "",
        };
        format!("at p = {p}, {fault}{why}")
    })
}

/// Within five standard deviations of a share of the coins.
fn near(what: &str, count: usize, share: f64) -> Result<(), String> {
    let all = COINS as f64;
    let by = 5.0 * (share * (1.0 - share) / all).sqrt();
    let found = count as f64 / all;
    match (found - share).abs() <= by {
        true => Ok(()),
        false => {
            Err(format!("{what} a share of {found:.3}; {share:.3} expected"))
        }
    }
}
