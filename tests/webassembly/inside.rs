//! *Inside back-propagation*: every number of every pass of the worked example.

use chainrule::tasks::paper::{
    Example, Numbers, example, numbers, two_outputs,
};
use chainrule::{Result, update};

use crate::module::{DONE, Live, REFUSED, assert_same};

/// Every export of a number, beside the native number of that name.
fn compare(live: &mut Live, example: &Example, n: &Numbers) {
    assert_same("J", &[live.number("inside_cost", ())], &[n.cost]);
    assert_same("x", &live.numbers("inside_x", ()), &example.x);
    assert_same("y", &live.numbers("inside_y", ()), &example.y);
    let layers = example.parameters.layers().iter();
    for ((l, layer), gradient) in
        (1_u32..).zip(layers).zip(n.gradients.layers())
    {
        for (name, expected) in [
            ("inside_weights", &layer.weights),
            ("inside_bias", &layer.bias),
            ("inside_dw", &gradient.dw),
            ("inside_db", &gradient.db),
            ("inside_z", [&n.z1, &n.z2][l as usize - 1]),
            ("inside_dz", [&n.dz1, &n.dz2][l as usize - 1]),
        ] {
            assert_same(name, &live.numbers(name, l), expected);
        }
    }
    assert_same("a1", &live.numbers("inside_a", 1), &n.a1);
    assert_same("da1", &live.numbers("inside_da", 1), &n.da1);
}

#[test]
fn every_number_of_every_pass_is_the_same() -> Result<()> {
    for (outputs, mut native) in [(1, example()?), (2, two_outputs()?)] {
        let mut live = Live::new();
        assert_eq!(live.code("inside_start", outputs), DONE);
        let mut way = Vec::new();
        for learning_rate in [0.3, 0.3, 1.0, 0.01, 2.5, 0.3, 0.3] {
            let n = numbers(&native)?;
            compare(&mut live, &native, &n);
            way.push((native.clone(), n.clone()));
            update(&mut native.parameters, &n.gradients, learning_rate)?;
            assert_eq!(live.code("inside_update", learning_rate), DONE);
            assert_eq!(live.code("inside_steps", ()) as usize, way.len());
        }
        while let Some((before, n)) = way.pop() {
            assert_eq!(live.code("inside_back", ()), DONE);
            assert_eq!(live.code("inside_steps", ()) as usize, way.len());
            compare(&mut live, &before, &n);
        }
    }
    Ok(())
}

#[test]
fn a_hidden_unit_is_told_the_sum_over_both_outputs() {
    let mut live = Live::new();
    assert_eq!(live.code("inside_start", 2), DONE);
    let dz = live.numbers("inside_dz", 2);
    let w = live.numbers("inside_weights", 2);
    let da = live.numbers("inside_da", 1);
    for j in 0..2 {
        assert_eq!(da[j], w[j] * dz[0] + w[2 + j] * dz[1]);
    }
}

/// J at the start and after each step.
fn costs(learning_rate: f64, steps: usize) -> (Live, Vec<f64>) {
    let mut live = Live::new();
    assert_eq!(live.code("inside_start", 1), DONE);
    let mut costs = vec![live.number("inside_cost", ())];
    for _ in 0..steps {
        assert_eq!(live.code("inside_update", learning_rate), DONE);
        costs.push(live.number("inside_cost", ()));
    }
    (live, costs)
}

#[test]
fn the_page_names_learning_rates_that_do_what_it_says() {
    let (_, at_1) = costs(1.0, 12);
    assert!(at_1[1] > at_1[0] && at_1[12] < 1e-4, "{at_1:?}");

    let (mut live, at_2) = costs(2.0, 12);
    assert!(at_2[4..].iter().all(|j| (17.5..18.5).contains(j)), "{at_2:?}");
    assert!(live.numbers("inside_a", 1).iter().all(|&a| a < 0.01));
    let answer = live.numbers("inside_z", 2)[0];
    assert_eq!(live.code("inside_update", 2.0), DONE);
    let next = live.numbers("inside_z", 2)[0];
    assert!((answer - 1.0) * (next - 1.0) < 0.0, "{answer} {next}");
}

#[test]
fn what_has_no_meaning_is_refused_and_changes_nothing() -> Result<()> {
    let mut live = Live::new();
    assert_eq!(live.code("inside_update", 0.3), REFUSED);
    assert_eq!(live.code("inside_back", ()), REFUSED);
    assert_eq!(live.code("inside_steps", ()), 0);
    assert!(live.number("inside_cost", ()).is_nan());
    assert!(live.numbers("inside_x", ()).is_empty());
    assert!(live.numbers("inside_z", 1).is_empty());

    assert_eq!(live.code("inside_start", 1), DONE);
    for outputs in [0, 3, u32::MAX] {
        assert_eq!(live.code("inside_start", outputs), REFUSED);
    }
    let bad = [0.0, -0.3, f64::NAN, f64::INFINITY, 1e308];
    for learning_rate in bad {
        assert_eq!(live.code("inside_update", learning_rate), REFUSED);
    }
    assert_eq!(live.code("inside_back", ()), REFUSED);
    let native = example()?;
    compare(&mut live, &native, &numbers(&native)?);
    for layer in [0, 3, u32::MAX] {
        for name in ["weights", "bias", "z", "a", "dz", "da", "dw", "db"] {
            let found = live.numbers(&format!("inside_{name}"), layer);
            assert!(found.is_empty(), "{name} of layer {layer}: {found:?}");
        }
    }
    Ok(())
}

#[test]
fn the_way_back_has_an_end_and_so_has_the_way_on() {
    let mut live = Live::new();
    assert_eq!(live.code("inside_start", 1), DONE);
    for _ in 0..1000 {
        assert_eq!(live.code("inside_update", 0.01), DONE);
    }
    assert_eq!(live.code("inside_update", 0.01), REFUSED);
    for _ in 0..1000 {
        assert_eq!(live.code("inside_back", ()), DONE);
    }
    assert_eq!(live.code("inside_back", ()), REFUSED);
}
