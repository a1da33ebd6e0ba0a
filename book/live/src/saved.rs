//! The file of a run that has been trained, so that a page need not.
//!
//! How many steps it has taken and how many words its generator has drawn, as
//! 64-bit whole numbers; then layer by layer the weights, row by row, and the
//! bias, as 64-bit floats, and what else a figure keeps of the run. All of them
//! begin with their lowest byte.

use chainrule::Parameters;

/// A run in its middle.
pub struct Saved {
    pub steps: u32,
    pub drawn: u64,
    pub values: Vec<f64>,
}

/// The run in the file; `None` for bytes that are too few, left over, or no
/// numbers.
pub fn read(bytes: &[u8]) -> Option<Saved> {
    let (words, rest) = bytes.as_chunks::<8>();
    let (&[steps, drawn], values) = words.split_first_chunk::<2>()?;
    let values: Vec<f64> =
        values.iter().map(|&word| f64::from_le_bytes(word)).collect();
    let whole = rest.is_empty() && values.iter().all(|value| value.is_finite());
    whole.then_some(Saved {
        steps: u32::try_from(u64::from_le_bytes(steps)).ok()?,
        drawn: u64::from_le_bytes(drawn),
        values,
    })
}

impl Saved {
    /// Puts the weights and biases in the place of those of a network; returns
    /// what stands behind them, or `None` for a network that has more.
    pub fn fill(&self, parameters: &mut Parameters) -> Option<&[f64]> {
        let (saved, rest) = self.values.split_at_checked(parameters.count())?;
        for (value, &saved) in parameters.values_mut().zip(saved) {
            *value = saved;
        }
        Some(rest)
    }
}
