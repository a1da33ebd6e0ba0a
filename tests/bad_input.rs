//! Every public function refuses what makes no sense, and says what would have.
//!
//! A message names the value and what is allowed, so the tests compare messages.

use chainrule::ndarray::{
    Array2, Array3, ArrayView2, Dimension, IntoDimension, array,
};
use chainrule::{
    Activation, Adam, Buffers, Descent, Dropout, Error, Gradients, Layer, Mask,
    Momentum, Network, Parameters, Result, backward, central_differences, cost,
    evaluate, forward, forward_dropout, forward_masked, mse,
    relative_difference, seeded, sine, update,
};

const NOT_FINITE: [f64; 3] = [f64::NAN, f64::INFINITY, f64::NEG_INFINITY];

/// The message of an error; the test fails if there is none.
fn message<T>(result: Result<T>) -> String {
    match result {
        Ok(_) => panic!("accepted"),
        Err(error) => error.to_string(),
    }
}

fn finite_message(what: &str, value: f64) -> String {
    format!("{what} contains {value}; every value must be finite")
}

fn drawn<D: Dimension>(
    dropout: Dropout,
    shape: impl IntoDimension<Dim = D>,
) -> Mask<D> {
    dropout.draw(shape, &mut seeded(0)).expect("a small mask")
}

/// Two inputs, three hidden units, two outputs.
fn parameters() -> Parameters {
    Parameters::xavier(&[2, 3, 2], &mut seeded(0)).expect("sizes")
}

/// Zeros, (rows × samples).
fn zeros(rows: usize, samples: usize) -> Array2<f64> {
    Array2::zeros((rows, samples))
}

/// Zeros of which the last is `value`.
fn with(value: f64) -> Array2<f64> {
    let mut matrix = zeros(2, 5);
    matrix[[1, 4]] = value;
    matrix
}

/// The parameters with number `i` replaced.
fn parameters_with(i: usize, value: f64) -> Parameters {
    let mut parameters = parameters();
    *parameters.values_mut().nth(i).expect("a parameter") = value;
    parameters
}

/// What every function that reads x and y says to them.
fn of_passes(parameters: &Parameters, x: ArrayView2<'_, f64>) -> Vec<String> {
    let (activation, mut buffers) = (Activation::Tanh, Buffers::new());
    let dropout = Dropout::new(0.5).expect("a probability");
    let masks = [drawn(dropout, (3, x.ncols()))];
    let mut network =
        Network::new(parameters.clone(), activation).with_dropout(dropout);
    let y = zeros(2, x.ncols());
    vec![
        message(forward(parameters, activation, x, &mut buffers)),
        message(forward_dropout(
            parameters,
            activation,
            dropout,
            x,
            &mut seeded(0),
            &mut buffers,
        )),
        message(forward_masked(
            parameters,
            activation,
            &masks,
            x,
            &mut buffers,
        )),
        message(evaluate(parameters, activation, x)),
        message(network.evaluate(x)),
        message(network.loss(x, y.view())),
        message(network.train_step(
            x,
            y.view(),
            &mut descent(0.1),
            &mut seeded(0),
        )),
    ]
}

/// All seven of [`of_passes`] refuse in the same words.
fn assert_refused(
    parameters: &Parameters,
    x: ArrayView2<'_, f64>,
    expected: &str,
) {
    assert_eq!(of_passes(parameters, x), [expected; 7]);
}

#[test]
fn an_input_that_does_not_fit() {
    assert_refused(
        &parameters(),
        zeros(3, 5).view(),
        "x is 3×5; 2×5 was expected",
    );
    assert_refused(
        &parameters(),
        zeros(2, 0).view(),
        "x has no samples; at least 1 is needed",
    );
    for value in NOT_FINITE {
        assert_refused(
            &parameters(),
            with(value).view(),
            &finite_message("x", value),
        );
    }
}

