//! What the chapters' programs share, and what tests reach of them.
//!
//! Each chapter is a program, `chapters/chNN_name/main.rs`, with its modules
//! beside it. Here stand the command line that all of them have, and of each
//! chapter the parts that more than its program uses: its flags, for one.

pub mod cli;
pub mod plain;
pub mod record;
pub mod spread;
pub mod weights;

/// Chapter 1: dropout on a vector.
pub mod ch01_dropout {
    pub mod args;
    pub mod coins;
}

/// Chapter 2: back-propagation as functions.
pub mod ch02_backprop {
    pub mod args;
}

/// Chapter 3: the network as a type.
pub mod ch03_network {
    pub mod args;
    pub mod curvatures;
}

/// Chapter 4: dropout inside a network.
pub mod ch04_regularize {
    pub mod args;
}

/// Chapter 5: proving a backward pass.
pub mod ch05_gradient_check {
    pub mod args;
    pub mod gallery;
}

/// Chapter 6: dropout left on, on purpose.
pub mod ch06_uncertainty {
    pub mod args;
}

/// Chapter 7: fast, and able to say why.
pub mod ch07_speed {
    pub mod args;
    pub mod date;
    pub mod rungs;
    pub mod sigmoids;
}

/// Chapter 8: from a curve to handwriting.
pub mod ch08_digits {
    pub mod args;
    pub mod data;
    pub mod digits;
    pub mod idx;
    pub mod mnist;
    pub mod score;
    pub mod shuffle;
    pub mod training;
}
