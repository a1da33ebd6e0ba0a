//! `cargo bench`: the core crate's loops, training steps, and evaluation.

use benchmarks::Training;
use chainrule::kernels::{Instructions, exp};
use chainrule::{Activation, Buffers, evaluate, forward};
use divan::counter::ItemsCount;
use divan::{Bencher, black_box};

fn main() {
    divan::main();
}

/// The exponential of 2500 numbers, with each set of instructions there is.
#[divan::bench(args = Instructions::available())]
fn exponential(bencher: Bencher<'_, '_>, instructions: Instructions) {
    let x: Vec<f64> = (0..2500).map(|i| f64::from(i) * 1e-3 - 1.0).collect();
    let mut y = vec![0.0; x.len()];
    bencher.counter(ItemsCount::new(x.len())).bench_local(|| {
        exp_of_each(instructions, black_box(&x), &mut y);
        black_box(&y)[0]
    });
}

chainrule::dispatched! {
    fn exp_of_each(x: &[f64], y: &mut [f64]) = exp_loop
}

#[inline(always)]
fn exp_loop(x: &[f64], y: &mut [f64]) {
    for (y, &x) in y.iter_mut().zip(x) {
        *y = exp(x);
    }
}

/// A forward pass of one layer: z = w·a + b, for widths of a chapter and more.
#[divan::bench(args = [25, 100, 400, 800])]
fn affine(bencher: Bencher<'_, '_>, width: usize) {
    let net = Training::new(&[width, width], 128, 0.0).expect("a network");
    let mut buffers = Buffers::new();
    let products = width * width * 128;
    bencher.counter(ItemsCount::new(products)).bench_local(|| {
        let x = net.x.view();
        let pass =
            forward(&net.parameters, Activation::Sigmoid, x, &mut buffers);
        pass.expect("a pass").output()[[0, 0]]
    });
}

/// A training step of one layer without a hidden one: its largest
/// product beside the forward one is dw = dz·aᵀ, of rows of 128.
#[divan::bench(args = [25, 100, 400, 800])]
fn dot(bencher: Bencher<'_, '_>, width: usize) {
    step(bencher, Training::new(&[width, 16], 128, 0.0));
}

/// The notebook's function form: [1, 25, 1].
#[divan::bench]
fn step_notebook(bencher: Bencher<'_, '_>) {
    step(bencher, Training::new(&[1, 25, 1], 100, 0.0));
}

/// The notebook's class: [1, 6, 1].
#[divan::bench]
fn step_class(bencher: Bencher<'_, '_>) {
    step(bencher, Training::new(&[1, 6, 1], 100, 0.0));
}

/// [784, 800, 800, 10] with dropout.
#[divan::bench(max_time = 5)]
fn step_large(bencher: Bencher<'_, '_>) {
    step(bencher, Training::new(&[784, 800, 800, 10], 128, 0.5));
}

fn step(bencher: Bencher<'_, '_>, net: chainrule::Result<Training>) {
    let mut net = net.expect("a network");
    bencher.bench_local(|| net.step().expect("a step"));
}

/// A million samples through [1, 25, 1].
#[divan::bench(max_time = 5)]
fn evaluate_a_million(bencher: Bencher<'_, '_>) {
    let samples = 1_000_000;
    let net = Training::new(&[1, 25, 1], samples, 0.0).expect("a network");
    bencher.counter(ItemsCount::new(samples)).bench_local(|| {
        evaluate(&net.parameters, Activation::Sigmoid, net.x.view())
            .expect("an answer")
    });
}
