//! Whatever goes into the public functions, nothing panics, and what comes out
//! behind an `Ok` is finite and what the plain network computes.
//!
//! By default some seconds of it, always the same. For an hour of others:
//!
//! ```sh
//! PROPTEST_CASES=1000000 cargo test --package chainrule-chapters --test fuzz
//! ```

use std::num::NonZero;

use chainrule::figures::{Chart, Colour};
use chainrule::tasks::gap::{Gap, Task};
use chainrule::{
    Activation, Buffers, Descent, Dropout, Error, Layer, Loss, Mask, Network,
    Parameters, PassByPass, central_differences, cost, cross_entropy, decay,
    evaluate, forward_dropout, forward_masked, mc_dropout, mse, seeded, sine,
    softmax, update,
};
use chapters::plain::{self, Matrix};
use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{RngSeed, TestCaseError};

fn config(cases: u32) -> ProptestConfig {
    let asked = std::env::var("PROPTEST_CASES").ok();
    let asked = asked.and_then(|cases| cases.parse().ok());
    ProptestConfig {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        rng_seed: match asked {
            None => RngSeed::Fixed(13),
            Some(_) => RngSeed::Random,
        },
        ..ProptestConfig::default()
    }
}

/// Mostly ordinary numbers; some tiny, some so large that their products
/// overflow.
fn finite() -> impl Strategy<Value = f64> {
    let ends =
        [0.0, -0.0, 1.0, 5e-324, 1e-300, 1e154, -1e155, f64::MAX, f64::MIN];
    prop_oneof![
        20 => -2.0..2.0_f64,
        2 => -1e200..1e200_f64,
        1 => select(ends.to_vec()),
    ]
}

/// Any number there is, with those that are none.
fn any_number() -> impl Strategy<Value = f64> {
    let none = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];
    prop_oneof![8 => finite(), 4 => any::<f64>(), 1 => select(none.to_vec())]
}

/// Ordinary numbers alone, finite ones, or any.
fn numbers(n: usize) -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![
        2 => prop::collection::vec(-2.0..2.0_f64, n),
        3 => prop::collection::vec(finite(), n),
        1 => prop::collection::vec(any_number(), n),
    ]
}

fn matrix(rows: usize, columns: usize) -> impl Strategy<Value = Matrix> {
    numbers(rows * columns).prop_map(move |entries| {
        Matrix::from_shape_vec((rows, columns), entries).expect("as many")
    })
}

fn two_alike() -> impl Strategy<Value = (Matrix, Matrix)> {
    (1_usize..6, 1_usize..40).prop_flat_map(|(rows, columns)| {
        (matrix(rows, columns), matrix(rows, columns))
    })
}

fn activation() -> impl Strategy<Value = Activation> {
    select(Activation::ALL.to_vec())
}

fn dropout() -> impl Strategy<Value = Dropout> {
    let p = select(vec![0.0, 0.1, 0.5, 0.999_999]);
    p.prop_map(|p| Dropout::new(p).expect("a probability"))
}

/// A network and what it is asked and told.
#[derive(Clone, Debug)]
struct Case {
    layers: Vec<plain::Layer>,
    x: Matrix,
    y: Matrix,
}

fn case() -> impl Strategy<Value = Case> {
    let sizes = prop::collection::vec(1_usize..20, 2..5);
    (sizes, 1_usize..40).prop_flat_map(|(sizes, samples)| {
        let layers: Vec<_> = sizes
            .windows(2)
            .map(|pair| (matrix(pair[1], pair[0]), matrix(pair[1], 1)))
            .collect();
        let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
        (layers, matrix(first, samples), matrix(last, samples)).prop_map(
            |(layers, x, y)| {
                let layers =
                    layers.into_iter().map(|(w, b)| plain::Layer { w, b });
                Case { layers: layers.collect(), x, y }
            },
        )
    })
}

