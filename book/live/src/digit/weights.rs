//! The file of weights that the chapter's program writes.
//!
//! A count of sizes and the sizes, as 32-bit whole numbers; then layer by layer
//! the weights, row by row, and the bias, in parts of one, as 16-bit whole
//! numbers. All of them begin with their lowest byte.

use chainrule::ndarray::Array2;
use chainrule::{Layer, Parameters};

/// So many parts make one.
const PARTS: f64 = 8192.0;

/// The network in the file; `None` for bytes that are too few, too many, or no
/// numbers.
pub fn read(bytes: &[u8]) -> Option<Parameters> {
    let mut rest = bytes;
    let count = u32::from_le_bytes(take(&mut rest)?) as usize;
    // Each size has four bytes, so that no count asks for more than there is.
    if count > rest.len() / 4 {
        return None;
    }
    let sizes = (0..count)
        .map(|_| Some(u32::from_le_bytes(take(&mut rest)?) as usize))
        .collect::<Option<Vec<_>>>()?;
    let layers = sizes
        .windows(2)
        .map(|pair| {
            let weights = matrix(&mut rest, pair[1], pair[0])?;
            Some(Layer { weights, bias: matrix(&mut rest, pair[1], 1)? })
        })
        .collect::<Option<Vec<_>>>()?;
    let whole = rest.is_empty();
    Parameters::from_layers(layers).ok().filter(|_| whole)
}

fn matrix(
    rest: &mut &[u8],
    rows: usize,
    columns: usize,
) -> Option<Array2<f64>> {
    let count = rows.checked_mul(columns)?;
    if count > rest.len() / 2 {
        return None;
    }
    let numbers = (0..count)
        .map(|_| Some(f64::from(i16::from_le_bytes(take(rest)?)) / PARTS))
        .collect::<Option<Vec<_>>>()?;
    Array2::from_shape_vec((rows, columns), numbers).ok()
}

fn take<const N: usize>(rest: &mut &[u8]) -> Option<[u8; N]> {
    let (first, others) = rest.split_first_chunk::<N>()?;
    *rest = others;
    Some(*first)
}
