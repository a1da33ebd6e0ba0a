//! After the first step, training allocates nothing at all; and evaluation
//! needs little more memory than its answers.
//!
//! Seen to fail with one clone of the gradients in `update`, and with masks
//! that are drawn into a new array.

use allocation_counter::measure;
use chainrule::{
    Activation, Adam, Buffers, Descent, Dropout, Momentum, Network, Parameters,
    Result, backward, evaluate, forward, mse, seeded, sine, update,
};

/// Holds a step to: something at first, and then nothing in a hundred more.
fn check(mut step: impl FnMut() -> Result<f64>) -> Result<()> {
    let mut run = |steps: usize| {
        let mut done = Ok(());
        let asked = measure(|| {
            done = (0..steps).try_for_each(|_| step().map(|_| ()));
        });
        done.map(|()| asked.count_total)
    };
    assert!(run(1)? > 0, "the count counts");
    assert_eq!(run(100)?, 0, "allocations in a hundred steps");
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
fn momentum() -> Result<()> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(0);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut momentum = Momentum::new(0.01, 0.9)?;
    check(|| network.train_step(x.view(), y.view(), &mut momentum, &mut rng))
}

#[test]
fn adam() -> Result<()> {
    let (x, y) = sine(100)?;
    let mut rng = seeded(0);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut adam = Adam::new(0.01)?.with_weight_decay(0.1)?;
    check(|| network.train_step(x.view(), y.view(), &mut adam, &mut rng))
}

#[test]
fn a_million_samples_are_evaluated_in_bounded_memory() -> Result<()> {
    let (x, _) = sine(1_000_000)?;
    let parameters = Parameters::uniform(&[1, 25, 1], &mut seeded(0))?;
    let mut answer = Ok(Default::default());
    let asked = measure(|| {
        answer = evaluate(&parameters, Activation::Sigmoid, x.view());
    });
    let asked = asked.bytes_total as usize;
    let answers = answer?.len() * size_of::<f64>();
    // The hidden layer alone, for all samples at once, would be 200 MB.
    assert!(asked < answers + 2_000_000, "{asked} bytes, {answers} answers");
    Ok(())
}
