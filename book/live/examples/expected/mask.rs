//! Figure *the mask*: what is shown after so many masks.

use chainrule::ndarray::{Array1, Ix1};
use chainrule::{Dropout, Mask, Result, seeded};
use serde_json::{Value, json};

/// (name, seed, drop_prob, masks), one for each thing that a test does.
const CASES: [(&str, u64, f64, u32); 6] = [
    ("start", 3077, 0.4, 1),
    ("again", 3077, 0.4, 2),
    ("thousand", 3077, 0.4, 1001),
    ("prob", 3077, 0.45, 1),
    ("seed", 12, 0.4, 1),
    ("edge", 3077, 0.95, 1),
];

pub fn expected() -> Result<Value> {
    let cases = CASES.iter().map(|&(name, seed, drop_prob, masks)| {
        Ok((name.to_owned(), case(seed, drop_prob, masks)?))
    });
    Ok(Value::Object(cases.collect::<Result<_>>()?))
}

fn case(seed: u64, drop_prob: f64, masks: u32) -> Result<Value> {
    let x = Array1::from_iter((1..=10).map(|i| i as f32));
    let dropout = Dropout::new(drop_prob)?;
    let mut rng = seeded(seed);
    let (mut last, mut sum, mut squares) = (None, 0.0, 0.0);
    for _ in 0..masks {
        let mask: Mask<Ix1> = dropout.draw(10, &mut rng)?;
        let tenth = mask.apply(x.mapv(f64::from).view())?[9];
        sum += tenth;
        squares += tenth * tenth;
        last = Some(mask.apply(x.view())?);
    }
    let n = f64::from(masks);
    Ok(json!({
        "drawn": masks,
        "scale": dropout.scale(),
        "rescaled": last.unwrap_or_default().mapv(f64::from).to_vec(),
        "mean": sum / n,
        "variance": squares / n - (sum / n) * (sum / n),
        "formula": 100.0 * drop_prob / (1.0 - drop_prob),
    }))
}
