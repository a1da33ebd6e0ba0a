//! What NumPy computed for one run, as `fixtures.py` stored it.

use std::fs;
use std::path::Path;

use chainrule::ndarray::{Array, Array1, Array2, Axis};
use chainrule::{Dropout, Layer, Mask, Parameters};
use serde_json::{Map, Value};

/// The arrays of one file.
pub struct Fixture(Map<String, Value>);

impl Fixture {
    pub fn open(name: &str) -> Fixture {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let text = fs::read_to_string(folder.join(format!("{name}.json")))
            .expect("the fixture exists");
        Fixture(serde_json::from_str(&text).expect("the fixture is JSON"))
    }

    /// The lengths of an array.
    fn shape<const N: usize>(&self, name: &str) -> [usize; N] {
        let shape = self.0[name]["shape"].as_array().expect("a shape");
        let lengths = shape.iter().filter_map(Value::as_u64);
        let lengths: Vec<_> = lengths.map(|n| n as usize).collect();
        lengths.try_into().unwrap_or_else(|_| panic!("the shape of {name}"))
    }

    /// The entries of an array of numbers, in row order.
    fn numbers(&self, name: &str) -> Vec<f64> {
        let entries = self.0[name]["entries"].as_array().expect("numbers");
        let number = |entry: &Value| entry.as_f64().expect("a number");
        entries.iter().map(number).collect()
    }

    /// An array without axes.
    fn number(&self, name: &str) -> f64 {
        let [] = self.shape(name);
        self.numbers(name)[0]
    }

    pub fn matrix(&self, name: &str) -> Array2<f64> {
        Array::from_shape_vec(self.shape::<2>(name), self.numbers(name))
            .expect("as many entries as the shape says")
    }

    pub fn losses(&self, name: &str) -> Vec<f64> {
        self.numbers(name)
    }

    pub fn learning_rate(&self) -> f64 {
        self.number("learning_rate")
    }

    pub fn momentum(&self) -> f64 {
        self.number("momentum")
    }

    /// Adam's β₁ and β₂.
    pub fn betas(&self) -> [f64; 2] {
        let [2] = self.shape("betas") else { panic!("two of them") };
        let betas = self.numbers("betas");
        [betas[0], betas[1]]
    }

    pub fn updates(&self) -> usize {
        self.number("updates") as usize
    }

    /// The steps whose losses are stored, the first step being number 0: each
    /// loss is the one that its step started from.
    pub fn steps(&self) -> Vec<usize> {
        let counts_from = self.number("counts_from");
        let steps = self.numbers("steps").into_iter();
        steps.map(|step| (step - counts_from) as usize).collect()
    }

    /// How many layers have parameters, or masks, under these names.
    pub fn count(&self, prefix: &str) -> usize {
        self.0.keys().filter(|name| name.starts_with(prefix)).count()
    }

    pub fn parameters(&self, prefix: &str) -> Parameters {
        let layers = (1..=self.count(&format!("{prefix}_w"))).map(|l| Layer {
            weights: self.matrix(&format!("{prefix}_w{l}")),
            bias: self.matrix(&format!("{prefix}_b{l}")),
        });
        Parameters::from_layers(layers.collect())
            .expect("NumPy's parameters fit")
    }

    /// A vector of 32-bit floats.
    pub fn vector(&self, name: &str) -> Array1<f32> {
        self.numbers(name).into_iter().map(|number| number as f32).collect()
    }

    /// A mask's ones and zeros.
    pub fn kept(&self, name: &str) -> Array1<bool> {
        let entries = self.0[name]["entries"].as_str().expect("a string");
        entries.chars().map(|entry| entry == '1').collect()
    }

    /// The masks of every step, by layer and then by step; no layers without dropout.
    pub fn masks(&self) -> Vec<Vec<Mask>> {
        let dropout = Dropout::new(self.number("drop_prob"));
        let dropout = dropout.expect("a probability");
        let of_layer = |name: &str| {
            let shape = self.shape::<3>(name); // (steps × units × samples)
            let drawn = self.kept(name).into_shape_with_order(shape);
            let drawn = drawn.expect("as many entries as the shape says");
            drawn
                .axis_iter(Axis(0))
                .map(|kept| Mask::from_kept(kept.to_owned(), dropout))
                .collect()
        };
        (1..=self.count("mask"))
            .map(|l| of_layer(&format!("mask{l}")))
            .collect()
    }
}
