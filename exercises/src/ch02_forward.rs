//! Forward through any number of layers.

use chapters::ch05_gradient_check::gallery::bug::Bug;
use chapters::plain::{self, Activation, Layer, Matrix, Pass, SIGMOID};

use crate::Verdict;
use crate::compare::{apart, fits, likely};
use crate::settings::{matrix, network};

/// Holds every activation against the plain network's.
pub fn judge(yours: impl Fn(&[Layer], &Matrix) -> Pass) -> Verdict {
    // In the first of them a layer that reads x has weights of a fitting shape.
    for sizes in [&[1, 1, 16, 1][..], &[2, 3, 1], &[2, 3, 4, 2]] {
        compare(&network(sizes, 7), &matrix(sizes[0], 5, 8), &yours)?;
    }
    Ok("every layer reads the one before, and the output is not bent."
        .to_owned())
}

fn compare(
    layers: &[Layer],
    x: &Matrix,
    yours: impl Fn(&[Layer], &Matrix) -> Pass,
) -> Result<(), String> {
    let pass = yours(layers, x);
    let right = plain::forward(layers, SIGMOID, &[], x);
    let lists = [("a", &pass.a), ("handed_on", &pass.handed_on)];
    for (name, list) in lists {
        let (count, wanted) = (list.len(), right.a.len());
        if count != wanted {
            return Err(format!(
                "{name} has {count} matrices, and {wanted} were expected: x, \
                 and one for each layer"
            ));
        }
        for (l, (yours, right_a)) in list.iter().zip(&right.a).enumerate() {
            let name = if name == "a" { "a" } else { "handed_on" };
            let name = format!("{name}{l}");
            fits(&name, yours, right_a)?;
            if let Some(apart) = apart(&name, yours, right_a) {
                let why = why(layers, x, l, yours);
                return Err(apart.told("the plain network has") + why);
            }
        }
    }
    Ok(())
}

/// What a matrix of layer l would be with a known mistake.
fn why(layers: &[Layer], x: &Matrix, l: usize, yours: &Matrix) -> &'static str {
    let with = |activation| plain::forward(layers, activation, &[], x);
    let right = with(SIGMOID);
    let flat = with(Activation { f: |z| z, ..SIGMOID });
    let same_input = Bug::FirstInputEverywhere.code().forward;
    let mut suspects = vec![];
    if l > 0 && l < layers.len() {
        suspects.push((flat.a[l].clone(), ". Is it bent, by σ?"));
    }
    if l == layers.len() {
        let bent = right.a[l].mapv(SIGMOID.f);
        suspects.push((bent, ". The output is not bent"));
    }
    if layers.iter().all(|layer| layer.w.ncols() == x.nrows() || l < 2)
        || layers.len() == 3 && x.nrows() == layers[1].w.ncols()
    {
        let pass = same_input(layers, SIGMOID, &[], x);
        suspects.push((
            pass.a[l].clone(),
            ". This layer reads x, and not the layer before: \
             first-input-everywhere, in chapter 5's gallery",
        ));
    }
    likely(yours, &suspects)
}
