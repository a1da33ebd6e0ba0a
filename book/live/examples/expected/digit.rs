//! Figure *digit*: what is shown of the examples, and of drawings.

use chainrule::ndarray::Array2;
use chainrule::{
    Activation, Buffers, Dropout, Parameters, Result, evaluate,
    forward_dropout, seeded, softmax,
};
use serde_json::{Value, json};

use crate::weights::network_in;

const WEIGHTS: &[u8] = include_bytes!("../../ch08_digits.weights");
const IMAGES: &[u8] = include_bytes!(
    "../../../../chapters/ch08_digits/data/digits-images-idx3-ubyte"
);

/// The examples, by their numbers in the data.
const NUMBERS: [usize; 10] =
    [386, 866, 979, 319, 946, 488, 344, 1013, 96, 1424];
const PASSES: usize = 50;
const DROP_PROB: f64 = 0.2;
const RADIUS: f64 = 2.0;

type Stroke = [[f64; 2]; 2];

/// One for each thing that a test draws.
const DRAWINGS: [(&str, &[Stroke]); 4] = [
    ("empty", &[]),
    ("line", &[[[16.5, 4.5], [16.5, 27.5]]]),
    ("point", &[[[8.3, 8.4], [8.3, 8.4]]]),
    (
        "seven",
        &[
            [[8.3, 4.4], [23.2, 4.4]],
            [[23.2, 4.4], [12.1, 28.3]],
            [[11.2, 16.3], [22.4, 16.3]],
        ],
    ),
];

pub fn expected() -> Result<Value> {
    let network = network_in(WEIGHTS)?;
    let examples = NUMBERS.iter().map(|&number| {
        let image = &IMAGES[16 + 64 * number..][..64];
        shown(&network, image.try_into().unwrap_or(&[0; 64]))
    });
    let examples = examples.collect::<Result<Vec<_>>>()?;
    let mut all = serde_json::Map::new();
    all.insert("examples".to_owned(), Value::Array(examples));
    for (name, strokes) in DRAWINGS {
        all.insert(name.to_owned(), shown(&network, &blocks(strokes))?);
    }
    Ok(Value::Object(all))
}

fn shown(network: &Parameters, blocks: &[u8; 64]) -> Result<Value> {
    const F: Activation = Activation::Relu;
    let x = |columns| {
        let of = |(i, _): (usize, usize)| f64::from(blocks[i]) / 16.0;
        Array2::from_shape_fn((64, columns), of)
    };
    let p = softmax(evaluate(network, F, x(1).view())?.view())?;
    let mut buffers = Buffers::new();
    let pass = forward_dropout(
        network,
        F,
        Dropout::new(DROP_PROB)?,
        x(PASSES).view(),
        &mut seeded(0),
        &mut buffers,
    )?;
    let each = softmax(pass.output())?;
    let mean = each.rows().into_iter().map(|row| row.sum() / PASSES as f64);
    let spread = each.rows().into_iter().map(|row| row.std(1.0));
    Ok(json!({
        "blocks": blocks.to_vec(),
        "p": p.iter().collect::<Vec<_>>(),
        "mean": mean.collect::<Vec<_>>(),
        "spread": spread.collect::<Vec<_>>(),
    }))
}

/// How many cells of each block lie within the pen's reach.
fn blocks(strokes: &[Stroke]) -> [u8; 64] {
    let mut blocks = [0; 64];
    for cell in 0..1024_usize {
        let (r, c) = (cell / 32, cell % 32);
        let middle = [c as f64 + 0.5, r as f64 + 0.5];
        if strokes.iter().any(|&stroke| distance(middle, stroke) <= RADIUS) {
            blocks[r / 4 * 8 + c / 4] += 1;
        }
    }
    blocks
}

/// From a place to the nearest point of a stroke.
fn distance(place: [f64; 2], [from, to]: Stroke) -> f64 {
    let line = [to[0] - from[0], to[1] - from[1]];
    let away = [place[0] - from[0], place[1] - from[1]];
    let length = line[0] * line[0] + line[1] * line[1];
    let along = away[0] * line[0] + away[1] * line[1];
    let share = (along / length.max(1e-9)).clamp(0.0, 1.0);
    (away[0] - share * line[0]).hypot(away[1] - share * line[1])
}
