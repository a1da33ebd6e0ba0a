//! The task is the core's; here is how its gap is read from the command line.

pub use chainrule::tasks::gap::{
    EDGE, FAR, Gap, NOISE, Task, grid, measured, truth,
};

/// Reads `--gap 0,1`.
pub fn gap(text: &str) -> Result<Gap, String> {
    let ends: Vec<f64> =
        text.split(',').map_while(|end| end.trim().parse().ok()).collect();
    match ends[..] {
        [low, high]
            if -EDGE < low
                && low < high
                && high < EDGE
                && text.matches(',').count() == 1 =>
        {
            Ok(Gap { low, high })
        }
        _ => Err(format!(
            "'{text}' is not LOW,HIGH with −{EDGE} < LOW < HIGH < {EDGE}"
        )),
    }
}
