//! *Draw a digit*: the same cells, the same blocks, the same probabilities; and
//! the weights and the examples are the chapter's.

use chainrule::ndarray::Array2;
use chainrule::{
    Activation, Buffers, Dropout, Layer, Parameters, Result, evaluate,
    forward_dropout, seeded, softmax,
};

use crate::file::network_in;
use crate::module::{DONE, Live, REFUSED, assert_same};

const WEIGHTS: &[u8] = include_bytes!("../../book/live/ch08_digits.weights");
const IMAGES: &[u8] =
    include_bytes!("../../chapters/ch08_digits/data/digits-images-idx3-ubyte");
const LABELS: &[u8] =
    include_bytes!("../../chapters/ch08_digits/data/digits-labels-idx1-ubyte");

/// The pen reaches so far, in cells.
const RADIUS: f64 = 2.0;

/// A network in the form of the chapter's file.
fn file(network: &Parameters) -> Vec<u8> {
    let sizes = network.sizes();
    let head = [sizes.len()].into_iter().chain(sizes);
    let mut bytes: Vec<u8> =
        head.flat_map(|size| (size as u32).to_le_bytes()).collect();
    for Layer { weights, bias } in network.layers() {
        let numbers = weights.iter().chain(bias);
        let parts = numbers.map(|w| (w * 8192.0).round() as i16);
        bytes.extend(parts.flat_map(i16::to_le_bytes));
    }
    bytes
}

/// What the committed file holds.
fn chapters_network() -> Parameters {
    let network = network_in(WEIGHTS).expect("layers");
    assert_eq!(file(&network), WEIGHTS);
    network
}

fn read(live: &mut Live, bytes: &[u8]) -> i32 {
    live.take("digit_read", bytes)
}

/// A module with the chapter's weights.
fn with_weights() -> Live {
    let mut live = Live::new();
    assert_eq!(read(&mut live, WEIGHTS), DONE);
    live
}

/// The blocks of the drawing, `columns` times, as the network reads them.
fn x(live: &mut Live, columns: usize) -> Array2<f64> {
    let blocks = live.numbers("digit_blocks", ());
    Array2::from_shape_fn((64, columns), |(i, _)| blocks[i] / 16.0)
}

/// A 7 in two strokes, the second of which leaves the canvas.
fn seven(live: &mut Live) -> Vec<[[f64; 2]; 2]> {
    let strokes =
        [[[8.0, 4.0], [23.0, 4.5]], [[23.0, 4.5], [12.25, 40.0]]].to_vec();
    for &[[x0, y0], [x1, y1]] in &strokes {
        assert_eq!(live.code("digit_stroke", (x0, y0, x1, y1)), DONE);
    }
    strokes
}

/// By walking along the stroke in small steps.
fn is_drawn(middle: [f64; 2], [from, to]: [[f64; 2]; 2]) -> bool {
    const STEPS: u32 = 20_000;
    (0..=STEPS).any(|step| {
        let share = f64::from(step) / f64::from(STEPS);
        let at = |i: usize| from[i] + share * (to[i] - from[i]);
        (middle[0] - at(0)).hypot(middle[1] - at(1)) <= RADIUS
    })
}

#[test]
fn the_pen_draws_on_the_cells_that_it_passes_over() {
    let mut live = Live::new();
    let strokes = seven(&mut live);
    let cells = live.numbers("digit_cells", ());
    for (i, cell) in cells.iter().enumerate() {
        let middle = [(i % 32) as f64 + 0.5, (i / 32) as f64 + 0.5];
        let drawn = strokes.iter().any(|&stroke| is_drawn(middle, stroke));
        assert_eq!(*cell == 1.0, drawn, "the cell at {middle:?}");
    }
    assert_eq!(live.code("digit_clear", ()), DONE);
    assert_eq!(live.numbers("digit_cells", ()), [0.0; 1024]);
}

#[test]
fn a_point_is_a_stroke_too() {
    let mut live = Live::new();
    assert_eq!(live.code("digit_stroke", (8.0, 8.0, 8.0, 8.0)), DONE);
    let drawn: f64 = live.numbers("digit_cells", ()).iter().sum();
    assert_eq!(drawn, 12.0, "four by four without the corners");
}