#[test]
fn a_target_that_does_not_fit() {
    let (parameters, x) = (parameters(), zeros(2, 5));
    let mut network = Network::new(parameters.clone(), Activation::Tanh);
    let mut refusals = |y: Array2<f64>| {
        let mut buffers = Buffers::new();
        let pass =
            forward(&parameters, Activation::Tanh, x.view(), &mut buffers)
                .expect("finite");
        let output = pass.output().to_owned();
        [
            message(backward(pass, y.view())),
            message(mse(output.view(), y.view())),
            message(cost(output.view(), y.view())),
            message(network.loss(x.view(), y.view())),
            message(network.train_step(
                x.view(),
                y.view(),
                &mut descent(0.1),
                &mut seeded(0),
            )),
        ]
    };
    for (rows, samples) in [(2, 4), (1, 5), (2, 0)] {
        let [of_backward, others @ ..] = refusals(zeros(rows, samples));
        assert_eq!(
            of_backward,
            format!("y is {rows}×{samples}; 2×5 was expected")
        );
        assert_eq!(
            others,
            [(); 4].map(|()| format!(
                "the output is 2×5; {rows}×{samples} was expected"
            ))
        );
    }
    for value in NOT_FINITE {
        assert_eq!(
            refusals(with(value)),
            [(); 5].map(|()| finite_message("y", value))
        );
    }
}

#[test]
fn a_loss_of_nothing_or_of_what_is_not_a_number() {
    for loss in [mse, cost] {
        let none = zeros(2, 0);
        let refused = message(loss(none.view(), none.view()));
        assert_eq!(refused, "y has no samples; at least 1 is needed");
        for (value, sum) in [
            (f64::NAN, f64::NAN),
            (f64::INFINITY, f64::INFINITY),
            (1e200, f64::INFINITY),
        ] {
            let refused = message(loss(with(value).view(), zeros(2, 5).view()));
            assert_eq!(refused, finite_message("the loss", sum));
        }
    }
}

/// Whichever parameter it is: a rectifier must not hide a NaN, nor a sigmoid an
/// infinity.
#[test]
fn parameters_that_are_not_finite() {
    let x = Array2::from_elem((2, 5), 0.5);
    for i in 0..parameters().count() {
        for (value, activation) in
            NOT_FINITE.into_iter().flat_map(|v| Activation::ALL.map(|a| (v, a)))
        {
            let refused = forward(
                &parameters_with(i, value),
                activation,
                x.view(),
                &mut Buffers::new(),
            )
            .map(|pass| pass.output().to_owned());
            assert!(
                matches!(refused, Err(Error::NotFinite { .. })),
                "parameter {i} is {value}, {activation}: {refused:?}"
            );
        }
    }
}

#[test]
fn layers_that_make_no_network() {
    for sizes in [vec![], vec![1], vec![0, 1], vec![1, 0, 1], vec![1, 0]] {
        let expected = format!(
            "layers {sizes:?} are not two or more sizes of at least 1 each"
        );
        assert_eq!(
            message(Parameters::uniform(&sizes, &mut seeded(0))),
            expected
        );
        assert_eq!(
            message(Parameters::xavier(&sizes, &mut seeded(0))),
            expected
        );
    }
    let layer = |out, inputs| Layer {
        weights: zeros(out, inputs),
        bias: zeros(out, 1),
    };
    let given =
        |layers: &[Layer]| message(Parameters::from_layers(layers.to_vec()));
    assert_eq!(
        given(&[]),
        "layers [] are not two or more sizes of at least 1 each"
    );
    assert_eq!(
        given(&[layer(0, 2)]),
        "layers [2, 0] are not two or more sizes of at least 1 each"
    );
    assert_eq!(
        given(&[layer(3, 2), layer(2, 4)]),
        "w2 is 2×4; 2×3 was expected"
    );
    for bias in [zeros(2, 1), zeros(1, 3), zeros(3, 0)] {
        let expected = format!(
            "b1 is {}×{}; 3×1 was expected",
            bias.nrows(),
            bias.ncols()
        );
        assert_eq!(given(&[Layer { weights: zeros(3, 2), bias }]), expected);
    }
    for value in NOT_FINITE {
        let bad = Layer { weights: with(value), bias: zeros(2, 1) };
        assert_eq!(given(&[layer(5, 2), bad]), finite_message("w2", value));
        let bad = Layer { weights: zeros(1, 2), bias: array![[value]] };
        assert_eq!(given(&[bad]), finite_message("b1", value));
    }
}

