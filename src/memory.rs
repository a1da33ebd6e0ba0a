//! Arrays as large as a caller asks for, or an error where that is too large.

use ndarray::{Array, Dimension, IntoDimension};

use crate::error::{Error, Result};

/// An array of copies of `value`.
///
/// # Errors
/// [`Error::Memory`] where so many do not fit; `what` names the array.
pub(crate) fn filled<T: Copy, D: Dimension>(
    what: &str,
    value: T,
    shape: impl IntoDimension<Dim = D>,
) -> Result<Array<T, D>> {
    let shape = shape.into_dimension();
    let too_large = || too_large(what, shape.slice());
    let length = shape.size_checked().ok_or_else(too_large)?;
    let entries = copies(value, length).ok_or_else(too_large)?;
    Array::from_shape_vec(shape.clone(), entries).map_err(|_| too_large())
}

/// So many copies of `value`; `None` where they do not fit.
pub(crate) fn copies<T: Copy>(value: T, length: usize) -> Option<Vec<T>> {
    let mut entries = Vec::new();
    entries.try_reserve_exact(length).ok()?;
    entries.resize(length, value);
    Some(entries)
}

/// The error of an array that does not fit.
pub(crate) fn too_large(what: &str, sizes: &[usize]) -> Error {
    Error::Memory { what: what.to_owned(), sizes: sizes.to_vec() }
}
