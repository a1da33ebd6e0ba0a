//! What is the same on every machine: how much work a step is, and that every
//! rung does it.

use std::io::Write;

use chainrule::Result;
use chapters::cli::Outcome;

use chapters::ch07_speed::rungs::{self, Kind, Task};

/// How much arithmetic a training step needs, from the shapes alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Work {
    pub exponentials: usize,
    pub multiply_adds: usize,
}

impl Work {
    /// For a network with these layers and so many samples.
    ///
    /// The products are counted: z = w·a in every layer, dw = dz·aᵀ in every
    /// layer, da = wᵀ·dz in every layer but the first. What is done once for
    /// each entry of a matrix, and not once for each term of a sum, is small
    /// beside it in a wide network, and left out.
    // ANCHOR: work
    pub fn of(sizes: &[usize], samples: usize) -> Work {
        let weights = |(l, pair): (usize, &[usize])| {
            let products = if l == 0 { 2 } else { 3 };
            products * pair[0] * pair[1]
        };
        let products: usize = sizes.windows(2).enumerate().map(weights).sum();
        let hidden: usize = sizes[1..sizes.len() - 1].iter().sum();
        Work {
            exponentials: hidden * samples,
            multiply_adds: products * samples,
        }
    }
    // ANCHOR_END: work

    /// Floating-point operations: a multiply–add is two.
    pub fn operations(self) -> f64 {
        2.0 * self.multiply_adds as f64
    }
}

/// How long two correct programs are sure to agree at a learning rate of 0.3:
/// then comes a spike, and rounding is magnified (chapter 2).
const FIRST: usize = 20;

/// Prints losses, whether all rungs have them, and the work of a step.
pub fn print(out: &mut dyn Write, hidden: usize) -> Outcome {
    let edge = Task::sine(hidden, 100, 0.3)?;
    let calm = Task::sine(hidden, 100, 0.03)?;
    writeln!(out, "layers [1, {hidden}, 1], 100 samples, seed 0\n")?;
    let exact = losses(&rungs::named("the crate"), &edge, FIRST)?;
    writeln!(out, "the first losses at a learning rate of 0.3")?;
    for step in [0, 1, 10, FIRST - 1] {
        writeln!(out, "step {step:>2}: {:.6}", exact[step])?;
    }

    writeln!(out, "\nlosses against the core crate's")?;
    writeln!(out, "             0.3, {FIRST} steps      0.03, 4000 steps")?;
    let gentle = losses(&rungs::named("the crate"), &calm, 4000)?;
    for kind in &rungs::ALL {
        let near = verdict(kind, &losses(kind, &edge, FIRST)?, &exact);
        let far = verdict(kind, &losses(kind, &calm, 4000)?, &gentle);
        writeln!(out, "{:<12} {near:<18} {far}", kind.name)?;
    }

    let work = Work::of(&edge.start.sizes(), 100);
    writeln!(out, "\nin one step")?;
    writeln!(out, "hidden units × samples: {}", work.exponentials)?;
    writeln!(out, "multiply–adds: {}", work.multiply_adds)?;
    for kind in &rungs::ALL {
        let exponentials = kind.exponentials * work.exponentials;
        writeln!(out, "exponentials, {}: {exponentials}", kind.name)?;
    }
    Ok(())
}

/// The loss of each of the first steps.
pub fn losses(kind: &Kind, task: &Task, steps: usize) -> Result<Vec<f64>> {
    let mut rung = (kind.start)(task);
    (0..steps)
        .map(|_| {
            rung.step()?;
            Ok(rung.loss())
        })
        .collect()
}

/// How far a rung's losses are from the core crate's; where the last digits
/// are the processor's, nobody asks for the same bits.
fn verdict(kind: &Kind, one: &[f64], other: &[f64]) -> &'static str {
    let pairs = || one.iter().zip(other);
    let same = pairs().all(|(a, b)| a.to_bits() == b.to_bits());
    if kind.same_bits {
        return if same { "the same bits" } else { "other bits" };
    }
    let furthest =
        pairs().map(|(a, b)| ((a - b) / b).abs()).fold(0.0, f64::max);
    match furthest {
        ..1e-9 => "within 1e-9",
        ..1e-3 => "within 1e-3",
        _ => "different",
    }
}
