//! A network, its data and how to train it, as `compare.py` describes them.

use crate::Outcome;

/// One piece of work. A sample is a column, and every matrix is in row order.
pub struct Workload {
    /// Whether numbers are 64 bits wide, or 32.
    pub double: bool,
    pub threads: usize,
    pub drop_prob: f64,
    pub learning_rate: f64,
    pub sizes: Vec<usize>,
    pub samples: usize,
    /// (in × samples).
    pub x: Vec<f64>,
    /// (out × samples).
    pub y: Vec<f64>,
    /// The weights of each layer, (out × in). Biases start at 0.
    pub weights: Vec<Vec<f64>>,
}

impl Workload {
    /// From the arguments: width, threads, drop probability, learning rate,
    /// sizes, samples, and the file with x, y and the weights.
    pub fn read(arguments: &[String]) -> Outcome<Workload> {
        let [width, threads, drop_prob, learning_rate, sizes, samples, file] =
            arguments
        else {
            return Err(
                format!("8 arguments, not {}", arguments.len() + 1).into()
            );
        };
        let sizes = sizes
            .split(',')
            .map(str::parse)
            .collect::<Result<Vec<usize>, _>>()?;
        let samples: usize = samples.parse()?;

        let bytes = std::fs::read(file)?;
        let (numbers, _) = bytes.as_chunks::<8>();
        let mut numbers =
            numbers.iter().map(|&bytes| f64::from_le_bytes(bytes));
        let mut take = |count| numbers.by_ref().take(count).collect::<Vec<_>>();
        Ok(Workload {
            double: width == "f64",
            threads: threads.parse()?,
            drop_prob: drop_prob.parse()?,
            learning_rate: learning_rate.parse()?,
            x: take(sizes[0] * samples),
            y: take(sizes[sizes.len() - 1] * samples),
            weights: sizes.windows(2).map(|l| take(l[0] * l[1])).collect(),
            sizes,
            samples,
        })
    }

    /// (out, in) and the weights of each layer.
    pub fn layers(&self) -> impl Iterator<Item = ((usize, usize), &[f64])> {
        let shapes = self.sizes.windows(2).map(|pair| (pair[1], pair[0]));
        shapes.zip(self.weights.iter().map(Vec::as_slice))
    }

    /// A matrix turned around: the others take a sample as a row.
    pub fn transposed(matrix: &[f64], rows: usize, columns: usize) -> Vec<f64> {
        (0..rows * columns)
            .map(|i| matrix[i % rows * columns + i / rows])
            .collect()
    }

    /// The step on the mean over every entry, which the others descend, that
    /// is a step of `learning_rate` on half the sum of squares of a sample.
    pub fn step_on_mean(&self) -> f64 {
        self.learning_rate * self.sizes[self.sizes.len() - 1] as f64 / 2.0
    }
}