#[test]
fn blocks_count_their_cells() {
    let mut live = Live::new();
    seven(&mut live);
    let cells = live.numbers("digit_cells", ());
    let blocks = (0..64).map(|b| {
        let (top, left) = (b / 8 * 4, b % 8 * 4);
        let of = |r: usize| &cells[32 * (top + r) + left..][..4];
        (0..4).flat_map(of).sum::<f64>()
    });
    let blocks: Vec<f64> = blocks.collect();
    assert_eq!(live.numbers("digit_blocks", ()), blocks);
    assert!(blocks.contains(&0.0) && blocks.iter().any(|&b| b > 12.0));
}

#[test]
fn examples_are_pictures_of_the_data() {
    let mut live = with_weights();
    let numbers = [386, 866, 979, 319, 946, 488, 344, 1013, 96, 1424];
    for (digit, number) in numbers.into_iter().enumerate() {
        assert_eq!(usize::from(LABELS[8 + number]), digit);
        let image = &IMAGES[16 + 64 * number..][..64];
        let image: Vec<f64> = image.iter().map(|&b| f64::from(b)).collect();
        assert_eq!(live.code("digit_example", digit as u32), DONE);
        assert_eq!(live.numbers("digit_blocks", ()), image, "{digit}");
        let p = live.numbers("digit_answer", ());
        assert!(p[digit] > 0.5, "{digit}: {p:?}");
    }
    let before = live.numbers("digit_cells", ());
    assert_eq!(live.code("digit_example", 10), REFUSED);
    assert_eq!(live.numbers("digit_cells", ()), before);
}

#[test]
fn answers_are_the_same() -> Result<()> {
    let other = Parameters::he(&[64, 20, 10], &mut seeded(3))?;
    let bytes = file(&other);
    let rounded = network_in(&bytes)?;
    let networks = [(WEIGHTS.to_vec(), chapters_network()), (bytes, rounded)];
    for (bytes, network) in networks {
        let mut live = Live::new();
        assert_eq!(read(&mut live, &bytes), DONE);
        for _ in 0..2 {
            let z =
                evaluate(&network, Activation::Relu, x(&mut live, 1).view())?;
            let p = softmax(z.view())?;
            assert_same("p", &live.numbers("digit_answer", ()), &p);
            seven(&mut live);
        }
    }
    Ok(())
}

#[test]
fn passes_are_the_same_and_so_are_their_moments() -> Result<()> {
    let network = chapters_network();
    let mut live = with_weights();
    seven(&mut live);
    for (seed, drop_prob, passes) in
        [(0, 0.2, 50), (u32::MAX, 0.5, 2), (7, 0.0, 1000)]
    {
        let asked = live.code("digit_ask", (seed, drop_prob, passes));
        assert_eq!(asked, DONE);
        let x = x(&mut live, passes as usize);
        let mut buffers = Buffers::new();
        let pass = forward_dropout(
            &network,
            Activation::Relu,
            Dropout::new(drop_prob)?,
            x.view(),
            &mut seeded(seed.into()),
            &mut buffers,
        )?;
        let p = softmax(pass.output())?;
        assert_same("passes", &live.numbers("digit_passes", ()), &p);

        let n = f64::from(passes);
        let mean: Vec<f64> = p
            .rows()
            .into_iter()
            .map(|row| row.iter().fold(0.0, |sum, p| sum + p) / n)
            .collect();
        assert_same("mean", &live.numbers("digit_mean", ()), &mean);
        let spread = p.rows().into_iter().zip(&mean).map(|(row, mean)| {
            let sum =
                row.iter().fold(0.0, |sum, p| sum + (p - mean) * (p - mean));
            (sum / (n - 1.0)).sqrt()
        });
        let spread: Vec<f64> = spread.collect();
        assert_same("spread", &live.numbers("digit_spread", ()), &spread);
    }
    // Without dropout every pass is the answer.
    let p = live.numbers("digit_answer", ());
    let passes = live.numbers("digit_passes", ());
    for (class, p) in p.into_iter().enumerate() {
        assert_eq!(passes[1000 * class..][..1000], [p; 1000]);
    }
    Ok(())
}

