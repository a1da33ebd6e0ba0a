//! The crate compiled to WebAssembly computes the same bits as the native one.
//!
//! Runs the committed module of `book/live` beside the crate and compares the
//! losses bit by bit, at every step.

use chainrule::ndarray::{Ix1, array};
use chainrule::{
    Activation, ChaCha8Rng, Dropout, Mask, Network, Parameters, arithmetic,
    seeded, sine,
};
use wasmi::{Engine, Instance, Linker, Module, Store, WasmParams, WasmResults};

const MODULE: &[u8] = include_bytes!("../book/live/chainrule_live.wasm");

/// What the functions of the module return for input without meaning.
const REFUSED: i32 = -1;

/// One instance of the module.
struct Live {
    store: Store<()>,
    instance: Instance,
}

impl Live {
    /// An empty linker: a module that imported anything would be refused.
    fn new() -> Live {
        let engine = Engine::default();
        let module = Module::new(&engine, MODULE).expect("a module");
        let mut store = Store::new(&engine, ());
        let instance = Linker::new(&engine)
            .instantiate_and_start(&mut store, &module)
            .expect("a module without imports");
        Live { store, instance }
    }

    /// Calls an export; a trap fails the test.
    fn call<P: WasmParams, R: WasmResults>(
        &mut self,
        name: &str,
        arguments: P,
    ) -> R {
        self.instance
            .get_typed_func::<P, R>(&self.store, name)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
            .call(&mut self.store, arguments)
            .unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn number<P: WasmParams>(&mut self, name: &str, arguments: P) -> f64 {
        self.call(name, arguments)
    }

    fn code<P: WasmParams>(&mut self, name: &str, arguments: P) -> i32 {
        self.call(name, arguments)
    }
}

/// The network that `training_start` makes, and its generator.
fn native(
    seed: u32,
    hidden: u32,
    activation: Activation,
    drop_prob: f64,
) -> chainrule::Result<(Network, ChaCha8Rng)> {
    let mut rng = seeded(seed.into());
    let parameters = Parameters::uniform(&[1, hidden as usize, 1], &mut rng)?;
    let dropout = Dropout::new(drop_prob)?;
    Ok((Network::new(parameters, activation).with_dropout(dropout), rng))
}

/// Trains in both and compares each loss, then the parameters and the answers.
fn train_in_both(
    (seed, hidden, activation, drop_prob): (u32, u32, Activation, f64),
    learning_rate: f64,
    steps: usize,
) -> chainrule::Result<()> {
    let mut live = Live::new();
    let code =
        Activation::ALL.iter().position(|&a| a == activation).expect("in ALL")
            as u32;
    assert_eq!(live.code("training_start", (seed, hidden, code, drop_prob)), 0);

    let (x, y) = sine(100)?;
    let (mut network, mut rng) = native(seed, hidden, activation, drop_prob)?;
    for step in 0..steps {
        let expected =
            network.train_step(x.view(), y.view(), learning_rate, &mut rng)?;
        let found = live.number("training_step", learning_rate);
        assert_eq!(
            found.to_bits(),
            expected.to_bits(),
            "step {step}: {found} {expected}"
        );
    }

    assert_eq!(
        live.code("training_parameters", ()) as usize,
        network.parameters().count()
    );
    for (i, &mut expected) in
        (0_u32..).zip(network.parameters().clone().values_mut())
    {
        let found = live.number("training_parameter", i);
        assert_eq!(
            found.to_bits(),
            expected.to_bits(),
            "parameter {i}: {found} {expected}"
        );
    }
    for x in [-1.0, 0.0, 0.25, 0.333, 1.5] {
        let expected = network.evaluate(array![[x]].view())?[[0, 0]];
        let found = live.number("training_answer", x);
        assert_eq!(
            found.to_bits(),
            expected.to_bits(),
            "x = {x}: {found} {expected}"
        );
    }
    Ok(())
}

#[test]
fn training_has_the_same_bits() -> chainrule::Result<()> {
    train_in_both((0, 25, Activation::Sigmoid, 0.0), 0.3, 4000)
}

/// At this rate one changed last digit would be a different curve after 200
/// steps; at 0.3 the run diverges.
#[test]
fn so_it_has_with_the_hyperbolic_tangent() -> chainrule::Result<()> {
    train_in_both((0, 25, Activation::Tanh, 0.0), 0.07, 1000)
}

#[test]
fn so_it_has_with_the_rectifier_and_dropout() -> chainrule::Result<()> {
    train_in_both((7, 19, Activation::Relu, 0.2), 0.01, 1000)
}

#[test]
fn masks_are_the_same() -> chainrule::Result<()> {
    let mut live = Live::new();
    for (seed, drop_prob, length) in
        [(0, 0.4, 10_u32), (1, 0.0, 100), (u32::MAX, 0.9, 5000)]
    {
        let dropout = Dropout::new(drop_prob)?;
        let mask: Mask<Ix1> =
            dropout.draw(length as usize, &mut seeded(seed.into()));
        assert_eq!(live.code("mask_draw", (seed, drop_prob, length)), 0);
        assert_eq!(
            live.number("mask_scale", ()).to_bits(),
            mask.scale().to_bits()
        );
        for (i, &kept) in (0_u32..).zip(mask.kept()) {
            assert_eq!(
                live.code("mask_kept", i),
                i32::from(kept),
                "seed {seed}, entry {i}"
            );
        }
        assert_eq!(live.code("mask_kept", length), REFUSED);
    }
    Ok(())
}

#[test]
fn the_exponential_is_the_same() {
    let mut live = Live::new();
    for i in -7600..=7200 {
        let x = f64::from(i) * 0.100_037;
        let (found, expected) =
            (live.number("arithmetic_exp", x), arithmetic::exp(x));
        assert_eq!(
            found.to_bits(),
            expected.to_bits(),
            "exp({x}): {found:e} {expected:e}"
        );
    }
}

#[test]
fn input_without_meaning_does_not_trap() {
    let mut live = Live::new();
    assert_eq!(live.code("mask_kept", 0), REFUSED);
    assert!(live.number("mask_scale", ()).is_nan());
    assert!(live.number("training_step", 0.3).is_nan());
    assert!(live.number("training_answer", 0.5).is_nan());
    assert!(live.number("training_parameter", 0).is_nan());
    assert_eq!(live.code("training_parameters", ()), 0);

    for (drop_prob, length) in
        [(1.0, 10), (-0.1, 10), (f64::NAN, 10), (0.4, u32::MAX)]
    {
        assert_eq!(live.code("mask_draw", (0, drop_prob, length)), REFUSED);
    }
    for (hidden, activation, drop_prob) in [
        (0, 0, 0.0),
        (u32::MAX, 0, 0.0),
        (25, 3, 0.0),
        (25, 0, 1.0),
        (25, 0, f64::NAN),
    ] {
        assert_eq!(
            live.code("training_start", (0, hidden, activation, drop_prob)),
            REFUSED
        );
    }

    assert_eq!(live.code("training_start", (0, 1024, 0, 0.0)), 0);
    for learning_rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(live.number("training_step", learning_rate).is_nan());
    }
    assert!(live.number("training_answer", f64::INFINITY).is_nan());
    assert!(live.number("training_parameter", u32::MAX).is_nan());
    assert!(
        live.number("training_step", 0.3).is_finite(),
        "the run is still there"
    );
}

#[test]
fn a_diverged_run_says_so_and_can_be_started_again() {
    let mut live = Live::new();
    assert_eq!(live.code("training_start", (0, 25, 2, 0.0)), 0);
    assert!((0..1000).any(|_| live.number("training_step", 10.0).is_nan()));
    assert!(live.number("training_step", 10.0).is_nan());
    assert_eq!(live.code("training_start", (0, 25, 2, 0.0)), 0);
    assert!(live.number("training_step", 0.01).is_finite());
}

#[test]
fn the_module_names_no_folder_of_the_machine_that_built_it() {
    for trace in [
        "/home/",
        "/root/",
        "/Users/",
        "/tmp/",
        "\\Users\\",
        ".cargo",
        "registry",
    ] {
        let found =
            MODULE.windows(trace.len()).any(|bytes| bytes == trace.as_bytes());
        assert!(
            !found,
            "{trace} is in the module: build it with book/live/build"
        );
    }
}
