//! Many stochastic passes: against the formula, and what they refuse.
//!
//! Seen to fail with T for T − 1 in the divisor, with masks drawn once for all
//! passes, and with the distance to the old mean squared in Welford's update.

use chainrule::ndarray::{Array2, array};
use chainrule::{
    Activation, Buffers, Dropout, Error, Layer, Mask, Parameters, Predictive,
    Result, evaluate, forward_dropout, forward_masked, mc_dropout, seeded,
};
use proptest::prelude::*;

/// One hidden layer of rectifiers: x → w₂·relu(w₁x + b₁) + b₂.
fn one_hidden_layer() -> Result<Parameters> {
    Parameters::from_layers(vec![
        Layer {
            weights: array![[1.0], [0.5], [-1.5], [2.0]],
            bias: array![[0.5], [1.0], [0.25], [-1.0]],
        },
        Layer { weights: array![[1.0, -2.0, 0.5, 1.5]], bias: array![[0.75]] },
    ])
}

// ANCHOR: variance
/// p/(1−p) Σ (wⱼaⱼ)²: chapter 1's variance, added up over the units.
fn variance(parameters: &Parameters, p: f64, x: f64) -> f64 {
    let [first, second] = parameters.layers() else { panic!("two layers") };
    let units = first.weights.iter().zip(&first.bias).zip(&second.weights);
    let sum: f64 = units
        .map(|((w, b), v)| (v * Activation::Relu.value(w * x + b)).powi(2))
        .sum();
    sum * p / (1.0 - p)
}
// ANCHOR_END: variance

#[test]
fn mean_and_variance_are_those_of_the_formula() -> Result<()> {
    let (parameters, passes) = (one_hidden_layer()?, 40_000);
    let x = array![[-2.0, -0.5, 0.0, 0.5, 1.0, 3.0]];
    let expected = evaluate(&parameters, Activation::Relu, x.view())?;
    for p in [0.1, 0.5, 0.8] {
        let Predictive { mean, standard_deviation } = mc_dropout(
            &parameters,
            Activation::Relu,
            Dropout::new(p)?,
            x.view(),
            passes,
            &mut seeded(5),
        )?;
        for (i, &x) in x.iter().enumerate() {
            let variance = variance(&parameters, p, x);
            let error = (variance / passes as f64).sqrt();
            let off = (mean[[0, i]] - expected[[0, i]]).abs();
            assert!(off < 4.0 * error, "p {p}, x {x}: {off} against {error}");
            let s = standard_deviation[[0, i]];
            let ratio = s * s / variance;
            assert!((ratio - 1.0).abs() < 0.08, "p {p}, x {x}: {ratio}");
        }
    }
    Ok(())
}

/// The chapter's argument: a sum of convex functions has no hump.
#[test]
fn one_layer_of_rectifiers_has_no_hump_in_its_variance() -> Result<()> {
    let mut rng = seeded(8);
    for _ in 0..100 {
        let mut parameters = Parameters::xavier(&[1, 20, 1], &mut rng)?;
        let shift = Parameters::xavier(&[1, 20, 1], &mut rng)?;
        let biases: Vec<f64> =
            shift.layers()[0].weights.iter().copied().collect();
        let values = parameters.values_mut().skip(20).take(20);
        values.zip(biases).for_each(|(b, shift)| *b = 3.0 * shift);
        let at = |k: i32| variance(&parameters, 0.3, f64::from(k) / 10.0);
        for k in -30..=30 {
            let chord = (at(k - 1) + at(k + 1)) / 2.0;
            assert!(at(k) <= chord * (1.0 + 1e-12));
        }
    }
    Ok(())
}

