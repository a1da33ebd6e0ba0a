//! Single stochastic passes: a coin for every answer, or one network for all x.

use chainrule::{
    Buffers, ChaCha8Rng, Dropout, Mask, Network, Result, forward_dropout,
    forward_masked,
};
use ndarray::{Array2, ArrayView2};

/// One answer for each x, with fresh masks for each.
pub fn fresh(
    network: &Network,
    dropout: Dropout,
    x: ArrayView2<'_, f64>,
    rng: &mut ChaCha8Rng,
) -> Result<Array2<f64>> {
    let mut buffers = Buffers::new();
    let pass = forward_dropout(
        network.parameters(),
        network.activation(),
        dropout,
        x,
        rng,
        &mut buffers,
    )?;
    Ok(pass.output().to_owned())
}

/// One *thinned network* asked everywhere: the same units are missing at every x.
// ANCHOR: thinned
pub fn curve(
    network: &Network,
    dropout: Dropout,
    x: ArrayView2<'_, f64>,
    rng: &mut ChaCha8Rng,
) -> Result<Array2<f64>> {
    let sizes = network.parameters().sizes();
    let hidden = &sizes[1..sizes.len() - 1];
    let masks = hidden.iter().map(|&units| {
        let one = dropout.draw(units, rng)?;
        let kept =
            Array2::from_shape_fn((units, x.ncols()), |(i, _)| one.kept()[i]);
        Ok(Mask::from_kept(kept, dropout))
    });
    let masks: Vec<Mask> = masks.collect::<Result<_>>()?;
    let (parameters, f) = (network.parameters(), network.activation());
    let mut buffers = Buffers::new();
    let pass = forward_masked(parameters, f, &masks, x, &mut buffers)?;
    Ok(pass.output().to_owned())
}
// ANCHOR_END: thinned
