//! What NumPy computed for one run, as `fixtures.py` stored it.

use std::fs::File;
use std::path::Path;

use chainrule::ndarray::{Array, Array2, Array3, Axis, Dimension, Ix0, Ix1};
use chainrule::{Dropout, Layer, Mask, Parameters};
use ndarray_npy::{NpzReader, ReadableElement};

/// The arrays of one `.npz` file.
pub struct Fixture(NpzReader<File>);

impl Fixture {
    pub fn open(name: &str) -> Fixture {
        let folder =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let file = File::open(folder.join(format!("{name}.npz")))
            .expect("the fixture exists");
        Fixture(NpzReader::new(file).expect("the fixture is an npz file"))
    }

    pub fn array<T: ReadableElement, D: Dimension>(
        &mut self,
        name: &str,
    ) -> Array<T, D> {
        let array = self.0.by_name(&format!("{name}.npy"));
        array.unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub fn matrix(&mut self, name: &str) -> Array2<f64> {
        self.array(name)
    }

    pub fn losses(&mut self, name: &str) -> Vec<f64> {
        self.array::<f64, Ix1>(name).to_vec()
    }

    pub fn learning_rate(&mut self) -> f64 {
        self.array::<f64, Ix0>("learning_rate").into_scalar()
    }

    pub fn updates(&mut self) -> usize {
        self.array::<i64, Ix0>("updates").into_scalar() as usize
    }

    /// The steps whose losses are stored, the first step being number 0: each
    /// loss is the one that its step started from.
    pub fn steps(&mut self) -> Vec<usize> {
        let counts_from = self.array::<i64, Ix0>("counts_from").into_scalar();
        self.array::<i64, Ix1>("steps")
            .iter()
            .map(|step| (step - counts_from) as usize)
            .collect()
    }

    /// How many layers have parameters, or masks, under these names.
    pub fn count(&mut self, prefix: &str) -> usize {
        let names = self.0.names().expect("the names can be read");
        names.iter().filter(|name| name.starts_with(prefix)).count()
    }

    pub fn parameters(&mut self, prefix: &str) -> Parameters {
        let layers = (1..=self.count(&format!("{prefix}_w"))).map(|l| Layer {
            weights: self.matrix(&format!("{prefix}_w{l}")),
            bias: self.matrix(&format!("{prefix}_b{l}")),
        });
        Parameters::from_layers(layers.collect())
            .expect("NumPy's parameters fit")
    }

    /// The masks of every step, by layer and then by step; no layers without dropout.
    pub fn masks(&mut self) -> Vec<Vec<Mask>> {
        let drop_prob = self.array::<f64, Ix0>("drop_prob").into_scalar();
        let dropout = Dropout::new(drop_prob).expect("a probability");
        let of_layer = |drawn: Array3<bool>| {
            drawn
                .axis_iter(Axis(0))
                .map(|kept| Mask::from_kept(kept.to_owned(), dropout))
                .collect()
        };
        (1..=self.count("mask"))
            .map(|l| of_layer(self.array(&format!("mask{l}"))))
            .collect()
    }
}
