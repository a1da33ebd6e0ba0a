//! What narrower numbers cost: the losses of the same training in 64 bits, in
//! 32, and with 16 in one place at a time, carried out in software.

use std::io::Write;

use chainrule::Result;
use chapters::ch07_speed::rungs::{self, Kind, Task, half};
use chapters::cli::Outcome;

use crate::counts::losses;

/// The nearest number with eight binary digits and the exponents of 32 bits:
/// the 16-bit format of machine learning, *bfloat16*. Of two that are equally
/// near, the even one.
// ANCHOR: sixteen
fn sixteen(x: f32) -> f32 {
    let bits = x.to_bits();
    let even = (bits >> 16) & 1;
    f32::from_bits((bits + 0x7fff + even) & 0xffff_0000)
}
// ANCHOR_END: sixteen

/// In 32 bits.
fn same(x: f32) -> f32 {
    x
}

/// To which width a training step rounds, and where.
struct Widths {
    /// What enters a product: x, w, a, dz.
    factors: fn(f32) -> f32,
    /// A sum, after each term.
    sums: fn(f32) -> f32,
    /// What is kept from step to step: w and b.
    weights: fn(f32) -> f32,
}

/// The loss before each of a number of steps of a task.
type Losses = Box<dyn Fn(&Task, usize) -> Result<Vec<f64>>>;

/// A column of the tables.
struct Column {
    name: &'static str,
    losses: Losses,
}

fn columns() -> [Column; 5] {
    let rung = |name, kind: Kind| Column {
        name,
        losses: Box::new(move |task, steps| losses(&kind, task, steps)),
    };
    let narrow = |name, widths: Widths| Column {
        name,
        losses: Box::new(move |task, steps| Ok(train(task, &widths, steps))),
    };
    let all = Widths { factors: same, sums: same, weights: same };
    let [fused, half] = ["fused", "half"].map(rungs::named);
    [
        rung("64 bits", fused),
        rung("32 bits", half),
        narrow("16: factors", Widths { factors: sixteen, ..all }),
        narrow("16: sums", Widths { sums: sixteen, ..all }),
        narrow("16: weights", Widths { weights: sixteen, ..all }),
    ]
}

/// Prints the losses of both learning rates, and when 32 bits part from 64.
pub fn print(out: &mut dyn Write) -> Outcome {
    for (name, rate, shown) in [
        ("calm", 0.03, [0, 10, 100, 1000, 3999].as_slice()),
        ("edge", 0.3, &[0, 10, 20, 28, 40, 100, 1000, 3999]),
    ] {
        let task = Task::sine(25, 100, rate)?;
        let columns = columns();
        let steps = 4000;
        let found = columns
            .iter()
            .map(|column| (column.losses)(&task, steps))
            .collect::<Result<Vec<_>>>()?;
        writeln!(out, "\nlosses in narrower numbers, learning rate {rate}")?;
        write!(out, "step     ")?;
        for column in &columns {
            write!(out, " {:>12}", column.name)?;
        }
        writeln!(out)?;
        for &step in shown {
            write!(out, "{name} {step:>4}")?;
            for losses in &found {
                write!(out, " {:>12.6}", losses[step])?;
            }
            writeln!(out)?;
        }
        for (share, words) in [(1e-6, "a millionth"), (1e-3, "a thousandth")] {
            let first = parting(&found[0], &found[1], share);
            let step = first.map_or("never".to_owned(), |s| s.to_string());
            writeln!(out, "{name}, 32 bits first off by {words}: {step}")?;
        }
    }
    Ok(())
}

/// The first step at which two runs differ by more than this share.
fn parting(exact: &[f64], found: &[f64], share: f64) -> Option<usize> {
    let mut pairs = exact.iter().zip(found);
    pairs.position(|(a, b)| (a - b).abs() > share * a)
}

/// A hidden unit: the weight and bias into it, the weight out of it.
#[derive(Clone, Copy)]
struct Unit {
    w1: f32,
    b1: f32,
    w2: f32,
}

/// Trains [1, h, 1] and returns the loss of each step.
fn train(task: &Task, widths: &Widths, steps: usize) -> Vec<f64> {
    let layers = task.start.layers();
    let weights =
        layers[0].weights.iter().zip(&layers[0].bias).zip(&layers[1].weights);
    let kept = |number: f64| (widths.weights)(number as f32);
    let mut units: Vec<Unit> = weights
        .map(|((&w1, &b1), &w2)| Unit {
            w1: kept(w1),
            b1: kept(b1),
            w2: kept(w2),
        })
        .collect();
    let mut b2 = kept(layers[1].bias[[0, 0]]);
    (0..steps).map(|_| step(task, widths, &mut units, &mut b2)).collect()
}

/// One step, number by number; returns the loss that it started from.
fn step(task: &Task, widths: &Widths, units: &mut [Unit], b2: &mut f32) -> f64 {
    let Widths { factors, sums, weights } = widths;
    let product = |a: f32, b: f32| factors(a) * factors(b);
    let samples = task.samples() as f32;
    let mut gradient = vec![Unit { w1: 0.0, b1: 0.0, w2: 0.0 }; units.len()];
    let (mut db2, mut squares) = (0.0, 0.0);
    let mut a1 = vec![0.0; units.len()];
    for (&x, &y) in task.x.iter().zip(&task.y) {
        let (x, y) = (x as f32, y as f32);
        let mut z2 = *b2;
        for (unit, a) in units.iter().zip(&mut a1) {
            *a = 1.0 / (1.0 + half::exp(-(unit.b1 + product(unit.w1, x))));
            z2 = sums(z2 + product(unit.w2, *a));
        }
        let dz2 = z2 - y;
        squares += f64::from(dz2) * f64::from(dz2);
        for ((unit, d), &a) in units.iter().zip(&mut gradient).zip(&a1) {
            let dz1 = product(unit.w2, dz2) * a * (1.0 - a);
            d.w1 = sums(d.w1 + product(dz1, x));
            d.b1 = sums(d.b1 + dz1);
            d.w2 = sums(d.w2 + product(dz2, a));
        }
        db2 = sums(db2 + dz2);
    }
    let rate = task.learning_rate as f32 / samples;
    for (unit, d) in units.iter_mut().zip(&gradient) {
        unit.w1 = weights(unit.w1 - rate * d.w1);
        unit.b1 = weights(unit.b1 - rate * d.b1);
        unit.w2 = weights(unit.w2 - rate * d.w2);
    }
    *b2 = weights(*b2 - rate * db2);
    squares / f64::from(samples)
}
