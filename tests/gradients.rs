//! Gradients against central differences, and what must hold for every network.
//!
//! The networks are drawn by proptest from a fixed seed, so that a failure here
//! is a failure everywhere.

use chainrule::ndarray::{Array2, Axis, s};
use chainrule::{
    Activation, Buffers, Descent, Dropout, Gradients, Mask, Network,
    Parameters, Pass, Result, backward, central_differences, cost, evaluate,
    forward, forward_masked, mse, relative_difference, seeded,
};
use proptest::prelude::*;
use proptest::test_runner::{RngSeed, TestCaseError};
use rand::{Rng, RngExt};

/// How far a parameter is moved for a central difference: the error of the
/// formula, h², and that of the subtraction, 10⁻¹⁶/h, are then about the same.
const H: f64 = 1e-5;

fn config(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(20),
        max_global_rejects: cases / 4,
        ..ProptestConfig::default()
    }
}

/// A network, its data, and the masks it is trained with.
#[derive(Debug)]
struct Case {
    parameters: Parameters,
    activation: Activation,
    x: Array2<f64>,
    y: Array2<f64>,
    dropout: Dropout,
    seed: u64,
}

impl Case {
    fn new(
        sizes: &[usize],
        samples: usize,
        activation: Activation,
        p: f64,
        seed: u64,
    ) -> Case {
        let mut rng = seeded(seed);
        let mut parameters =
            Parameters::uniform(sizes, &mut rng).expect("sizes");
        for value in parameters.values_mut() {
            *value = rng.random_range(-1.0..1.0); // the biases too
        }
        let mut noise = |rows| {
            Array2::from_shape_simple_fn((rows, samples), || {
                rng.random_range(-2.0..2.0)
            })
        };
        let (x, y) = (noise(sizes[0]), noise(sizes[sizes.len() - 1]));
        let dropout = Dropout::new(p).expect("a probability");
        Case { parameters, activation, x, y, dropout, seed }
    }

    /// One mask for each hidden layer.
    fn masks(&self, dropout: Dropout) -> Vec<Mask> {
        let (sizes, mut rng) = (self.parameters.sizes(), seeded(!self.seed));
        let hidden = &sizes[1..sizes.len() - 1];
        hidden
            .iter()
            .map(|&units| dropout.draw((units, self.x.ncols()), &mut rng))
            .collect::<Result<_>>()
            .expect("small")
    }

    /// At which hidden units and samples a rectifier is open: where that
    /// changes, the cost has a corner.
    fn open(pass: &Pass<'_, '_>) -> Vec<bool> {
        (1..pass.depth())
            .flat_map(|l| pass.z(l).mapv(|z| z > 0.0).into_iter())
            .collect()
    }
}

/// Compares `backward` with central differences of the cost of the same pass.
fn check_gradient<F>(
    case: &Case,
    pass: F,
) -> std::result::Result<(), TestCaseError>
where
    F: for<'p, 'b> Fn(&'p Parameters, &'b mut Buffers) -> Result<Pass<'p, 'b>>,
{
    let mut buffers = Buffers::new();
    let first = pass(&case.parameters, &mut buffers).expect("finite");
    let open = Case::open(&first);
    let gradients = backward(first, case.y.view()).expect("finite").clone();

    let h = H * (1.0 - case.dropout.drop_prob()); // the scale magnifies every step
    let mut corner = false;
    let numeric = central_differences(&case.parameters, h, |moved| {
        let pass = pass(moved, &mut buffers)?;
        corner |=
            case.activation == Activation::Relu && Case::open(&pass) != open;
        cost(pass.output(), case.y.view())
    });
    prop_assume!(!corner);
    let difference = relative_difference(&gradients, &numeric.expect("finite"));
    prop_assert!(difference < 1e-7, "{difference:.1e} apart");
    prop_assert!(gradients.values().all(f64::is_finite));
    Ok(())
}

fn activations() -> impl Strategy<Value = Activation> {
    proptest::sample::select(Activation::ALL.to_vec())
}

prop_compose! {
    fn cases()(
        sizes in prop::collection::vec(1..6_usize, 2..6),
        samples in 1..8_usize,
        activation in activations(),
        p in proptest::sample::select(vec![0.0, 0.2, 0.5, 0.9]),
        seed in any::<u64>(),
    ) -> Case {
        Case::new(&sizes, samples, activation, p, seed)
    }
}