#[test]
fn masks_that_do_not_fit() {
    let (parameters, x) = (parameters(), zeros(2, 5));
    let refusal = |shapes: &[(usize, usize)]| {
        let masks: Vec<Mask> =
            shapes.iter().map(|&s| drawn(Dropout::NONE, s)).collect();
        message(forward_masked(
            &parameters,
            Activation::Tanh,
            &masks,
            x.view(),
            &mut Buffers::new(),
        ))
    };
    let count = "masks were given; 1 were expected, one for each hidden layer";
    assert_eq!(refusal(&[]), format!("0 {count}"));
    assert_eq!(refusal(&[(3, 5), (2, 5)]), format!("2 {count}"));
    assert_eq!(refusal(&[(5, 3)]), "mask 1 is 5×3; 3×5 was expected");
    assert_eq!(refusal(&[(3, 1)]), "mask 1 is 3×1; 3×5 was expected");
}

#[test]
fn a_mask_for_another_shape() {
    let mask = drawn(Dropout::NONE, (2, 5));
    for refused in
        [mask.apply(zeros(5, 2).view()), mask.masked(zeros(5, 2).view())]
    {
        assert_eq!(message(refused), "x is 5×2; 2×5 was expected");
    }
    let mask = drawn(Dropout::NONE, (2, 3, 4));
    assert!(
        mask.apply(Array3::<f64>::zeros((4, 3, 2)).view()).is_err(),
        "as many, elsewhere"
    );
}

#[test]
fn probabilities_and_names() {
    for value in [-0.1, 1.0, 1.7, f64::NAN, f64::INFINITY] {
        assert_eq!(
            message(Dropout::new(value)),
            format!("drop probability {value} is not in [0, 1)")
        );
    }
    let refused = message("softplus".parse::<Activation>());
    assert_eq!(
        refused,
        "activation 'softplus' is not one of sigmoid, tanh, relu"
    );
    assert_eq!(
        message(sine(0)),
        "the sine has no samples; at least 1 is needed"
    );
}

#[test]
fn learning_rates() {
    for value in [0.0, -0.0, -0.1, f64::NAN, f64::INFINITY] {
        let expected =
            format!("learning rate {value} is not a finite number above 0");
        assert_eq!(message(Descent::new(value)), expected);
        assert_eq!(message(Momentum::new(value, 0.9)), expected);
        assert_eq!(message(Adam::new(value)), expected);
        let gradients = Gradients::zeros_like(&parameters());
        assert_eq!(
            message(update(&mut parameters(), &gradients, value)),
            expected
        );
    }
}

#[test]
fn momenta() {
    for value in [-0.1, 1.0, f64::NAN, f64::INFINITY] {
        let expected = format!("momentum {value} is not in [0, 1)");
        assert_eq!(message(Momentum::new(0.1, value)), expected);
    }
}

#[test]
fn the_shares_and_the_epsilon_of_adam() {
    let adam = Adam::new(0.001).expect("a learning rate");
    for value in [-0.1, 1.0, f64::NAN, f64::INFINITY] {
        let first = adam.clone().with_betas(value, 0.999);
        assert_eq!(message(first), format!("β₁ {value} is not in [0, 1)"));
        let second = adam.clone().with_betas(0.9, value);
        assert_eq!(message(second), format!("β₂ {value} is not in [0, 1)"));
    }
    for value in [-1.0, 0.0, f64::NAN, f64::INFINITY] {
        let expected = format!("ε {value} is not a finite number above 0");
        assert_eq!(message(adam.clone().with_epsilon(value)), expected);
    }
}

#[test]
fn gradients_of_another_network() {
    let of = |sizes: &[usize]| {
        Parameters::uniform(sizes, &mut seeded(0)).expect("sizes")
    };
    let refusal = |sizes| {
        message(update(
            &mut parameters(),
            &Gradients::zeros_like(&of(sizes)),
            0.1,
        ))
    };
    assert_eq!(
        refusal(&[2, 2]),
        "the list of layers in the gradients is 1×1; 2×1 was expected"
    );
    assert_eq!(refusal(&[2, 4, 2]), "dw is 4×2; 3×2 was expected");
}

