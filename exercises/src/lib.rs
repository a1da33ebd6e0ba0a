//! The judges of the exercises: each takes what a reader wrote, and says what
//! is wrong with it, or that it is right.
//!
//! A rung is a program of one file, `exercises/STEM.rs`, whose judge is the
//! module of the same name here. The plain network of the chapters is what all
//! of them are held against: a rung leaves one function of it out. The mistakes
//! that a judge knows by name are those of chapter 5's gallery, and they are
//! run, not described: an answer that equals a mistake's is that mistake's.
//!
//! Everything is computed in the core crate's own arithmetic, so that a verdict
//! is the same on every processor.

#![warn(unused_imports, unused_variables)]

mod compare;
mod gradient_check;
mod settings;
mod verdict;

/// What a rung may use: the types and functions of the plain network, and what
/// the core crate gives. A function of the same name in the rung takes the
/// place of the one from here.
pub mod given {
    pub use chainrule::kernels::{dot, exp, sum};
    pub use chainrule::{ChaCha8Rng, libm, seeded};
    pub use chapters::plain::{
        Activation, Layer, Matrix, Pass, SIGMOID, affine, backward, cost,
        draw_masks, forward, gradient, masked, mse, transposed_product, update,
    };
    pub use rand::RngExt;
}

pub mod ch01_mask;
pub mod ch01_scale;

pub mod ch02_backward;
pub mod ch02_forward;
pub mod ch02_gradient;
pub mod ch02_loss;
pub mod ch02_momentum;
pub mod ch02_output_error;
pub mod ch02_sigmoid;
pub mod ch02_step;
pub mod ch02_sum_rule;
pub mod ch02_weighted_sum;

pub mod ch03_any_depth;
pub mod ch03_softplus;

pub mod ch04_dropout_backward;
pub mod ch04_dropout_forward;
pub mod ch04_masks;
pub mod ch04_softmax;

pub mod ch05_central_differences;
pub mod ch05_frozen_mask;
pub mod ch05_mend_answer;
pub mod ch05_mend_order;
pub mod ch05_mend_start;

pub mod ch06_welford;

pub mod ch07_own_program;

pub mod ch08_adam;

pub use verdict::{Verdict, answer, verdict};
