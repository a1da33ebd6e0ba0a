//! One training step, written seven times: each rung is the one before it with
//! one idea more. The last is the core crate itself.

pub mod flat;
pub mod fused;
pub mod half;
pub mod literal;
pub mod ordinary;
pub mod reused;
pub mod slope;
pub mod split;

use chainrule::{Parameters, Result, seeded, sine};
use ndarray::Array2;

/// What every rung is given: data, first parameters, and the step size.
#[derive(Clone)]
pub struct Task {
    /// (1 × m).
    pub x: Array2<f64>,
    /// (1 × m).
    pub y: Array2<f64>,
    /// The first weights and biases.
    pub start: Parameters,
    /// η.
    pub learning_rate: f64,
}

impl Task {
    /// The notebook's task: one period of a sine, and weights in [0, 1).
    ///
    /// # Errors
    /// [`chainrule::Error`] for no hidden units or no samples.
    pub fn sine(
        hidden: usize,
        samples: usize,
        learning_rate: f64,
    ) -> Result<Task> {
        let (x, y) = sine(samples)?;
        let start = Parameters::uniform(&[1, hidden, 1], &mut seeded(0))?;
        Ok(Task { x, y, start, learning_rate })
    }

    /// How many samples there are.
    pub fn samples(&self) -> usize {
        self.x.ncols()
    }

    /// How many hidden units there are.
    pub fn hidden(&self) -> usize {
        self.start.layers()[0].outputs()
    }
}

/// A way to train a network [1, h, 1].
pub trait Rung {
    /// One step of gradient descent.
    ///
    /// # Errors
    /// Only the core crate looks whether the numbers are still finite.
    fn step(&mut self) -> Result<()>;

    /// The loss that the last step started from. It is computed only when it
    /// is asked for; the notebook asks at every hundredth step.
    fn loss(&self) -> f64;
}

/// A rung's name, what it does to the same task, and what each step costs.
#[derive(Clone, Copy)]
pub struct Kind {
    /// As the tables have it.
    pub name: &'static str,
    /// Makes the rung for a task.
    pub start: fn(&Task) -> Box<dyn Rung>,
    /// How many bytes a number takes.
    pub bytes: usize,
    /// How many exponentials a step takes for each hidden unit and sample.
    pub exponentials: usize,
    /// How many (hidden × samples) matrices a step reads or writes, for the
    /// rungs whose passes can be counted.
    pub passes: Option<usize>,
    /// Whether every loss has the bits of the core crate's.
    pub same_bits: bool,
}

/// The rung of this name.
///
/// # Panics
/// If there is none.
pub fn named(name: &str) -> Kind {
    let found = ALL.into_iter().find(|kind| kind.name == name);
    found.unwrap_or_else(|| panic!("no rung is called '{name}'"))
}

/// From the slowest to the fastest, and then the core crate.
pub const ALL: [Kind; 7] = [
    Kind {
        name: "literal",
        start: |task| Box::new(literal::Literal::new(task)),
        bytes: 8,
        exponentials: 3,
        passes: None,
        same_bits: false,
    },
    Kind {
        name: "reused",
        start: |task| Box::new(reused::Reused::new(task)),
        bytes: 8,
        exponentials: 2,
        passes: None,
        same_bits: false,
    },
    Kind {
        name: "slope",
        start: |task| Box::new(slope::new(task)),
        bytes: 8,
        exponentials: 1,
        passes: None,
        same_bits: false,
    },
    Kind {
        name: "flat",
        start: |task| Box::new(flat::Flat::new(task)),
        bytes: 8,
        exponentials: 1,
        passes: Some(flat::PASSES),
        same_bits: true,
    },
    Kind {
        name: "fused",
        start: |task| Box::new(fused::Fused::new(task)),
        bytes: 8,
        exponentials: 1,
        passes: Some(fused::PASSES),
        same_bits: true,
    },
    Kind {
        name: "half",
        start: |task| Box::new(half::Half::new(task)),
        bytes: 4,
        exponentials: 1,
        passes: Some(fused::PASSES),
        same_bits: false,
    },
    Kind {
        name: "the crate",
        start: |task| Box::new(ordinary::Ordinary::new(task)),
        bytes: 8,
        exponentials: 1,
        passes: None,
        same_bits: true,
    },
];
