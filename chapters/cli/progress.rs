//! A bar on stderr for runs long enough to wonder about.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts steps, and shows a bar once a run has taken half a second.
///
/// The bar goes to stderr and only to a terminal, so that a pipe or a log
/// receives results alone. Threads may share one.
#[derive(Debug)]
pub struct Progress {
    bar: ProgressBar,
}

/// How long a run may take before its bar appears.
const PATIENCE: Duration = Duration::from_millis(500);

/// How many steps pass between two looks at the clock.
const STRIDE: u64 = 64;

impl Progress {
    /// For a run of `total` steps.
    pub fn new(total: usize) -> Progress {
        let hidden = ProgressDrawTarget::hidden();
        let bar = ProgressBar::with_draw_target(Some(total as u64), hidden);
        let style = "{bar:40} {pos}/{len} steps, {eta} left";
        let style = ProgressStyle::with_template(style)
            .unwrap_or_else(|_| ProgressStyle::default_bar());
        Progress { bar: bar.with_style(style) }
    }

    /// One step is done.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.bar.position().is_multiple_of(STRIDE)
            && self.bar.is_hidden()
            && self.bar.elapsed() > PATIENCE
        {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    /// Prints while the bar is out of the way.
    pub fn suspend<T>(&self, print: impl FnOnce() -> T) -> T {
        self.bar.suspend(print)
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
