//! What the programs of chapter 9 share: what is learned, which part of it a
//! rank learns from, how parts are added up, and the file that weights leave in.

pub mod checkpoint;
pub mod digest;
pub mod masks;
pub mod run;
pub mod setting;
pub mod task;
pub mod tree;