fn core(layers: &[plain::Layer]) -> Result<Parameters, Error> {
    let layers = layers
        .iter()
        .map(|layer| Layer { weights: layer.w.clone(), bias: layer.b.clone() });
    Parameters::from_layers(layers.collect())
}

fn unit(activation: Activation) -> plain::Activation {
    match activation {
        Activation::Sigmoid => plain::SIGMOID,
        Activation::Tanh => plain::TANH,
        Activation::Relu => plain::RELU,
    }
}

fn all_finite<'a>(values: impl IntoIterator<Item = &'a f64>) -> bool {
    values.into_iter().all(|value| value.is_finite())
}

fn finite_layers(layers: &[plain::Layer]) -> bool {
    layers.iter().all(|layer| all_finite(&layer.w) && all_finite(&layer.b))
}

/// The weighted sums of every layer of a plain pass.
fn sums(layers: &[plain::Layer], pass: &plain::Pass) -> Vec<Matrix> {
    let layers = layers.iter().zip(&pass.handed_on);
    layers.map(|(layer, a)| plain::affine(&layer.w, a, &layer.b)).collect()
}

/// One step of both networks: equal where both are finite, and an error of the
/// core where the plain one leaves the finite numbers.
fn step(
    case: &Case,
    f: Activation,
    dropout: Dropout,
    seed: u64,
    threads: NonZero<usize>,
    learning_rate: f64,
) -> Result<(), TestCaseError> {
    let Case { mut layers, x, y } = case.clone();
    let mut parameters = match core(&layers) {
        Ok(parameters) => parameters,
        Err(error) => {
            prop_assert!(!finite_layers(&layers), "{error}");
            return Ok(());
        }
    };
    let p = dropout.drop_prob();
    let masks = plain::draw_masks(&layers, p, x.ncols(), &mut seeded(seed));
    let kept = masks
        .iter()
        .map(|mask| Mask::from_kept(mask.mapv(|m| m != 0.0), dropout));
    let kept: Vec<_> = kept.collect();

    let plainly = plain::forward(&layers, unit(f), &masks, &x);
    let mut seen = sums(&layers, &plainly);
    seen.extend(plainly.handed_on.iter().cloned());
    let finite = seen.iter().all(all_finite);
    let mut buffers = Buffers::new().with_threads(threads);
    let pass =
        match forward_masked(&parameters, f, &kept, x.view(), &mut buffers) {
            Ok(pass) => pass,
            Err(error) => {
                prop_assert!(!finite, "{error}");
                return Ok(());
            }
        };
    prop_assert!(finite);
    prop_assert_eq!(pass.output(), plainly.output().view());
    for l in 0..pass.depth() {
        prop_assert_eq!(pass.a(l), plainly.handed_on[l].view());
    }

    let gradients = plain::backward(&layers, unit(f), &masks, &plainly, &y);
    let finite = finite_layers(&gradients);
    let taken = match chainrule::backward(pass, y.view()) {
        Ok(taken) => taken,
        Err(error) => {
            prop_assert!(!finite || !all_finite(&y), "{error}");
            return Ok(());
        }
    };
    for layer in taken.layers() {
        prop_assert!(all_finite(&layer.dw) && all_finite(&layer.db));
    }
    if !finite {
        return Ok(()); // an infinite da that a mask dropped: 0·∞ over there
    }
    for (layer, plainly) in taken.layers().iter().zip(&gradients) {
        prop_assert_eq!(&layer.dw, &plainly.w);
        prop_assert_eq!(&layer.db, &plainly.b);
    }

    let stepped = update(&mut parameters, taken, learning_rate);
    plain::update(&mut layers, &gradients, learning_rate);
    prop_assert_eq!(stepped.is_ok(), finite_layers(&layers));
    let next = evaluate(&parameters, f, x.view());
    if stepped.is_ok() {
        prop_assert_eq!(plain::layers(&parameters), layers);
        prop_assert!(next.is_err() || next.is_ok_and(|a| all_finite(&a)));
    } else {
        let refused = matches!(next, Err(Error::NotFinite { .. }));
        prop_assert!(refused);
    }
    Ok(())
}

