//! Finite numbers in, finite numbers out, or an error that names the layer.
//!
//! Seen to fail with the check of z left out, and with that of the gradients.

use chainrule::ndarray::{Array2, array};
use chainrule::tasks::gap::{Gap, Task};
use chainrule::{
    Activation, Buffers, Dropout, Error, Layer, Loss, Mask, Parameters,
    PassByPass, Result, central_differences, cross_entropy, evaluate, forward,
    forward_masked, mc_dropout, mse, seeded, softmax, update,
};

type Matrix = Array2<f64>;

/// A network of these weights, without biases.
fn network(weights: &[Matrix]) -> Parameters {
    let layers = weights.iter().map(|w| Layer {
        weights: w.clone(),
        bias: Matrix::zeros((w.nrows(), 1)),
    });
    Parameters::from_layers(layers.collect()).expect("they fit")
}

fn half() -> Dropout {
    Dropout::new(0.5).expect("a probability")
}

/// Masks of these zeros and ones.
fn masks(kept: &[Matrix]) -> Vec<Mask> {
    let kept = kept.iter().map(|kept| kept.mapv(|kept| kept == 1.0));
    kept.map(|kept| Mask::from_kept(kept, half())).collect()
}

/// What a forward pass says, with these masks or, where there are none, without.
fn refusal(
    weights: &[Matrix],
    f: Activation,
    kept: &[Matrix],
    x: &Matrix,
) -> Option<String> {
    let (parameters, mut buffers) = (network(weights), Buffers::new());
    let x = x.view();
    let masks = masks(kept);
    let pass = match masks.as_slice() {
        [] => forward(&parameters, f, x, &mut buffers),
        masks => forward_masked(&parameters, f, masks, x, &mut buffers),
    };
    let refused = pass.map(|_| ()).err().map(|error| error.to_string());
    // What was wrong with one pass is nothing to the next.
    let small = Matrix::zeros(x.dim());
    let next = forward(&parameters, f, small.view(), &mut buffers);
    assert!(next.is_ok());
    refused
}

/// Every activation but the rectifier makes an ordinary number of an infinite z,
/// and a mask may drop what is left.
#[test]
fn an_overflow_of_z_is_named() {
    let one = array![[1.0]];
    let (dropped, kept) = (array![[0.0]], array![[1.0]]);
    for (w, z) in [
        (array![[1e300, 0.0]], "inf"),
        (array![[-1e300, 0.0]], "-inf"),
        (array![[1e300, -1e300]], "NaN"),
    ] {
        for f in Activation::ALL {
            for masks in [vec![], vec![dropped.clone()], vec![kept.clone()]] {
                let refused = refusal(
                    &[w.clone(), one.clone()],
                    f,
                    &masks,
                    &array![[1e300], [1e300]],
                );
                let expected =
                    format!("z1 contains {z}; every value must be finite");
                assert_eq!(refused, Some(expected), "{f}, {masks:?}");
            }
        }
    }
}

/// In any column, also where there are many, and in the second layer.
#[test]
fn an_overflow_of_one_sample_is_named() {
    let weights = [array![[1e100]], array![[1e300]], array![[1.0]]];
    for (samples, s) in [(1, 0), (16, 15), (100, 99), (100, 0), (300, 150)] {
        let mut x = Matrix::zeros((1, samples));
        x[[0, s]] = 1.0;
        let refused = refusal(&weights, Activation::Relu, &[], &x);
        let expected = "z2 contains inf; every value must be finite";
        assert_eq!(refused.as_deref(), Some(expected), "{s} of {samples}");
        x[[0, s]] = 1e300;
        for f in Activation::ALL {
            let refused = refusal(&weights, f, &[], &x);
            let expected = "z1 contains inf; every value must be finite";
            assert_eq!(refused.as_deref(), Some(expected), "{f}, {s}");
        }
    }
}

#[test]
fn an_overflow_by_the_scale_of_a_mask_is_named() {
    let weights = [array![[1.0]], array![[1e-300]]];
    let x = array![[1.5e308]];
    assert_eq!(refusal(&weights, Activation::Relu, &[], &x), None);
    assert_eq!(
        refusal(&weights, Activation::Relu, &[array![[1.0]]], &x).as_deref(),
        Some("a1 after dropout contains inf; every value must be finite")
    );
}

