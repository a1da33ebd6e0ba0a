//! Softmax and cross-entropy: what must hold for all scores, and the gradient
//! against central differences, for all networks, targets and masks.

use chainrule::ndarray::Array2;
use chainrule::{
    Activation, Buffers, Dropout, Loss, Mask, Parameters, central_differences,
    cross_entropy, forward_masked, relative_difference, seeded, softmax,
};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use rand::RngExt;

/// How far a parameter is moved for a central difference.
const H: f64 = 1e-5;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(21),
        max_global_rejects: cases / 4,
        ..ProptestConfig::default()
    }
}

/// Scores of up to `size`, (classes × samples), and one right class a sample.
fn scores(size: f64) -> impl Strategy<Value = (Array2<f64>, Array2<f64>)> {
    (1..7_usize, 1..7_usize, any::<u64>()).prop_map(move |(k, m, seed)| {
        (uniform(k, m, size, seed), one_hot(k, m, seed))
    })
}

/// Uniform in ±`size`, (rows × samples).
fn uniform(rows: usize, samples: usize, size: f64, seed: u64) -> Array2<f64> {
    let mut rng = seeded(seed);
    Array2::from_shape_simple_fn((rows, samples), || {
        rng.random_range(-size..size)
    })
}

/// Any distribution over the classes, for each sample.
fn soft(classes: usize, samples: usize, seed: u64) -> Array2<f64> {
    let scores = uniform(classes, samples, 3.0, !seed);
    softmax(scores.view()).expect("finite")
}

fn one_hot(classes: usize, samples: usize, seed: u64) -> Array2<f64> {
    let mut rng = seeded(!seed);
    let mut y = Array2::zeros((classes, samples));
    for s in 0..samples {
        y[[rng.random_range(0..classes), s]] = 1.0;
    }
    y
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn each_column_is_a_distribution((z, _) in scores(800.0)) {
        let p = softmax(z.view()).expect("finite");
        prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)));
        for column in p.columns() {
            prop_assert!((column.sum() - 1.0).abs() < 1e-14);
        }
    }

    /// Only differences of scores matter.
    #[test]
    fn a_shift_of_all_scores_changes_nothing((z, y) in scores(20.0), by in -100.0..100.0_f64) {
        let shifted = &z + by;
        let (p, q) = (softmax(z.view()).expect("finite"), softmax(shifted.view()).expect("finite"));
        prop_assert!(p.iter().zip(&q).all(|(p, q)| (p - q).abs() < 1e-12));
        let loss = cross_entropy(z.view(), y.view()).expect("finite");
        let other = cross_entropy(shifted.view(), y.view()).expect("finite");
        prop_assert!((loss - other).abs() < 1e-12 * (1.0 + by.abs()));
    }

    #[test]
    fn larger_scores_are_likelier((z, _) in scores(30.0)) {
        let p = softmax(z.view()).expect("finite");
        for (z, p) in z.columns().into_iter().zip(p.columns()) {
            for (i, j) in (0..z.len()).flat_map(|i| (0..i).map(move |j| (i, j))) {
                prop_assert!((z[i] <= z[j]) || (p[i] >= p[j]));
            }
        }
    }

    /// No guess costs less than nothing, and the loss is the mean of −ln p of
    /// the right class.
    #[test]
    fn the_loss_is_the_surprise((z, y) in scores(20.0)) {
        let loss = cross_entropy(z.view(), y.view()).expect("finite");
        prop_assert!(loss >= 0.0);
        let p = softmax(z.view()).expect("finite");
        let right = (&p * &y).sum_axis(chainrule::ndarray::Axis(0));
        let surprise = right.mapv(|p| -p.ln()).mean().expect("samples");
        prop_assert!((loss - surprise).abs() < 1e-12 * (1.0 + loss), "{loss} and {surprise}");
    }

    /// Hard to classify is not hard to compute.
    #[test]
    fn huge_scores_stay_finite((z, y) in scores(1e300)) {
        let loss = cross_entropy(z.view(), y.view()).expect("finite");
        prop_assert!(loss >= 0.0 && loss.is_finite());
    }

    /// Gibbs's inequality: the scores that the targets were made of cost least.
    #[test]
    fn no_guess_beats_the_truth((truth, _) in scores(3.0), seed in any::<u64>()) {
        let y = softmax(truth.view()).expect("finite");
        let guess = uniform(truth.nrows(), truth.ncols(), 3.0, seed);
        let least = cross_entropy(truth.view(), y.view()).expect("finite");
        let other = cross_entropy(guess.view(), y.view()).expect("finite");
        prop_assert!(least <= other + 1e-12, "{least} and {other}");
    }

    #[test]
    fn backward_is_the_gradient_with_given_masks(
        hidden in prop::collection::vec(1..6_usize, 0..4),
        (inputs, classes, samples) in (1..5_usize, 1..5_usize, 1..8_usize),
        activation in proptest::sample::select(Activation::ALL.to_vec()),
        p in proptest::sample::select(vec![0.0, 0.2, 0.5, 0.9]),
        targets in proptest::sample::select(vec![one_hot, soft]),
        seed in any::<u64>(),
    ) {
        let sizes: Vec<usize> = [inputs].into_iter().chain(hidden.clone()).chain([classes]).collect();
        let mut rng = seeded(seed);
        let mut parameters = Parameters::xavier(&sizes, &mut rng).expect("sizes");
        for value in parameters.values_mut() {
            *value = rng.random_range(-1.0..1.0);
        }
        let x = Array2::from_shape_simple_fn((inputs, samples), || rng.random_range(-2.0..2.0));
        let y = targets(classes, samples, seed);
        let dropout = Dropout::new(p).expect("a probability");
        let masks: Vec<Mask> =
            hidden.iter().map(|&units| dropout.draw((units, samples), &mut rng).expect("small")).collect();

        let mut buffers = Buffers::new();
        let pass = forward_masked(&parameters, activation, &masks, x.view(), &mut buffers)
            .expect("finite");
        let open = |pass: &chainrule::Pass<'_, '_>| -> Vec<bool> {
            (1..pass.depth()).flat_map(|l| pass.z(l).mapv(|z| z > 0.0).into_iter()).collect()
        };
        let first = open(&pass);
        let gradients = Loss::CrossEntropy.backward(pass, y.view()).expect("finite").clone();
        let mut corner = false;
        let h = H * (1.0 - p); // the scale magnifies every step
        let numeric = central_differences(&parameters, h, |moved| {
            let pass = forward_masked(moved, activation, &masks, x.view(), &mut buffers)?;
            corner |= activation == Activation::Relu && open(&pass) != first;
            cross_entropy(pass.output(), y.view())
        }).expect("finite");
        prop_assume!(!corner);
        // With saturated probabilities both are rounding errors near 0.
        let apart = gradients.values().zip(numeric.values()).map(|(a, b)| (a - b).abs());
        let apart = apart.fold(0.0, f64::max);
        prop_assert!(
            apart < 1e-9 / (1.0 - p) || relative_difference(&gradients, &numeric) < 1e-7,
            "{apart:.1e} apart"
        );
    }
}