proptest! {
    #![proptest_config(config(400))]

    #[test]
    fn a_derivative_is_the_slope(activation in activations(), z in -30.0..30.0_f64) {
        prop_assume!(activation != Activation::Relu || z.abs() > H);
        let slope = (activation.value(z + H) - activation.value(z - H)) / (2.0 * H);
        let derivative = activation.derivative(activation.value(z));
        prop_assert!((slope - derivative).abs() < 1e-9, "{slope} and {derivative}");
    }

    #[test]
    fn backward_is_the_gradient_of_the_cost(case in cases()) {
        check_gradient(&case, |parameters, buffers| {
            forward(parameters, case.activation, case.x.view(), buffers)
        })?;
    }

    #[test]
    fn backward_is_the_gradient_with_given_masks(case in cases()) {
        let masks = case.masks(case.dropout);
        check_gradient(&case, |parameters, buffers| {
            forward_masked(parameters, case.activation, &masks, case.x.view(), buffers)
        })?;
    }

    /// Masks belong to one pass: the next one, without any, drops nothing.
    #[test]
    fn masks_do_not_outlive_their_pass(case in cases()) {
        let masks = case.masks(case.dropout);
        let (mut used, mut fresh) = (Buffers::new(), Buffers::new());
        let x = case.x.view();
        let _ = forward_masked(&case.parameters, case.activation, &masks, x, &mut used);
        let after = forward(&case.parameters, case.activation, x, &mut used).expect("finite");
        let alone = forward(&case.parameters, case.activation, x, &mut fresh).expect("finite");
        prop_assert_eq!(after.output(), alone.output());
    }

    #[test]
    fn the_cost_of_k_outputs_is_half_of_k_losses(case in cases()) {
        let output = evaluate(&case.parameters, case.activation, case.x.view()).expect("finite");
        let loss = mse(output.view(), case.y.view()).expect("finite");
        let cost = cost(output.view(), case.y.view()).expect("finite");
        let k = case.y.nrows() as f64;
        prop_assert!((cost - k / 2.0 * loss).abs() <= 1e-15 * k * loss);
    }

    /// What is not dropped is rescaled, and so the mean survives: within five
    /// standard deviations of x, √(p/(1−p)/n) · x for n draws.
    #[test]
    fn the_mean_survives_a_mask(p in 0.0..0.95_f64, x in 0.1..10.0_f64, seed in any::<u64>()) {
        let n = 10_000;
        let dropout = Dropout::new(p).expect("a probability");
        let mask = dropout.draw((1, n), &mut seeded(seed)).expect("small");
        let dropped = mask.apply(Array2::from_elem((1, n), x).view()).expect("the same shape");
        let scaled = x / (1.0 - p);
        prop_assert!(dropped.iter().all(|&v| v == 0.0 || (v / scaled - 1.0).abs() < 1e-15));
        let sigma = (p / (1.0 - p) / n as f64).sqrt() * x;
        prop_assert!((dropped.mean().expect("draws") - x).abs() <= 5.0 * sigma + 1e-12);
    }
}

proptest! {
    #![proptest_config(config(60))]

    /// A sample's answer does not depend on the samples beside it, nor on how
    /// often it is asked; dropout is for training alone.
    #[test]
    fn an_answer_is_the_samples_own(case in cases(), m in 2..2500_usize, cut in 0.0..1.0_f64) {
        let x = Array2::from_shape_fn((case.x.nrows(), m), |(i, s)| ((i + 7 * s) as f64).sin());
        let network = Network::new(case.parameters, case.activation).with_dropout(case.dropout);
        let cut = 1 + (cut * (m - 1) as f64) as usize;
        let whole = network.evaluate(x.view()).expect("finite");
        let left = network.evaluate(x.slice(s![.., ..cut])).expect("finite");
        prop_assert_eq!(&left, &whole.slice(s![.., ..cut]));
        if cut < m {
            let right = network.evaluate(x.slice(s![.., cut..])).expect("finite");
            prop_assert_eq!(&right, &whole.slice(s![.., cut..]));
        }
        let alone = x.column(m - 1).insert_axis(Axis(1));
        let alone = network.evaluate(alone).expect("finite");
        prop_assert_eq!(alone.column(0), whole.column(m - 1));
        prop_assert_eq!(network.evaluate(x.view()), Ok(whole));
    }

    /// A whole layer is activated as one number is, to the last bit.
    #[test]
    fn a_layer_is_f_of_its_weighted_sums(case in cases(), m in 1..300_usize) {
        let x = Array2::from_shape_fn((case.x.nrows(), m), |(i, s)| ((i + 7 * s) as f64).sin());
        let (f, mut buffers) = (case.activation, Buffers::new());
        let pass = forward(&case.parameters, f, x.view(), &mut buffers).expect("finite");
        for l in 1..pass.depth() {
            prop_assert_eq!(pass.a(l), pass.z(l).mapv(|z| f.value(z)));
        }
    }

    /// At probability 0 nothing is drawn and nothing changes, to the last bit;
    /// masks that keep everything are no masks.
    #[test]
    fn dropping_nothing_is_no_dropout(case in cases()) {
        let none = Dropout::new(0.0).expect("a probability");
        let (x, y) = (case.x.view(), case.y.view());
        let mut plain = Network::new(case.parameters.clone(), case.activation);
        let mut dropping = plain.clone().with_dropout(none);
        let mut rng = seeded(case.seed);
        let mut descent = Descent::new(0.01).expect("a step size");
        for _ in 0..5 {
            let loss = plain.train_step(x, y, &mut descent, &mut seeded(0)).expect("finite");
            let other = dropping.train_step(x, y, &mut descent, &mut rng).expect("finite");
            prop_assert_eq!(loss.to_bits(), other.to_bits());
        }
        prop_assert_eq!(plain.parameters(), dropping.parameters());
        prop_assert_eq!(rng.next_u64(), seeded(case.seed).next_u64());

        let masks = case.masks(none);
        let (mut one, mut two) = (Buffers::new(), Buffers::new());
        let masked = forward_masked(&case.parameters, case.activation, &masks, case.x.view(), &mut one);
        let plain = forward(&case.parameters, case.activation, case.x.view(), &mut two);
        let gradients = |pass: Result<Pass<'_, '_>>| -> Gradients {
            backward(pass.expect("finite"), case.y.view()).expect("finite").clone()
        };
        prop_assert_eq!(gradients(masked), gradients(plain));
    }
}