#[test]
fn an_overflow_of_the_output_is_named() {
    let weights = [array![[1e200]], array![[1e200]]];
    assert_eq!(
        refusal(&weights, Activation::Relu, &[], &array![[1.0]]).as_deref(),
        Some("the output contains inf; every value must be finite")
    );
}

/// An infinite weight is found also where it is multiplied by 0.
#[test]
fn every_later_forward_on_infinite_weights_is_refused() {
    let sizes = [2, 3, 2];
    let count = Parameters::xavier(&sizes, &mut seeded(0)).expect("small");
    for i in 0..count.count() {
        for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            let mut parameters = count.clone();
            *parameters.values_mut().nth(i).expect("a parameter") = value;
            let x = Matrix::zeros((2, 5));
            for f in Activation::ALL {
                let refused = evaluate(&parameters, f, x.view());
                assert!(
                    matches!(&refused, Err(Error::NotFinite { what, .. })
                        if what.starts_with(['w', 'b'])),
                    "{i}: {refused:?}"
                );
            }
        }
    }
}

/// The first layer's dz after both passes, or what backward says.
fn backward(
    weights: &[Matrix],
    kept: &[Matrix],
    x: Matrix,
    y: Matrix,
) -> std::result::Result<Matrix, String> {
    let (parameters, mut buffers) = (network(weights), Buffers::new());
    let masks = masks(kept);
    let pass = forward_masked(
        &parameters,
        Activation::Relu,
        &masks,
        x.view(),
        &mut buffers,
    )
    .expect("finite");
    let gradients = Loss::MeanSquare.backward(pass, y.view());
    let gradients = gradients.map_err(|error| error.to_string())?;
    assert!(gradients.values().all(f64::is_finite));
    Ok(buffers.dz(1).to_owned())
}

#[test]
fn an_overflow_in_backward_is_named() {
    let one = || array![[1.0]];
    let named = |weights: &[Matrix], kept: &[Matrix], x, y, name: &str| {
        let refused = backward(weights, kept, x, y).expect_err("infinite");
        assert_eq!(refused.split(' ').next(), Some(name), "{refused}");
    };
    let huge = || array![[1e200]];
    named(&[array![[1e308]]], &[], one(), array![[-1e308]], "dz1");
    named(&[array![[1e-200]]], &[], huge(), huge(), "dw1");
    let (nothing, most) = (array![[0.0, 0.0]], array![[1e308, 1e308]]);
    named(&[one()], &[], nothing, most, "db1");
    named(&[array![[1e-200]], huge()], &[one()], one(), huge(), "dz1");
    named(&[one(), one()], &[one()], huge(), huge(), "dw2");
}

/// What is dropped has no part in the gradient, be it infinite.
#[test]
fn an_infinity_that_is_dropped_is_zero() {
    let weights = [array![[1e-200]], array![[1e200]]];
    let dz =
        backward(&weights, &[array![[0.0]]], array![[1.0]], array![[1e200]]);
    assert_eq!(dz, Ok(array![[0.0]]));
}

#[test]
fn a_step_too_long_names_the_layer() -> Result<()> {
    let mut parameters = network(&[array![[1.0]], array![[1.0]]]);
    let (x, y) = (array![[1.0]], array![[1e200]]);
    let mut buffers = Buffers::new();
    let pass = forward(&parameters, Activation::Relu, x.view(), &mut buffers)?;
    let gradients = chainrule::backward(pass, y.view())?;
    let refused = update(&mut parameters, gradients, 1e200);
    assert_eq!(
        refused.map_err(|error| error.to_string()),
        Err("w1 contains inf; every value must be finite".into())
    );
    let next = forward(&parameters, Activation::Relu, x.view(), &mut buffers);
    assert!(matches!(next, Err(Error::NotFinite { .. })));
    Ok(())
}

