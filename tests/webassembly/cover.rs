//! *The cover*: the same thinned curves, and the same band of them.

use chainrule::ndarray::{Array2, Axis, concatenate};
use chainrule::tasks::gap::{Gap, Task, grid};
use chainrule::{
    Activation, Buffers, Dropout, Mask, Result, evaluate, forward_masked,
    seeded,
};

use crate::file::network_in;
use crate::module::{DONE, Live, REFUSED, assert_same};

const WEIGHTS: &[u8] = include_bytes!("../../book/live/title.weights");
const RELU: Activation = Activation::Relu;

fn read(live: &mut Live, bytes: &[u8]) -> i32 {
    live.take("cover_read", bytes)
}

#[test]
fn curves_and_band_are_the_same() -> Result<()> {
    let mut live = Live::new();
    assert_eq!(read(&mut live, WEIGHTS), DONE);
    let network = network_in(WEIGHTS)?;
    assert_eq!(network.sizes(), [1, 30, 30, 1]);
    let (x, p) = (grid(), Dropout::new(0.1)?);
    assert_same("places", &live.numbers("cover_places", ()), &x);
    let whole = evaluate(&network, RELU, x.view())?;
    assert_same("all units on", &live.numbers("cover_whole", ()), &whole);

    for seed in [0, 7] {
        assert_eq!(live.code("cover_start", seed), DONE);
        assert_eq!(live.code("cover_curves", ()), 0);
        let mut coins = seeded(u64::from(seed as u32));
        let mut curves = Array2::zeros((0, x.ncols()));
        for count in 1..=12 {
            let masks: Vec<Mask> = [30, 30]
                .into_iter()
                .map(|units| {
                    let one = p.draw(units, &mut coins)?;
                    let shape = (units, x.ncols());
                    let kept =
                        Array2::from_shape_fn(shape, |(i, _)| one.kept()[i]);
                    Ok(Mask::from_kept(kept, p))
                })
                .collect::<Result<_>>()?;
            let mut buffers = Buffers::new();
            let view = x.view();
            let pass =
                forward_masked(&network, RELU, &masks, view, &mut buffers)?;
            let curve = pass.output().to_owned();
            assert_same("curve", &live.numbers("cover_curve", ()), &curve);
            assert_eq!(live.code("cover_curves", ()), count);
            let both = [curves.view(), curve.view()];
            curves = concatenate(Axis(0), &both).expect("as wide");
            if count == 1 {
                assert!(live.numbers("cover_edge", 2.0).is_empty());
                continue;
            }
            let mean = curves.mean_axis(Axis(0)).expect("curves");
            let s = curves.std_axis(Axis(0), 1.0);
            for k in [0.0, 2.0, -2.0] {
                let edge = &mean + k * &s;
                assert_same("edge", &live.numbers("cover_edge", k), &edge);
            }
        }
    }
    Ok(())
}

#[test]
fn the_samples_are_those_of_the_chapters_run() -> Result<()> {
    let mut live = Live::new();
    assert_eq!(read(&mut live, WEIGHTS), DONE);
    let task = Task::draw(Gap { low: 0.0, high: 1.0 }, &mut seeded(2))?;
    assert_same("x", &live.numbers("cover_x", ()), task.data().0);
    assert_same("y", &live.numbers("cover_y", ()), task.data().1);
    Ok(())
}

#[test]
fn what_has_no_meaning_is_refused_and_changes_nothing() {
    let mut live = Live::new();
    assert_eq!(live.code("cover_start", 0), REFUSED);
    for name in ["cover_curve", "cover_whole", "cover_places", "cover_x"] {
        assert!(live.numbers(name, ()).is_empty(), "{name}");
    }
    assert!(live.numbers("cover_edge", 2.0).is_empty());
    assert_eq!(read(&mut live, &WEIGHTS[1..]), REFUSED);
    assert_eq!(read(&mut live, WEIGHTS), DONE);

    // A network of other ends, and one without a hidden layer.
    let mut bytes = vec![];
    for size in [2_u32, 1, 1] {
        bytes.extend(size.to_le_bytes());
    }
    bytes.extend([0; 6]);
    assert_eq!(read(&mut live, &bytes), REFUSED);
    assert_eq!(live.numbers("cover_places", ()).len(), 241);
}

#[test]
fn the_curves_have_an_end() {
    let mut live = Live::new();
    assert_eq!(read(&mut live, WEIGHTS), DONE);
    for _ in 0..200 {
        assert_eq!(live.code("cover_curve", ()), 241);
    }
    assert_eq!(live.code("cover_curve", ()), 0);
    assert_eq!(live.code("cover_curves", ()), 200);
    assert_eq!(live.code("cover_start", 0), DONE);
    assert_eq!(live.code("cover_curve", ()), 241);
}
