//! A bar on stderr for runs long enough to wonder about.

use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

/// Counts steps, and shows a bar once a run has taken half a second.
///
/// The bar goes to stderr and only to a terminal, so that a pipe or a log
/// receives results alone.
#[derive(Debug)]
pub struct Progress {
    total: u64,
    done: u64,
    start: Instant,
    bar: Option<ProgressBar>,
}

/// How long a run may take before its bar appears.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many steps pass between two looks at the clock.
const STRIDE: u64 = 64;

impl Progress {
    /// For a run of `total` steps.
    pub fn new(total: usize) -> Progress {
        Progress {
            total: total as u64,
            done: 0,
            start: Instant::now(),
            bar: None,
        }
    }

    /// One step is done.
    pub fn step(&mut self) {
        self.done += 1;
        if !self.done.is_multiple_of(STRIDE) {
            return;
        }
        if self.bar.is_none() && self.start.elapsed() > PATIENCE {
            let style = ProgressStyle::with_template(
                "{bar:40} {pos}/{len} steps, {eta} left",
            );
            let bar = ProgressBar::new(self.total);
            self.bar = Some(match style {
                Ok(style) => bar.with_style(style),
                Err(_) => bar, // indicatif's own style will do
            });
        }
        if let Some(bar) = &self.bar {
            bar.set_position(self.done);
        }
    }
}

impl Progress {
    /// Prints while the bar is out of the way.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        match &self.bar {
            Some(bar) => bar.suspend(print),
            None => print(),
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
