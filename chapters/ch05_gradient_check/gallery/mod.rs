//! The gallery: a small network with a place for each classic mistake, and the
//! checks that are held against it.

pub mod bug;
pub mod checks;
mod mistakes;
pub mod naive;
