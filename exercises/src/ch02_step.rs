//! One step against the gradient.

use chapters::plain::{self, Layer};

use crate::Verdict;
use crate::compare::{layers_apart, layers_fit, same, same_bits};
use crate::settings::network;

/// Holds what a step did against w − η·dw.
pub fn judge(yours: impl Fn(&mut [Layer], &[Layer], f64)) -> Verdict {
    let (before, gradient) = (network(&[2, 3, 1], 1), network(&[2, 3, 1], 2));
    let step = |by: &dyn Fn(&mut [Layer])| {
        let mut layers = before.clone();
        by(&mut layers);
        layers
    };
    let found = step(&|layers| yours(layers, &gradient, 0.3));
    layers_fit("", &found, &before)?;
    let right = step(&|layers| plain::update(layers, &gradient, 0.3));
    if let Some(apart) = layers_apart("", &found, &right, 1e-12) {
        let with =
            |rate| step(&|layers| plain::update(layers, &gradient, rate));
        let mut weights_alone = right.clone();
        for (layer, before) in weights_alone.iter_mut().zip(&before) {
            layer.b.assign(&before.b);
        }
        let suspects = [
            (before.clone(), ". Nothing has moved"),
            (with(-0.3), ". That is uphill: a step goes against the slope"),
            (with(1.0), ". Is η missing?"),
            (weights_alone, ". Do the biases stay where they were?"),
        ];
        let equal = |it: &&(Vec<Layer>, &'static str)| same(&found, &it.0);
        let why = suspects.iter().find(equal).map_or("", |it| it.1);
        return Err(apart.told("w − η·dw is") + why);
    }
    let mut pairs = found.iter().zip(&right);
    let same =
        pairs.all(|(a, b)| same_bits(&a.w, &b.w) && same_bits(&a.b, &b.b));
    let last = if same { "to the last bit." } else { "but for rounding." };
    Ok(format!("every weight and bias goes against its slope, {last}"))
}
