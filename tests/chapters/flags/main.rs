//! What the chapters' programs do with their flags.

mod chapter;
mod commands;
mod examples;
mod mnist;
mod own;
mod processes;
mod shared;
mod speed;
