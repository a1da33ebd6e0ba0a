//! Figure *cover*: the mean and the width of the band after some curves.

use chainrule::ndarray::{Array2, Axis};
use chainrule::tasks::gap::grid;
use chainrule::{
    Activation, Buffers, Dropout, Mask, Result, forward_masked, seeded,
};
use serde_json::{Value, json};

use crate::weights::network_in;

const WEIGHTS: &[u8] = include_bytes!("../../title.weights");

/// The curves from seed 0 on, as many as the page begins with and one more.
const CURVES: usize = 25;

pub fn expected() -> Result<Value> {
    let (network, x) = (network_in(WEIGHTS)?, grid());
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
