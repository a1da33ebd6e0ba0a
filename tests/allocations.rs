//! After the first step, training allocates nothing at all; and evaluation
//! needs little more memory than its answers.
//!
//! Seen to fail with one clone of the gradients in `update`, and with masks
//! that are drawn into a new array.

#![allow(unsafe_code)] // An allocator that counts is unsafe to write.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use chainrule::{
    Activation, Buffers, Descent, Dropout, Network, Parameters, Result,
    backward, evaluate, forward, mse, seeded, sine, update,
};

thread_local! {
    /// How often this thread has asked for memory.
    static ASKED: Cell<usize> = const { Cell::new(0) };
    /// How many bytes it has asked for.
    static BYTES: Cell<usize> = const { Cell::new(0) };
}

/// Notes one request.
fn count_one(bytes: usize) {
    ASKED.set(ASKED.get() + 1);
    BYTES.set(BYTES.get() + bytes);
}

/// The system's allocator, with a count for each thread.
struct Counting;

// SAFETY: every call is handed to the system's allocator unchanged. The count
// is a constant-initialised cell without a destructor, so it allocates nothing.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count_one(layout.size());
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count_one(layout.size());
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(
        &self,
        memory: *mut u8,
        layout: Layout,
        size: usize,
    ) -> *mut u8 {
        count_one(size);
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// How often `step` asks for memory in its first call, and in the next hundred.
fn count(mut step: impl FnMut() -> Result<f64>) -> Result<(usize, usize)> {
    let before = ASKED.get();
    step()?;
    let first = ASKED.get();
    for _ in 0..100 {
        step()?;
    }
    Ok((first - before, ASKED.get() - first))
}

/// Holds a step to: something at first, and then nothing.
fn check(step: impl FnMut() -> Result<f64>) -> Result<()> {
    let (first, later) = count(step)?;
    assert!(first > 0, "the count counts");
    assert_eq!(later, 0, "allocations in a hundred steps");
    Ok(())
}

#[test]
fn the_functions() -> Result<()> {
    let (x, y) = sine(100)?;
    let mut parameters = Parameters::uniform(&[1, 25, 1], &mut seeded(0))?;
    let mut buffers = Buffers::new();
    check(|| {
        let pass =
            forward(&parameters, Activation::Sigmoid, x.view(), &mut buffers)?;
        let loss = mse(pass.output(), y.view())?;
        let gradients = backward(pass, y.view())?;
        update(&mut parameters, gradients, 0.3)?;
        Ok(loss)
    })
}

#[test]
fn the_network_with_and_without_dropout() -> Result<()> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(0);
    for activation in Activation::ALL {
        for drop_prob in [0.0, 0.5] {
            let parameters = Parameters::xavier(&[1, 25, 9, 1], &mut rng)?;
            let mut network = Network::new(parameters, activation)
                .with_dropout(Dropout::new(drop_prob)?);
            let mut descent = Descent::new(0.01)?;
            check(|| {
                network.train_step(x.view(), y.view(), &mut descent, &mut rng)
            })?;
        }
    }
    Ok(())
}

#[test]
fn a_million_samples_are_evaluated_in_bounded_memory() -> Result<()> {
    let (x, _) = sine(1_000_000)?;
    let parameters = Parameters::uniform(&[1, 25, 1], &mut seeded(0))?;
    let before = BYTES.get();
    let answer = evaluate(&parameters, Activation::Sigmoid, x.view())?;
    let asked = BYTES.get() - before;
    let answers = answer.len() * size_of::<f64>();
    // The hidden layer alone, for all samples at once, would be 200 MB.
    assert!(asked < answers + 2_000_000, "{asked} bytes, {answers} answers");
    Ok(())
}
