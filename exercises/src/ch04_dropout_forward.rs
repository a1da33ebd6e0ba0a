//! Forward with a mask behind each hidden layer.

use chapters::plain::{self, Layer, Matrix, Pass, SIGMOID};

use crate::Verdict;
use crate::compare::{apart, fits, likely};
use crate::settings::{matrix, network};
use chainrule::seeded;

/// Holds a and ã of every layer against the plain network's.
pub fn judge(yours: impl Fn(&[Layer], &[Matrix], &Matrix) -> Pass) -> Verdict {
    let layers = network(&[2, 4, 3, 2], 1);
    let x = matrix(2, 5, 2);
    let masks = plain::draw_masks(&layers, 0.4, 5, &mut seeded(3));
    let (pass, right) = (
        yours(&layers, &masks, &x),
        plain::forward(&layers, SIGMOID, &masks, &x),
    );
    let whole = plain::forward(&layers, SIGMOID, &[], &x);
    for (name, found, right) in [
        ("a", &pass.a, &right.a),
        ("handed_on", &pass.handed_on, &right.handed_on),
    ] {
        if found.len() != 4 {
            return Err(format!(
                "{name} has {} matrices, and 4 were expected: x, and one for \
                 each layer",
                found.len()
            ));
        }
        for (l, (found, right)) in found.iter().zip(right).enumerate() {
            let name = format!("{name}{l}");
            fits(&name, found, right)?;
            if let Some(apart) = apart(&name, found, right) {
                let why = why(name.as_str(), &masks, &whole, found, right, l);
                return Err(apart.told("the plain network has") + why);
            }
        }
    }
    let same = yours(&layers, &[], &x);
    match same.a.last().is_some_and(|a| a == whole.output()) {
        true => Ok("each layer reads ã, backward finds a itself, and without \
                    masks it is the network of chapter 2."
            .to_owned()),
        false => {
            Err("without masks, as in evaluation, the answer is not that \
                      of the whole network"
                .to_owned())
        }
    }
}

fn why(
    name: &str,
    masks: &[Matrix],
    whole: &Pass,
    found: &Matrix,
    right: &Matrix,
    l: usize,
) -> &'static str {
    let mask = (1..3).contains(&l).then(|| &masks[l - 1]);
    let mut suspects = vec![];
    if name.starts_with('a')
        && let Some(mask) = mask
    {
        suspects.push((
            right * mask,
            ". It is ã: a itself is gone, and backward needs it for the slope",
        ));
    }
    if name.starts_with('h')
        && let Some(mask) = mask
    {
        suspects.push((right * mask, ". The mask holds the scale already"));
        suspects.push((
            right.mapv(|a| 0.6 * a),
            ". The mask is 1/(1−p) where a unit is kept, not 1",
        ));
    }
    suspects.push((
        whole.a[l].clone(),
        ". Does that layer read a, and not ã, what was handed on?",
    ));
    likely(found, &suspects)
}
