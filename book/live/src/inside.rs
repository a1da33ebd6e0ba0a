//! The worked example, number by number: chapter 2.

use std::cell::RefCell;

use chainrule::Parameters;
use chainrule::ndarray::Array2;
use chainrule::tasks::paper::{
    Example, Numbers, example, numbers, two_outputs,
};

use crate::code;
use crate::numbers::{answer, number};

/// So many steps are remembered for the way back; a page takes no more.
const MOST_STEPS: usize = 1000;

/// The network, the numbers of one pass through it, and the way it came.
struct Inside {
    example: Example,
    numbers: Numbers,
    before: Vec<Parameters>,
}

impl Inside {
    fn new(outputs: u32) -> Option<Inside> {
        let example = match outputs {
            1 => example(),
            2 => two_outputs(),
            _ => return None,
        };
        let example = example.ok()?;
        let numbers = numbers(&example).ok()?;
        Some(Inside { example, numbers, before: Vec::new() })
    }

    /// Goes on with other parameters, unless their pass is without meaning.
    fn go_to(&mut self, parameters: Parameters) -> Option<Parameters> {
        let next = Example { parameters, ..self.example.clone() };
        self.numbers = numbers(&next).ok()?;
        Some(std::mem::replace(&mut self.example, next).parameters)
    }

    fn update(&mut self, learning_rate: f64) -> Option<()> {
        if self.before.len() == MOST_STEPS {
            return None;
        }
        let mut moved = self.example.parameters.clone();
        let gradients = &self.numbers.gradients;
        chainrule::update(&mut moved, gradients, learning_rate).ok()?;
        let before = self.go_to(moved)?;
        self.before.push(before);
        Some(())
    }

    fn back(&mut self) -> Option<()> {
        let before = self.before.pop()?;
        self.go_to(before).map(|_| ())
    }
}

thread_local! {
    static INSIDE: RefCell<Option<Inside>> = const { RefCell::new(None) };
}

/// Begins with the chapter's network of one output or two, which takes the
/// place of any other; [`REFUSED`](crate::REFUSED) for another number.
#[unsafe(no_mangle)]
pub extern "C" fn inside_start(outputs: u32) -> i32 {
    code(Inside::new(outputs).map(|inside| INSIDE.set(Some(inside))))
}

/// One step of gradient descent; the numbers are then those of the next pass.
///
/// [`REFUSED`](crate::REFUSED) before the start, for a learning rate that is not a finite
/// number above 0, for a step that leads out of the finite numbers, and after
/// a thousand steps.
#[unsafe(no_mangle)]
pub extern "C" fn inside_update(learning_rate: f64) -> i32 {
    change(|inside| inside.update(learning_rate))
}

/// Takes the last step back; [`REFUSED`](crate::REFUSED) where there is none.
#[unsafe(no_mangle)]
pub extern "C" fn inside_back() -> i32 {
    change(Inside::back)
}

/// How many steps have been taken.
#[unsafe(no_mangle)]
pub extern "C" fn inside_steps() -> u32 {
    INSIDE.with_borrow(|inside| {
        inside.as_ref().map_or(0, |inside| inside.before.len() as u32)
    })
}

/// J; NaN before the start.
#[unsafe(no_mangle)]
pub extern "C" fn inside_cost() -> f64 {
    INSIDE.with_borrow(|inside| {
        number(inside.as_ref().map(|inside| inside.numbers.cost))
    })
}

/// x, (2 × 1).
#[unsafe(no_mangle)]
pub extern "C" fn inside_x() -> u32 {
    matrix(|inside| Some(&inside.example.x))
}

/// y, (outputs × 1).
#[unsafe(no_mangle)]
pub extern "C" fn inside_y() -> u32 {
    matrix(|inside| Some(&inside.example.y))
}

/// w of layer 1 or 2, row by row; none for another layer.
#[unsafe(no_mangle)]
pub extern "C" fn inside_weights(l: u32) -> u32 {
    matrix(|inside| {
        let layers = inside.example.parameters.layers();
        layers.get(below(l)?).map(|layer| &layer.weights)
    })
}

/// b of layer 1 or 2.
#[unsafe(no_mangle)]
pub extern "C" fn inside_bias(l: u32) -> u32 {
    matrix(|inside| {
        let layers = inside.example.parameters.layers();
        layers.get(below(l)?).map(|layer| &layer.bias)
    })
}

/// z of layer 1 or 2.
#[unsafe(no_mangle)]
pub extern "C" fn inside_z(l: u32) -> u32 {
    matrix(|inside| match l {
        1 => Some(&inside.numbers.z1),
        2 => Some(&inside.numbers.z2),
        _ => None,
    })
}

/// a of the hidden layer, 1.
#[unsafe(no_mangle)]
pub extern "C" fn inside_a(l: u32) -> u32 {
    matrix(|inside| (l == 1).then_some(&inside.numbers.a1))
}

/// dz of layer 1 or 2.
#[unsafe(no_mangle)]
pub extern "C" fn inside_dz(l: u32) -> u32 {
    matrix(|inside| match l {
        1 => Some(&inside.numbers.dz1),
        2 => Some(&inside.numbers.dz2),
        _ => None,
    })
}

/// da of the hidden layer, 1.
#[unsafe(no_mangle)]
pub extern "C" fn inside_da(l: u32) -> u32 {
    matrix(|inside| (l == 1).then_some(&inside.numbers.da1))
}

/// dw of layer 1 or 2, row by row.
#[unsafe(no_mangle)]
pub extern "C" fn inside_dw(l: u32) -> u32 {
    matrix(|inside| {
        let layers = inside.numbers.gradients.layers();
        layers.get(below(l)?).map(|layer| &layer.dw)
    })
}

/// db of layer 1 or 2.
#[unsafe(no_mangle)]
pub extern "C" fn inside_db(l: u32) -> u32 {
    matrix(|inside| {
        let layers = inside.numbers.gradients.layers();
        layers.get(below(l)?).map(|layer| &layer.db)
    })
}

/// Layer `l` of the book is entry `l` − 1 of a list without the input.
fn below(l: u32) -> Option<usize> {
    Some(l.checked_sub(1)? as usize)
}

fn change(by: impl FnOnce(&mut Inside) -> Option<()>) -> i32 {
    INSIDE.with_borrow_mut(|inside| code(inside.as_mut().and_then(by)))
}

/// A matrix for the page, or none.
fn matrix(of: impl Fn(&Inside) -> Option<&Array2<f64>>) -> u32 {
    INSIDE.with_borrow(|inside| {
        let matrix = inside.as_ref().and_then(of);
        answer(matrix.into_iter().flatten().copied())
    })
}
