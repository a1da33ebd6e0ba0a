//! What the chapters' programs do with their flags.

mod chapter;
mod commands;
mod examples;
mod mnist;
mod modes;
mod own;
mod processes;
mod random;
mod shared;
mod speed;