/// The chapter's exercise: with a second layer there can be one. Each of the
/// eight draws of three coins is as probable as the others.
#[test]
fn two_layers_of_rectifiers_can_have_a_hump_in_their_variance() -> Result<()> {
    let parameters = Parameters::from_layers(vec![
        Layer { weights: array![[1.0], [-1.0]], bias: array![[-0.5], [0.5]] },
        Layer { weights: array![[-1.0, -1.0]], bias: array![[0.5]] },
        Layer { weights: array![[1.0]], bias: array![[0.0]] },
    ])?;
    let x = array![[0.0, 0.5, 1.0]];
    let dropout = Dropout::new(0.5)?;
    let mut mean = Array2::<f64>::zeros((1, 3));
    let mut squares = mean.clone();
    let mut buffers = Buffers::new();
    for draw in 0..8 {
        let coin = |unit: usize| draw >> unit & 1 == 1;
        let first = Array2::from_shape_fn((2, 3), |(unit, _)| coin(unit));
        let second = Array2::from_elem((1, 3), coin(2));
        let masks = [first, second].map(|kept| Mask::from_kept(kept, dropout));
        let f = Activation::Relu;
        let pass =
            forward_masked(&parameters, f, &masks, x.view(), &mut buffers)?;
        mean += &pass.output().mapv(|answer| answer / 8.0);
        squares += &pass.output().mapv(|answer| answer * answer / 8.0);
    }
    let variance = squares - &mean * &mean;
    assert_eq!(variance, array![[3.0 / 16.0, 1.0 / 4.0, 3.0 / 16.0]]);
    Ok(())
}

#[test]
fn two_passes_are_the_two_passes() -> Result<()> {
    let parameters = Parameters::xavier(&[2, 7, 5, 3], &mut seeded(0))?;
    let dropout = Dropout::new(0.4)?;
    let x = Array2::from_shape_fn((2, 6), |(i, s)| i as f64 - 0.3 * s as f64);
    let mut rng = seeded(1);
    let mut answer = || -> Result<Array2<f64>> {
        let mut buffers = Buffers::new();
        let f = Activation::Tanh;
        Ok(forward_dropout(
            &parameters,
            f,
            dropout,
            x.view(),
            &mut rng,
            &mut buffers,
        )?
        .output()
        .to_owned())
    };
    let (one, two) = (answer()?, answer()?);
    let asked = mc_dropout(
        &parameters,
        Activation::Tanh,
        dropout,
        x.view(),
        2,
        &mut seeded(1),
    )?;
    let mean = (&one + &two) / 2.0;
    let s = (&one - &two).mapv(|d| d.abs() / 2.0_f64.sqrt());
    let near = |a: &Array2<f64>, b: &Array2<f64>| {
        a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-14)
    };
    assert!(near(&asked.mean, &mean), "{} {mean}", asked.mean);
    assert!(near(&asked.standard_deviation, &s));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn without_dropout_the_band_has_no_width(
        sizes in prop::collection::vec(1_usize..8, 2..5),
        samples in 1_usize..1100,
        passes in 2_usize..6,
        seed in any::<u64>(),
    ) {
        let mut rng = seeded(seed);
        let parameters = Parameters::xavier(&sizes, &mut rng).expect("sizes");
        let x = Array2::from_shape_fn((sizes[0], samples), |(i, s)| {
            (i as f64 + 1.0) * (s % 17) as f64 / 17.0
        });
        let f = Activation::Sigmoid;
        let asked = mc_dropout(
            &parameters, f, Dropout::NONE, x.view(), passes, &mut rng,
        ).expect("asked");
        let answer = evaluate(&parameters, f, x.view()).expect("evaluated");
        prop_assert_eq!(asked.mean, answer);
        prop_assert!(asked.standard_deviation.iter().all(|&s| s == 0.0));
    }
}

#[test]
fn what_makes_no_sense_is_refused() -> Result<()> {
    let parameters = one_hidden_layer()?;
    let ask = |x: Array2<f64>, passes| {
        mc_dropout(
            &parameters,
            Activation::Relu,
            Dropout::new(0.5).expect("a probability"),
            x.view(),
            passes,
            &mut seeded(0),
        )
    };
    for passes in [0, 1] {
        assert_eq!(ask(array![[1.0]], passes), Err(Error::Passes(passes)));
    }
    assert_eq!(
        Error::Passes(1).to_string(),
        "1 passes are too few; a spread needs at least 2"
    );
    let refused = |x| ask(x, 9).expect_err("refused").to_string();
    assert_eq!(
        refused(array![[f64::NAN]]),
        "x contains NaN; every value must be finite"
    );
    assert_eq!(
        refused(Array2::zeros((1, 0))),
        "x has no samples; at least 1 is needed"
    );
    assert_eq!(refused(array![[1.0], [2.0]]), "x is 2×1; 1×1 was expected");
    assert_eq!(
        refused(array![[1e300]]),
        "the standard deviation of the passes contains inf; every value must be finite"
    );
    Ok(())
}
