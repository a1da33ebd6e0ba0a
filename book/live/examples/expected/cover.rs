//! Figure *cover*: the mean and the width of the band after some curves.

use chainrule::ndarray::{Array2, Axis};
use chainrule::tasks::gap::grid;
use chainrule::{
    Activation, Buffers, Dropout, Layer, Mask, Parameters, Result,
    forward_masked, seeded,
};
use serde_json::{Value, json};

const WEIGHTS: &[u8] = include_bytes!("../../title.weights");

/// The curves from seed 0 on, as many as the page begins with and one more.
const CURVES: usize = 25;

pub fn expected() -> Result<Value> {
    let (network, x) = (network()?, grid());
    let (p, mut coins) = (Dropout::new(0.1)?, seeded(0));
    let mut curves = Array2::zeros((0, x.ncols()));
    for _ in 0..CURVES {
        let masks: Vec<Mask> = [30, 30]
            .into_iter()
            .map(|units| {
                let one = p.draw(units, &mut coins)?;
                let kept =
                    Array2::from_shape_fn((units, x.ncols()), |(i, _)| {
                        one.kept()[i]
                    });
                Ok(Mask::from_kept(kept, p))
            })
            .collect::<Result<_>>()?;
        let mut buffers = Buffers::new();
        let f = Activation::Relu;
        let pass = forward_masked(&network, f, &masks, x.view(), &mut buffers)?;
        curves.append(Axis(0), pass.output()).expect("as wide");
    }
    Ok(
        json!({ "curves": curves.rows().into_iter().map(|row| row.to_vec()).collect::<Vec<_>>() }),
    )
}

/// The network of 1, 30, 30 and 1 units that the chapter's program has written.
fn network() -> Result<Parameters> {
    let words = WEIGHTS.as_chunks::<4>().0;
    let mut numbers =
        words[5..].iter().map(|&word| f64::from(f32::from_le_bytes(word)));
    let mut matrix = |rows, columns| {
        Array2::from_shape_simple_fn((rows, columns), || {
            numbers.next().expect("a number")
        })
    };
    let layers = [(30, 1), (30, 30), (1, 30)].map(|(units, inputs)| {
        let weights = matrix(units, inputs);
        Layer { weights, bias: matrix(units, 1) }
    });
    Parameters::from_layers(layers.to_vec())
}