/// So small that it fits, or so large that it fits nowhere.
fn size() -> impl Strategy<Value = usize> {
    prop_oneof![3 => 0_usize..40, 1 => (1_usize << 58)..=usize::MAX]
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn a_step_is_the_plain_networks_or_an_error(
        case in case(),
        f in activation(),
        dropout in dropout(),
        seed in any::<u64>(),
        threads in select(vec![1, 2, usize::MAX]),
        learning_rate in select(vec![1e-3, 0.3, 1e150, f64::MAX]),
    ) {
        let threads = NonZero::new(threads).expect("above 0");
        step(&case, f, dropout, seed, threads, learning_rate)?;
    }

    #[test]
    fn what_trains_and_asks_is_finite_or_an_error(
        case in case(),
        f in activation(),
        dropout in dropout(),
        loss in select(Loss::ALL.to_vec()),
        learning_rate in any_number(),
        weight_decay in any_number(),
        seed in any::<u64>(),
    ) {
        let Case { layers, x, y } = &case;
        let Ok(parameters) = core(layers) else { return Ok(()) };
        let (x, y, mut rng) = (x.view(), y.view(), seeded(seed));
        if let Ok(p) = mc_dropout(&parameters, f, dropout, x, 3, &mut rng) {
            prop_assert!(all_finite(&p.mean));
            prop_assert!(all_finite(&p.standard_deviation));
        }
        let mut passes = PassByPass::new();
        for _ in 0..3 {
            // Each is refused or counted.
            let _ = passes.take(&parameters, f, dropout, x, &mut rng);
        }
        if let Ok(p) = passes.predictive() {
            prop_assert!(all_finite(&p.mean));
            prop_assert!(all_finite(&p.standard_deviation));
        }
        let mut buffers = Buffers::new();
        let pass = forward_dropout(&parameters, f, dropout, x, &mut rng, &mut buffers);
        if let Ok(pass) = pass {
            prop_assert!((0..=pass.depth()).all(|l| all_finite(pass.z(l))));
            prop_assert!((0..=pass.depth()).all(|l| all_finite(pass.a(l))));
            if let Ok(gradients) = loss.backward(pass, y) {
                prop_assert!(gradients.values().all(f64::is_finite));
            }
        }
        let mut decayed = parameters.clone();
        if decay(&mut decayed, learning_rate, weight_decay).is_ok() {
            prop_assert!(decayed.values_mut().all(|value| value.is_finite()));
        }
        let Ok(mut descent) = Descent::new(learning_rate) else { return Ok(()) };
        if let Ok(decayed) = descent.with_weight_decay(weight_decay) {
            descent = decayed;
        }
        let network = Network::new(parameters, f).with_dropout(dropout);
        let mut network = network.with_loss(loss);
        for _ in 0..3 {
            match network.train_step(x, y, &mut descent, &mut rng) {
                Ok(loss) => prop_assert!(loss.is_finite()),
                Err(_) => break,
            }
            prop_assert!(all_finite(network.parameters().clone().values_mut().map(|v| &*v)));
        }
        if let Ok(loss) = network.loss(x, y) {
            prop_assert!(loss.is_finite());
        }
    }

    #[test]
    fn losses_and_masks_are_finite_or_an_error(
        (a, y) in two_alike(),
        dropout in dropout(),
        seed in any::<u64>(),
    ) {
        for loss in [mse, cost, cross_entropy] {
            if let Ok(loss) = loss(a.view(), y.view()) {
                prop_assert!(loss.is_finite());
                prop_assert!(all_finite(&a) && all_finite(&y));
            }
        }
        if let Ok(loss) = mse(a.view(), y.view()) {
            prop_assert_eq!(loss, plain::mse(&a, &y));
        }
        let p = softmax(a.view());
        prop_assert_eq!(p.is_ok(), all_finite(&a));
        if let Ok(p) = p {
            let sums = p.columns().into_iter().map(|column| column.sum());
            prop_assert!(p.iter().all(|p| (0.0..=1.0).contains(p)));
            prop_assert!(sums.into_iter().all(|sum| (sum - 1.0).abs() < 1e-12));
        }
        let mask = dropout.draw(a.dim(), &mut seeded(seed)).expect("small");
        let factors = mask.kept().mapv(|kept| if kept { mask.scale() } else { 0.0 });
        let expected = plain::masked(&a, Some(&factors));
        match mask.apply(a.view()) {
            Ok(masked) => {
                prop_assert!(all_finite(&masked));
                prop_assert!(!all_finite(&a) || masked == expected);
            }
            Err(_) => prop_assert!(!all_finite(&expected)),
        }
    }

    #[test]
    fn central_differences_are_finite_or_an_error(
        case in case(), f in activation(), h in any_number(),
    ) {
        let Case { layers, x, y } = &case;
        let Ok(parameters) = core(&layers[layers.len() - 1..]) else { return Ok(()) };
        prop_assume!(parameters.count() < 100);
        let x = Matrix::from_elem((parameters.sizes()[0], x.ncols()), 0.5);
        let slopes = central_differences(&parameters, h, |moved| {
            cost(evaluate(moved, f, x.view())?.view(), y.view())
        });
        if let Ok(slopes) = slopes {
            prop_assert!(slopes.values().all(f64::is_finite));
        }
    }

    #[test]
    fn sizes_are_taken_or_refused(
        sizes in prop::collection::vec(size(), 0..5), seed in any::<u64>(),
    ) {
        let mut rng = seeded(seed);
        for drawn in [
            Parameters::uniform(&sizes, &mut rng),
            Parameters::xavier(&sizes, &mut rng),
        ] {
            match drawn {
                Ok(parameters) => prop_assert_eq!(&parameters.sizes(), &sizes),
                Err(Error::Memory { .. }) => {
                    prop_assert!(sizes.iter().any(|&size| size > 40));
                }
                Err(_) => prop_assert!(sizes.len() < 2 || sizes.contains(&0)),
            }
        }
        if let [rows, columns, ..] = sizes[..] {
            let mask = Dropout::NONE.draw((rows, columns), &mut rng);
            let small = rows < 40 && columns < 40;
            prop_assert!(mask.is_ok() || !small);
        }
        if let Some(&samples) = sizes.first() {
            prop_assert_eq!(sine(samples).is_ok(), (1..40).contains(&samples));
        }
    }

    #[test]
    fn a_gap_is_in_the_data_or_refused(
        low in any_number(), high in any_number(), seed in any::<u64>(),
    ) {
        let gap = Gap { low, high };
        if let Ok(task) = Task::draw(gap, &mut seeded(seed)) {
            prop_assert!(task.points().all(|(x, y)| x.abs() <= 2.0 && y.is_finite()));
        }
    }
}

proptest! {
    #![proptest_config(config(40))]

    #[test]
    fn a_chart_is_drawn_whatever_its_range(
        points in prop::collection::vec((any_number(), any_number()), 0..6),
        (low, high) in (any_number(), any_number()),
        (log_x, log_y, fixed, bare) in any::<(bool, bool, bool, bool)>(),
        height in any::<u32>(),
    ) {
        let mut chart = Chart::new("x", "y").height(height);
        if log_x { chart = chart.log_x(); }
        if log_y { chart = chart.log_y(); }
        if fixed { chart = chart.x_range(low..high).y_range(high..low); }
        if bare { chart = chart.bare(); }
        let bars = points.iter().map(|&(x, y)| (x, y, low));
        let chart = chart
            .line("line", Colour::Fit, points.iter().copied())
            .dashed("dashed", Colour::Fit, points.iter().copied())
            .points("points", Colour::Data, points.iter().copied())
            .band("band", Colour::Fit, bars.clone())
            .error_bars("bars", Colour::Fit, bars);
        prop_assert!(chart.figure().svg().starts_with("<svg"));
    }
}
