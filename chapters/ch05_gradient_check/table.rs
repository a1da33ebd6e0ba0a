//! Backward against central differences, for every block of parameters.

use std::io::Write;

use chainrule::{
    Activation, Buffers, Dropout, Gradients, Loss, Mask, Parameters, Pass,
    Result, central_differences, forward_masked, seeded,
};
use chapters::cli::Outcome;
use ndarray::Array2;
use rand::RngExt;

const SIZES: [usize; 4] = [2, 5, 4, 3];
const SAMPLES: usize = 12;
pub const LEVELS: [f64; 4] = [0.0, 0.2, 0.5, 0.9];
/// A larger relative difference is a wrong gradient.
const LIMIT: f64 = 1e-6;
/// How far every weighted sum stays from the corner of a rectifier.
const MARGIN: f64 = 1e-3;

/// A network with everything that is frozen while its gradient is checked.
pub struct Case {
    pub parameters: Parameters,
    activation: Activation,
    loss: Loss,
    x: Array2<f64>,
    y: Array2<f64>,
    masks: Vec<Mask>,
}

impl Case {
    /// Weights and biases in ±1, inputs in ±2, class s mod 3 for sample s.
    pub fn draw(
        loss: Loss,
        activation: Activation,
        dropout: Dropout,
        seed: u64,
    ) -> Result<Case> {
        let mut rng = seeded(seed);
        let mut parameters = Parameters::xavier(&SIZES, &mut rng)?;
        for value in parameters.values_mut() {
            *value = rng.random_range(-1.0..1.0);
        }
        let x = Array2::from_shape_simple_fn((SIZES[0], SAMPLES), || {
            rng.random_range(-2.0..2.0)
        });
        let y = Array2::from_shape_fn((SIZES[3], SAMPLES), |(k, s)| {
            f64::from(s % 3 == k)
        });
        let masks = SIZES[1..3]
            .iter()
            .map(|&units| dropout.draw((units, SAMPLES), &mut rng))
            .collect::<Result<_>>()?;
        Ok(Case { parameters, activation, loss, x, y, masks })
    }

    /// As [`Case::draw`], redrawn until a rectifier is away from its corner.
    fn away_from_corners(
        loss: Loss,
        activation: Activation,
        dropout: Dropout,
        seed: u64,
    ) -> Result<Case> {
        let mut seed = seed;
        loop {
            let case = Case::draw(loss, activation, dropout, seed)?;
            if activation != Activation::Relu || case.margin()? > MARGIN {
                return Ok(case);
            }
            seed = seed.wrapping_add(1);
        }
    }

    /// The smallest |z| of a hidden unit.
    fn margin(&self) -> Result<f64> {
        let mut buffers = Buffers::new();
        let pass = self.pass(&self.parameters, &mut buffers)?;
        let hidden = (1..pass.depth()).flat_map(|l| pass.z(l).into_iter());
        Ok(hidden.fold(f64::INFINITY, |least, z| least.min(z.abs())))
    }

    fn pass<'p, 'b>(
        &self,
        parameters: &'p Parameters,
        buffers: &'b mut Buffers,
    ) -> Result<Pass<'p, 'b>> {
        let x = self.x.view();
        forward_masked(parameters, self.activation, &self.masks, x, buffers)
    }

    /// The two gradients: backward's, and that of central differences.
    // ANCHOR: both
    pub fn both(&self, h: f64) -> Result<(Gradients, Gradients)> {
        let mut buffers = Buffers::new();
        let pass = self.pass(&self.parameters, &mut buffers)?;
        let gradients = self.loss.backward(pass, self.y.view())?.clone();
        let numeric = central_differences(&self.parameters, h, |moved| {
            let pass = self.pass(moved, &mut buffers)?;
            self.loss.cost(pass.output(), self.y.view())
        })?;
        Ok((gradients, numeric))
    }
    // ANCHOR_END: both

    /// The loss itself.
    pub fn value(&self) -> Result<f64> {
        let mut buffers = Buffers::new();
        let pass = self.pass(&self.parameters, &mut buffers)?;
        self.loss.cost(pass.output(), self.y.view())
    }
}

/// The largest difference of two blocks, itself and over the largest entry.
fn compare(a: &Array2<f64>, b: &Array2<f64>) -> (f64, f64) {
    let largest = |block: &mut dyn Iterator<Item = f64>| {
        block.fold(0.0_f64, |largest, v| largest.max(v.abs()))
    };
    let apart = largest(&mut a.iter().zip(b).map(|(a, b)| a - b));
    let size = largest(&mut a.iter().chain(b).copied());
    (apart, if size == 0.0 { 0.0 } else { apart / size })
}

pub fn print(out: &mut dyn Write, seed: u64, h: f64) -> Outcome {
    writeln!(
        out,
        "layers {SIZES:?}, {SAMPLES} samples, h = {h:e}\n\n\
         {:14}{:9}{:>4}  block  absolute  relative  verdict",
        "loss", "f", "p"
    )?;
    let (mut agree, mut total, mut worst) = (0, 0, 0.0_f64);
    for (name, loss) in [
        ("squared error", Loss::MeanSquare),
        ("cross-entropy", Loss::CrossEntropy),
    ] {
        for activation in Activation::ALL {
            for p in LEVELS {
                let dropout = Dropout::new(p)?;
                let case =
                    Case::away_from_corners(loss, activation, dropout, seed)?;
                let (a, b) = case.both(h)?;
                for (l, (a, b)) in a.layers().iter().zip(b.layers()).enumerate()
                {
                    for (block, (absolute, relative)) in [
                        ("w", compare(&a.dw, &b.dw)),
                        ("b", compare(&a.db, &b.db)),
                    ] {
                        let right = relative < LIMIT;
                        writeln!(
                            out,
                            "{name:14}{activation:9}{p:>4}  {block}{:<4}  \
                             {absolute:>8.1e}  {relative:>8.1e}  {}",
                            l + 1,
                            if right { "agrees" } else { "DIFFERS" }
                        )?;
                        agree += usize::from(right);
                        total += 1;
                        worst = worst.max(relative);
                    }
                }
            }
        }
    }
    writeln!(
        out,
        "\n{agree} of {total} blocks agree\nlargest relative difference {worst:.1e}"
    )?;
    Ok(())
}
