//! What the chapters' programs do with their flags.

mod ch01_to_ch03;
mod ch04;
mod ch05;
mod ch06;
mod ch07;
mod run;
