//! The rungs of chapter 7 are the same training, and cost what the page says.
//!
//! Seen to fail when the fused rung multiplied the slope before the error (one
//! rounding moves), and when the flat rung made its rows anew at each step.

use allocation_counter::measure;
use chainrule::Result;
use chainrule::kernels::{Instructions, exp};
use chapters::ch07_speed::date;
use chapters::ch07_speed::rungs::half;
use chapters::ch07_speed::rungs::split::Split;
use chapters::ch07_speed::rungs::{ALL, Kind, Rung, Task, named};
use chapters::ch07_speed::sigmoids::{self, sigmoids};

/// The loss of each of so many steps.
fn losses(rung: &mut dyn Rung, steps: usize) -> Result<Vec<f64>> {
    (0..steps)
        .map(|_| {
            rung.step()?;
            Ok(rung.loss())
        })
        .collect()
}

/// The largest relative difference between two runs; below a thousandth, a
/// loss is all rounding.
fn distance(one: &[f64], other: &[f64]) -> f64 {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| (a - b).abs() / b.max(1e-3)).fold(0.0, f64::max)
}

/// Every network and batch here: whole numbers of vectors, and not; and fewer
/// samples than a vector has room for.
const SHAPES: [(usize, usize); 5] =
    [(25, 100), (6, 100), (3, 64), (4, 5), (1, 1)];

#[test]
fn the_last_rungs_have_the_bits_of_the_crate() -> Result<()> {
    for (hidden, samples) in SHAPES {
        let task = Task::sine(hidden, samples, 0.3)?;
        let crates = losses(&mut *(named("the crate").start)(&task), 4000)?;
        for kind in ALL.iter().filter(|kind| kind.same_bits) {
            let found = losses(&mut *(kind.start)(&task), 4000)?;
            let parting = found
                .iter()
                .zip(&crates)
                .position(|(a, b)| a.to_bits() != b.to_bits());
            let shape = [1, hidden, 1];
            assert_eq!(parting, None, "{}, {shape:?}, {samples}", kind.name);
        }
    }
    Ok(())
}

#[test]
fn all_rungs_train_alike() -> Result<()> {
    // At the edge of stability for the first steps, and calmly all the way.
    for (learning_rate, steps) in [(0.3, 20), (0.03, 4000)] {
        for (hidden, samples) in SHAPES {
            let task = Task::sine(hidden, samples, learning_rate)?;
            let crates =
                losses(&mut *(named("the crate").start)(&task), steps)?;
            for kind in &ALL {
                let found = losses(&mut *(kind.start)(&task), steps)?;
                let distance = distance(&found, &crates);
                let most = if kind.bytes == 8 { 1e-9 } else { 1e-2 };
                assert!(distance < most, "{}: {distance:.1e}", kind.name);
            }
            let found = losses(&mut Split::new(&task, 2), steps)?;
            assert!(distance(&found, &crates) < 1e-9, "on two threads");
        }
    }
    Ok(())
}

#[test]
fn another_learning_rate_is_seen() -> Result<()> {
    let losses = |rate| {
        losses(&mut *(named("literal").start)(&Task::sine(25, 100, rate)?), 20)
    };
    assert!(distance(&losses(0.03)?, &losses(0.03 * (1.0 + 1e-6))?) > 1e-9);
    Ok(())
}

/// Allocations in a step, once everything is warm.
fn allocations(kind: &Kind) -> Result<u64> {
    let mut rung = (kind.start)(&Task::sine(25, 100, 0.03)?);
    rung.step()?;
    let mut steps = Ok(());
    let asked = measure(|| steps = (0..10).try_for_each(|_| rung.step()));
    steps?;
    Ok(asked.count_total / 10)
}

#[test]
fn how_often_a_step_asks_for_memory() -> Result<()> {
    for kind in &ALL {
        let (least, most) = match kind.name {
            "literal" => (50, 90),
            // ndarray's matrix product packs its matrices into a buffer of its own.
            "reused" | "slope" => (1, 5),
            _ => (0, 0),
        };
        let found = allocations(kind)?;
        assert!((least..=most).contains(&found), "{}: {found}", kind.name);
    }
    Ok(())
}

#[test]
fn every_form_of_the_sigmoid_is_one() {
    let z: Vec<f64> = (0..9984).map(|i| i as f64 * 0.14 - 699.0).collect();
    let forms = || sigmoids::ALL.into_iter();
    for instructions in Instructions::available() {
        for (form, group) in forms().flat_map(|f| [8, 16, 32].map(|g| (f, g))) {
            let mut a = vec![f64::NAN; z.len()];
            sigmoids(instructions, form, group, &z, &mut a);
            for (a, z) in a.iter().zip(&z) {
                let sigmoid = 1.0 / (1.0 + exp(-z));
                let off = (a - sigmoid).abs() / sigmoid;
                assert!(
                    off < 1e-15,
                    "{} by {group}, {z}: {off:.1e}",
                    form.name
                );
            }
        }
    }
}

#[test]
fn an_exponential_in_32_bits_is_one() {
    for i in -8600..=8600 {
        let x = i as f32 * 0.01;
        let off = (f64::from(half::exp(x)) / exp(f64::from(x)) - 1.0).abs();
        assert!(off < 3e-7, "{x}: {off:.1e}");
    }
}

#[test]
fn days_have_dates() {
    for (days, expected) in [
        (0, (1970, 1, 1)),
        (59, (1970, 3, 1)),
        (11_016, (2000, 2, 29)),
        (11_017, (2000, 3, 1)),
        (20_453, (2025, 12, 31)),
        (20_454, (2026, 1, 1)),
    ] {
        assert_eq!(date::date(days), expected);
    }
}