#[test]
fn differences_that_are_none() {
    for h in [0.0, -1e-5, f64::NAN, f64::INFINITY] {
        let refused =
            message(central_differences(&parameters(), h, |_| Ok(0.0)));
        assert_eq!(
            refused,
            format!("step size {h} is not a finite number above 0")
        );
    }
    let failing = central_differences(&parameters(), 1e-5, |_| {
        Err(Error::NoSamples("x"))
    });
    assert_eq!(
        failing,
        Err(Error::NoSamples("x")),
        "an error of the cost is passed on"
    );

    let zero = Gradients::zeros_like(&parameters());
    let one_layer =
        Parameters::uniform(&[2, 2], &mut seeded(0)).expect("sizes");
    assert_eq!(
        relative_difference(&zero, &Gradients::zeros_like(&one_layer)),
        f64::INFINITY
    );
}

/// The judge must not call a gradient of NaNs equal to anything.
#[test]
fn a_gradient_check_does_not_pass_a_nan() {
    let zero = Gradients::zeros_like(&parameters());
    match central_differences(&parameters(), 1e-5, |_| Ok(f64::NAN)) {
        Ok(nan) => assert_eq!(relative_difference(&zero, &nan), f64::INFINITY),
        Err(refused) => {
            assert!(matches!(refused, Error::NotFinite { .. }), "{refused}")
        }
    }
}

fn descent(learning_rate: f64) -> Descent {
    Descent::new(learning_rate).expect("a learning rate")
}

/// A run that diverges ends with an error; no loss on the way is a NaN.
#[test]
fn a_run_that_diverges() {
    let (x, y) = sine(100).expect("samples");
    for (activation, learning_rate) in
        Activation::ALL.into_iter().flat_map(|a| [(a, 1e3), (a, 1e155)])
    {
        let parameters =
            Parameters::uniform(&[1, 25, 1], &mut seeded(0)).expect("sizes");
        let mut network = Network::new(parameters, activation);
        let mut step = || {
            network.train_step(
                x.view(),
                y.view(),
                &mut descent(learning_rate),
                &mut seeded(0),
            )
        };
        let end = (0..1000).map(|_| step()).find_map(|step| match step {
            Ok(loss) => {
                assert!(loss.is_finite());
                None
            }
            Err(error) => Some(error),
        });
        assert!(
            matches!(end, Some(Error::NotFinite { .. })),
            "{activation}: {end:?}"
        );
    }
}

/// Weights of 1e300 and −1e300 that meet at one unit: ∞ − ∞ is not a number,
/// and no activation may turn it into one.
#[test]
fn what_overflows_inside_is_refused() {
    let parameters = Parameters::from_layers(vec![
        Layer { weights: array![[1e300, -1e300]], bias: array![[0.0]] },
        Layer { weights: array![[1.0]], bias: array![[0.0]] },
    ])
    .expect("they fit");
    let x = array![[1e300], [1e300]];
    for activation in Activation::ALL {
        let mut buffers = Buffers::new();
        let pass = forward(&parameters, activation, x.view(), &mut buffers);
        assert!(message(pass).starts_with("z1 contains NaN"));
    }
}

#[test]
fn a_step_out_of_the_finite_numbers_is_refused() {
    let mut parameters = Parameters::from_layers(vec![Layer {
        weights: array![[1e308]],
        bias: array![[0.0]],
    }])
    .expect("it fits");
    let (x, y) = (array![[1.0]], array![[-5e307]]);
    let mut buffers = Buffers::new();
    let pass = forward(&parameters, Activation::Tanh, x.view(), &mut buffers)
        .expect("finite");
    let gradients = backward(pass, y.view()).expect("dw is 1.5e308");
    assert_eq!(
        message(update(&mut parameters, gradients, 2.0)),
        finite_message("w1", f64::NEG_INFINITY)
    );
    // Whoever goes on all the same is stopped at the next pass.
    let pass = forward(&parameters, Activation::Tanh, x.view(), &mut buffers);
    assert_eq!(message(pass), finite_message("w1", f64::NEG_INFINITY));
}
