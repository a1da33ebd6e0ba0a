//! The gallery: the plain network with one function exchanged for each classic
//! mistake, and the checks that are held against it.

pub mod bug;
pub mod checks;
pub mod code;
mod mistakes;
pub mod network;