#[test]
fn a_mask_that_overflows_is_refused() {
    let mask = Mask::from_kept(array![[true, false]], half());
    let refused = mask.apply(array![[f64::MAX, 1.0]].view());
    assert!(matches!(
        refused,
        Err(Error::NotFinite { value: f64::INFINITY, .. })
    ));
    assert!(mask.apply(array![[f32::MAX, 1.0]].view()).is_err());
    assert!(mask.masked(array![[f64::NAN, 1.0]].view()).is_err());
    let huge = array![[1.0, f64::MAX]];
    assert_eq!(mask.apply(huge.view()), Ok(array![[2.0, 0.0]]));
    assert_eq!(mask.masked(huge.view()), Ok(array![[1.0, 0.0]]));
}

#[test]
fn steps_too_small_and_too_large_are_refused() {
    let parameters = network(&[array![[0.5]]]);
    let slope = |h, cost: fn(f64) -> f64| {
        central_differences(&parameters, h, |moved| {
            Ok(cost(moved.layers()[0].weights[[0, 0]]))
        })
        .map(|gradients| gradients.layers()[0].dw[[0, 0]])
    };
    for h in [5e-324, 1e-17, 1e308, f64::MAX] {
        let refused = slope(h, |w| w).expect_err("refused").to_string();
        assert_eq!(
            refused,
            format!(
                "step size {h} does not move a parameter of 0.5 to other, \
                 finite numbers on both sides"
            )
        );
    }
    assert_eq!(slope(0.25, |w| 2.0 * w), Ok(2.0));
    let refused = |cost| slope(0.25, cost).expect_err("refused").to_string();
    let words = |what, value| {
        format!("{what} contains {value}; every value must be finite")
    };
    assert_eq!(refused(|_| f64::NAN), words("the cost", "NaN"));
    assert_eq!(
        refused(|w| if w > 0.5 { 1e308 } else { -1e308 }),
        words("the slope", "inf")
    );
}

#[test]
fn losses_and_probabilities_that_overflow_are_refused() {
    let huge = array![[1e308, -1e308], [-1e308, 1e308]];
    let p = softmax(huge.view()).expect("finite");
    assert!(p.iter().all(|p| p.is_finite()));
    let y = array![[0.0, 1.0], [1.0, 0.0]];
    let not_finite = |loss| {
        assert!(matches!(loss, Err(Error::NotFinite { .. })), "{loss:?}");
    };
    not_finite(cross_entropy(huge.view(), y.view()));
    not_finite(cross_entropy(array![[f64::NAN]].view(), array![[1.0]].view()));
    not_finite(mse(huge.view(), y.view()));
    not_finite(softmax(array![[f64::INFINITY]].view()).map(|p| p[[0, 0]]));
}

#[test]
fn passes_too_far_apart_are_refused() -> Result<()> {
    let parameters = network(&[array![[1e150]], array![[1e10]]]);
    let (x, f) = (array![[1.0]], Activation::Relu);
    let refused =
        mc_dropout(&parameters, f, half(), x.view(), 10, &mut seeded(0));
    let expected = "the standard deviation of the passes contains inf; \
                    every value must be finite";
    assert_eq!(
        refused.map_err(|error| error.to_string()),
        Err(expected.into())
    );
    let (mut passes, mut rng) = (PassByPass::new(), seeded(0));
    for _ in 0..10 {
        passes.take(&parameters, f, half(), x.view(), &mut rng)?;
    }
    assert!(passes.predictive().is_err());
    Ok(())
}

#[test]
fn a_gap_beyond_the_data_is_refused() {
    for (low, high) in [
        (1.0, 0.0),
        (-3.0, 0.0),
        (0.0, 2.1),
        (f64::NAN, 1.0),
        (0.0, f64::NAN),
        (-1e308, 1e308),
    ] {
        let refused = Task::draw(Gap { low, high }, &mut seeded(0));
        assert_eq!(
            refused.map(|_| ()).map_err(|error| error.to_string()),
            Err(format!("gap {low},{high} is not low ≤ high, both in [−2, 2]"))
        );
    }
    for (low, high) in [(-2.0, 2.0), (1.0, 1.0), (-2.0, -2.0)] {
        let task = Task::draw(Gap { low, high }, &mut seeded(0));
        let inside = |x: f64| (-2.0..=2.0).contains(&x);
        assert!(task.expect("a gap").points().all(|(x, _)| inside(x)));
    }
}
