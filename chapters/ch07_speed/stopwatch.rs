//! Who is how much faster, on a machine that other programs use too.
//!
//! Everybody works in short blocks, in turn: A B C, A B C, … What is compared
//! are the blocks of one round. If the machine slows down, it slows everybody
//! down, and the ratios stay; the median forgets the rounds in which another
//! program came between.

use std::time::Instant;

use chapters::cli::Failure;
use cpu_time::ThreadTime;

/// Works so many steps; returns how many seconds that took.
pub type Work<'a> = Box<dyn FnMut(usize) -> Result<f64, Failure> + 'a>;

/// The clock around something that works one step in this thread: the time it
/// computes, and not the time it waits for other programs.
pub fn timed<'a>(
    mut step: impl FnMut() -> chainrule::Result<()> + 'a,
) -> Work<'a> {
    Box::new(move |steps| {
        let start = ThreadTime::now();
        for _ in 0..steps {
            step()?;
        }
        Ok(start.elapsed().as_secs_f64())
    })
}

/// The same for what works in several threads: the time that passes.
pub fn timed_by_the_wall<'a>(
    mut step: impl FnMut() -> chainrule::Result<()> + 'a,
) -> Work<'a> {
    Box::new(move |steps| {
        let start = Instant::now();
        for _ in 0..steps {
            step()?;
        }
        Ok(start.elapsed().as_secs_f64())
    })
}

/// Seconds a step, in each round, for each of those who worked.
///
/// # Errors
/// The first failure of anybody's work.
// ANCHOR: rounds
pub fn rounds(
    works: &mut [Work<'_>],
    rounds: usize,
    block: f64,
) -> Result<Vec<Vec<f64>>, Failure> {
    let mut steps = Vec::new();
    for work in &mut *works {
        steps.push(steps_in(work, block)?);
    }
    let mut seconds = vec![Vec::new(); works.len()];
    for _ in 0..rounds {
        for (who, work) in works.iter_mut().enumerate() {
            seconds[who].push(work(steps[who])? / steps[who] as f64);
        }
    }
    Ok(seconds)
}
// ANCHOR_END: rounds

/// How many steps take about `block` seconds, once everything is warm.
fn steps_in(work: &mut Work<'_>, block: f64) -> Result<usize, Failure> {
    let mut steps = 1;
    loop {
        let seconds = work(steps)?;
        if seconds > block / 4.0 || steps > 1 << 24 {
            let wanted = block * steps as f64 / seconds.max(1e-9);
            return Ok((wanted as usize).max(1));
        }
        steps *= 2;
    }
}

/// The median, and the middle half around it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    pub low: f64,
    pub median: f64,
    pub high: f64,
}

impl Spread {
    /// Of at least one value.
    pub fn of(values: impl IntoIterator<Item = f64>) -> Spread {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        let at = |share: usize| values[(values.len() - 1) * share / 4];
        Spread { low: at(1), median: at(2), high: at(3) }
    }

    /// How often `one` takes what `other` takes, round by round.
    pub fn of_ratios(one: &[f64], other: &[f64]) -> Spread {
        Spread::of(one.iter().zip(other).map(|(one, other)| one / other))
    }
}
