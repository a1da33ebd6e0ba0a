//! Softmax and cross-entropy: properties, and the gradient against central
//! differences, with masks and without.

use chainrule::ndarray::{Array2, Axis};
use chainrule::{
    Activation, Buffers, Dropout, Loss, Mask, Parameters, central_differences,
    cross_entropy, forward_masked, relative_difference, seeded, softmax,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rand::RngExt;

fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 200,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20),
        ..ProptestConfig::default()
    }
}

/// Uniform in ±`size`.
fn scores(rows: usize, columns: usize, size: f64, seed: u64) -> Array2<f64> {
    let mut rng = seeded(seed);
    Array2::from_shape_simple_fn((rows, columns), || {
        size * (2.0 * rng.random::<f64>() - 1.0)
    })
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn backward_is_the_gradient_of_the_cross_entropy(
        sizes in prop::collection::vec(1..6_usize, 2..5),
        samples in 1..8_usize,
        tanh in any::<bool>(),
        p in proptest::sample::select(vec![0.0, 0.2, 0.5, 0.9]),
        seed in any::<u64>(),
    ) {
        let activation =
            if tanh { Activation::Tanh } else { Activation::Sigmoid };
        let mut rng = seeded(seed);
        let parameters = Parameters::xavier(&sizes, &mut rng).expect("sizes");
        let dropout = Dropout::new(p).expect("a probability");
        let masks: Vec<Mask> = sizes[1..sizes.len() - 1]
            .iter()
            .map(|&units| dropout.draw((units, samples), &mut rng))
            .collect();
        let x = scores(sizes[0], samples, 2.0, !seed);
        // Soft targets: the gradient must hold for any distribution.
        let classes = sizes[sizes.len() - 1];
        let y = softmax(scores(classes, samples, 2.0, seed ^ 1).view())
            .expect("finite");

        let mut buffers = Buffers::new();
        let pass = forward_masked(
            &parameters, activation, &masks, x.view(), &mut buffers,
        ).expect("finite");
        let gradients =
            Loss::CrossEntropy.backward(pass, y.view()).expect("finite").clone();
        let h = 1e-5 * (1.0 - p);
        let numeric = central_differences(&parameters, h, |moved| {
            let pass = forward_masked(
                moved, activation, &masks, x.view(), &mut buffers,
            )?;
            cross_entropy(pass.output(), y.view())
        }).expect("finite");
        // One class leaves nothing to learn: both gradients are 0.
        if classes > 1 {
            let difference = relative_difference(&gradients, &numeric);
            prop_assert!(difference < 1e-7, "{difference:.1e} apart");
        } else {
            prop_assert!(gradients.values().all(|d| d.abs() < 1e-12));
        }
    }

    #[test]
    fn probabilities_add_up_to_one_and_ignore_a_shift(
        classes in 1..8_usize,
        samples in 1..8_usize,
        size in 0.1..300.0_f64,
        shift in -100.0..100.0_f64,
        seed in any::<u64>(),
    ) {
        let z = scores(classes, samples, size, seed);
        let q = softmax(z.view()).expect("finite");
        prop_assert!(q.iter().all(|q| (0.0..=1.0).contains(q)));
        for sum in q.sum_axis(Axis(0)) {
            prop_assert!((sum - 1.0).abs() < 1e-14);
        }
        let shifted = softmax((&z + shift).view()).expect("finite");
        for (q, shifted) in q.iter().zip(&shifted) {
            prop_assert!((q - shifted).abs() < 1e-12);
        }
    }

    #[test]
    fn no_guess_beats_the_truth(
        classes in 1..8_usize, samples in 1..8_usize, seed in any::<u64>(),
    ) {
        let truth = scores(classes, samples, 3.0, seed);
        let y = softmax(truth.view()).expect("finite");
        let guess = scores(classes, samples, 3.0, !seed);
        let best = cross_entropy(truth.view(), y.view()).expect("finite");
        let other = cross_entropy(guess.view(), y.view()).expect("finite");
        prop_assert!(best <= other + 1e-12, "{best} and {other}");
    }
}