#[test]
fn what_is_asked_is_about_the_drawing_as_it_is() {
    let mut live = with_weights();
    for change in ["stroke", "example", "clear", "read"] {
        assert_eq!(live.code("digit_ask", (0_u32, 0.2, 50_u32)), DONE);
        assert_eq!(live.numbers("digit_passes", ()).len(), 500);
        let changed = match change {
            "stroke" => live.code("digit_stroke", (1.0, 1.0, 2.0, 2.0)),
            "example" => live.code("digit_example", 4),
            "clear" => live.code("digit_clear", ()),
            _ => read(&mut live, WEIGHTS),
        };
        assert_eq!(changed, DONE);
        for name in ["digit_passes", "digit_mean", "digit_spread"] {
            assert!(live.numbers(name, ()).is_empty(), "{name}: {change}");
        }
    }
}

#[test]
fn weights_that_are_none_are_refused_and_change_nothing() -> Result<()> {
    let mut live = Live::new();
    assert_eq!(live.code("digit_read", ()), REFUSED, "nothing was written");
    assert!(live.numbers("digit_answer", ()).is_empty());
    assert_eq!(live.code("digit_ask", (0_u32, 0.2, 50_u32)), REFUSED);

    let mut live = with_weights();
    assert_eq!(live.code("digit_example", 3), DONE);
    let before = live.numbers("digit_answer", ());
    let of = |sizes: &[usize]| {
        Ok::<_, chainrule::Error>(file(&Parameters::he(sizes, &mut seeded(0))?))
    };
    let good = of(&[64, 5, 10])?;
    let huge = |words: &[u32]| {
        words.iter().flat_map(|word| word.to_le_bytes()).collect::<Vec<_>>()
    };
    for (what, bytes) in [
        ("nothing", vec![]),
        ("half a word", vec![3, 0]),
        ("one byte less", good[..good.len() - 1].to_vec()),
        ("a number more", [&good[..], &[0; 2]].concat()),
        ("a byte more", [&good[..], &[0]].concat()),
        ("63 pixels", of(&[63, 5, 10])?),
        ("nine classes", of(&[64, 5, 9])?),
        ("no layer", huge(&[1, 64])),
        ("no sizes", huge(&[0])),
        ("a layer without units", huge(&[3, 64, 0, 10])),
        ("more sizes than bytes", huge(&[u32::MAX, 64, 10])),
        ("layers beyond memory", huge(&[3, 64, u32::MAX, 10])),
        ("and beyond counting", huge(&[4, 64, u32::MAX, u32::MAX, 10])),
    ] {
        assert_eq!(read(&mut live, &bytes), REFUSED, "{what}");
        let after = live.numbers("digit_answer", ());
        assert_same(what, &after, &before);
    }
    assert_eq!(read(&mut live, &good), DONE);
    Ok(())
}

#[test]
fn strokes_and_questions_without_meaning_are_refused() {
    let mut live = with_weights();
    seven(&mut live);
    assert_eq!(live.code("digit_ask", (0_u32, 0.2, 50_u32)), DONE);
    let (cells, passes) =
        (live.numbers("digit_cells", ()), live.numbers("digit_passes", ()));
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for place in 0..4 {
            let mut at = [1.0, 2.0, 3.0, 4.0];
            at[place] = bad;
            let at = (at[0], at[1], at[2], at[3]);
            assert_eq!(live.code("digit_stroke", at), REFUSED);
        }
    }
    for drop_prob in [1.0, -0.1, f64::NAN] {
        let asked = live.code("digit_ask", (0_u32, drop_prob, 50_u32));
        assert_eq!(asked, REFUSED);
    }
    for many in [0_u32, 1, 1001, u32::MAX] {
        assert_eq!(live.code("digit_ask", (0_u32, 0.2, many)), REFUSED);
    }
    assert_eq!(live.numbers("digit_cells", ()), cells);
    assert_eq!(live.numbers("digit_passes", ()), passes);
    // Numbers too large to square draw nothing, and do not trap.
    let far = (-1e300, 16.0, 1e300, 16.0);
    assert_eq!(live.code("digit_stroke", far), DONE);
}
