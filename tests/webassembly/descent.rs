//! Figure *descent*: the same losses at every step, the same fit.

use chainrule::{Activation, Descent, Network, Parameters, seeded, sine};

use crate::module::{DONE, Live, REFUSED, assert_same};

/// Trains in both, and compares each loss and what the page shows at the end.
fn train_in_both(
    (seed, hidden, activation): (u32, u32, Activation),
    learning_rate: f64,
    steps: u32,
) -> chainrule::Result<()> {
    let mut live = Live::new();
    let number =
        Activation::ALL.iter().position(|&a| a == activation).expect("in ALL");
    let start = (seed, hidden, number as u32);
    assert_eq!(live.code("descent_start", start), DONE);

    let (x, y) = sine(100)?;
    let mut rng = seeded(seed.into());
    let parameters = Parameters::uniform(&[1, hidden as usize, 1], &mut rng)?;
    let mut network = Network::new(parameters, activation);
    let mut losses = Vec::new();
    for step in 0..steps {
        let expected = network.train_step(
            x.view(),
            y.view(),
            &mut Descent::new(learning_rate)?,
            &mut rng,
        )?;
        let found = live.number("descent_step", learning_rate);
        assert_same(&format!("step {step}"), &[found], &[expected]);
        losses.push(expected);
    }
    losses.push(network.loss(x.view(), y.view())?);

    let rises = losses.windows(2).filter(|pair| pair[1] > pair[0]).count();
    assert_eq!(live.code("descent_rises", ()), rises as i32);
    assert_eq!(live.code("descent_steps", ()), steps as i32);
    assert_same("loss", &[live.number("descent_loss", ())], losses.last());
    assert_same("x", &live.numbers("descent_x", ()), &x);
    assert_same("y", &live.numbers("descent_y", ()), &y);
    let fit = network.evaluate(x.view())?;
    assert_same("fit", &live.numbers("descent_fit", ()), &fit);
    Ok(())
}

#[test]
fn training_has_the_same_bits() -> chainrule::Result<()> {
    train_in_both((0, 25, Activation::Sigmoid), 0.3, 4000)
}

/// At this rate one changed last digit would be a different curve after 200
/// steps; at 0.3 the run diverges.
#[test]
fn so_it_has_with_the_hyperbolic_tangent() -> chainrule::Result<()> {
    train_in_both((0, 25, Activation::Tanh), 0.07, 1000)
}

#[test]
fn so_it_has_with_the_rectifier() -> chainrule::Result<()> {
    train_in_both((7, 19, Activation::Relu), 0.01, 1000)
}

#[test]
fn before_the_first_step_the_loss_has_not_risen() -> chainrule::Result<()> {
    train_in_both((1, 1, Activation::Sigmoid), 0.3, 0)
}

/// A sample that has moved is trained on from the next step on, and the leap of
/// the loss is no rise.
#[test]
fn samples_can_be_moved_in_the_middle_of_a_run() -> chainrule::Result<()> {
    let mut live = Live::new();
    assert_eq!(live.code("descent_start", (2_u32, 25_u32, 0_u32)), DONE);
    let (mut x, mut y) = sine(100)?;
    let mut rng = seeded(2);
    let parameters = Parameters::uniform(&[1, 25, 1], &mut rng)?;
    let mut network = Network::new(parameters, Activation::Sigmoid);
    let mut rises = 0;
    for moved in [None, Some((7_u32, 0.5, -32.0)), Some((99, 1.0, 20.5))] {
        if let Some((i, to_x, to_y)) = moved {
            assert_eq!(live.code("descent_move", (i, to_x, to_y)), DONE);
            (x[[0, i as usize]], y[[0, i as usize]]) = (to_x, to_y);
        }
        let mut losses = vec![network.loss(x.view(), y.view())?];
        assert_same("loss", &[live.number("descent_loss", ())], &losses);
        assert_eq!(live.code("descent_rises", ()), rises);
        for _ in 0..200 {
            let mut descent = Descent::new(0.3)?;
            let (x, y) = (x.view(), y.view());
            let loss = network.train_step(x, y, &mut descent, &mut rng)?;
            let found = live.number("descent_step", 0.3);
            assert_same("loss before a step", &[found], &[loss]);
            losses.push(network.loss(x, y)?);
        }
        let pairs = losses.windows(2);
        rises += pairs.filter(|pair| pair[1] > pair[0]).count() as i32;
        assert_eq!(live.code("descent_rises", ()), rises);
        assert_same("x", &live.numbers("descent_x", ()), &x);
        assert_same("y", &live.numbers("descent_y", ()), &y);
    }
    Ok(())
}

#[test]
fn input_without_meaning_does_not_trap() {
    let mut live = Live::new();
    assert!(live.number("descent_step", 0.3).is_nan());
    assert!(live.number("descent_loss", ()).is_nan());
    assert_eq!(live.code("descent_move", (0_u32, 0.5, 0.5)), REFUSED);
    for name in ["descent_x", "descent_y", "descent_fit"] {
        assert_eq!(live.numbers(name, ()), [], "{name} before the start");
    }
    assert_eq!(live.code("descent_steps", ()), 0);
    assert_eq!(live.code("descent_rises", ()), 0);
    for (hidden, activation) in
        [(0_u32, 0_u32), (1025, 0), (u32::MAX, 0), (25, 3)]
    {
        let start = (0_u32, hidden, activation);
        assert_eq!(live.code("descent_start", start), REFUSED);
    }
    assert_eq!(live.code("descent_start", (0_u32, 1024_u32, 0_u32)), DONE);
    for (i, x, y) in [
        (100_u32, 0.5, 0.5),
        (u32::MAX, 0.5, 0.5),
        (0, 1.1, 0.5),
        (0, -0.1, 0.5),
        (0, f64::NAN, 0.5),
        (0, 0.5, 32.1),
        (0, 0.5, f64::NAN),
        (0, 0.5, f64::NEG_INFINITY),
    ] {
        assert_eq!(live.code("descent_move", (i, x, y)), REFUSED);
    }
    for learning_rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(live.number("descent_step", learning_rate).is_nan());
    }
    assert!(live.number("descent_step", 0.01).is_finite());
    assert_eq!(live.code("descent_steps", ()), 1, "the run is still there");
}

#[test]
fn a_diverged_run_says_so_and_can_be_started_again() {
    let mut live = Live::new();
    let start = (0_u32, 25_u32, 2_u32);
    assert_eq!(live.code("descent_start", start), DONE);
    assert!((0..1000).any(|_| live.number("descent_step", 10.0).is_nan()));
    assert!(live.number("descent_step", 10.0).is_nan());
    assert!(live.number("descent_loss", ()).is_nan());
    assert_eq!(live.code("descent_start", start), DONE);
    assert!(live.number("descent_step", 0.01).is_finite());
}
