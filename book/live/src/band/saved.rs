//! The file of a run that has been trained, so that a page need not.
//!
//! How many steps it has taken and how many words its generator has drawn, as
//! 64-bit whole numbers; then layer by layer the weights, row by row, and the
//! bias, as 64-bit floats. All of them begin with their lowest byte.

/// No file of a run is longer; more would only fill the memory of a page.
pub const LONGEST: u32 = 1 << 16;

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
