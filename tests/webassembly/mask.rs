//! Figure *the mask*: the same masks, the same sums over them.

use chainrule::ndarray::{Array1, Ix1};
use chainrule::{Dropout, Mask, seeded};

use crate::module::{DONE, Live, REFUSED, assert_same};

/// The chapter's way: every mask is drawn and kept, and then looked at.
#[test]
fn masks_and_their_moments_are_the_same() -> chainrule::Result<()> {
    let x = Array1::from_iter((1..=10).map(|i| i as f32));
    for (seed, drop_prob) in [(3077, 0.4), (0, 0.0), (u32::MAX, 0.95)] {
        let dropout = Dropout::new(drop_prob)?;
        let mut rng = seeded(seed.into());
        let mut live = Live::new();
        let (mut sum, mut squares) = (Array1::zeros(10), Array1::zeros(10));
        for drawn in 1..=200_u32 {
            match drawn {
                1 => {
                    assert_eq!(live.code("mask_start", (seed, drop_prob)), DONE)
                }
                _ => assert_eq!(live.code("mask_next", ()), DONE),
            }
            let mask: Mask<Ix1> = dropout.draw(10, &mut rng).expect("small");
            one_mask(&mut live, &x, &mask)?;

            let rescaled = mask.apply(x.mapv(f64::from).view())?;
            sum += &rescaled;
            squares += &(&rescaled * &rescaled);
            let n = f64::from(drawn);
            let mean = &sum / n;
            let variance = &squares / n - &mean * &mean;
            assert_eq!(live.code("mask_drawn", ()), drawn as i32);
            assert_same("mean", &live.numbers("mask_mean", ()), &mean);
            let found = live.numbers("mask_variance", ());
            assert_same("variance", &found, &variance);
        }
        let expected =
            x.mapv(|x| f64::from(x * x) * drop_prob / (1.0 - drop_prob));
        let found = live.numbers("mask_expected_variance", ());
        assert_same("x²·p/(1−p)", &found, &expected);
    }
    Ok(())
}

fn one_mask(
    live: &mut Live,
    x: &Array1<f32>,
    mask: &Mask<Ix1>,
) -> chainrule::Result<()> {
    let kept = mask.kept().mapv(|kept| if kept { 1.0 } else { 0.0 });
    assert_same("mask", &live.numbers("mask_kept", ()), &kept);
    let masked = mask.masked(x.view())?.mapv(f64::from);
    assert_same("masked", &live.numbers("mask_masked", ()), &masked);
    let rescaled = mask.apply(x.view())?.mapv(f64::from);
    assert_same("rescaled", &live.numbers("mask_rescaled", ()), &rescaled);
    assert_same("scale", &[live.number("mask_scale", ())], &[mask.scale()]);
    Ok(())
}

#[test]
fn a_new_start_counts_from_the_beginning() {
    let mut live = Live::new();
    for _ in 0..2 {
        assert_eq!(live.code("mask_start", (7_u32, 0.5)), DONE);
        assert_eq!(live.code("mask_drawn", ()), 1);
        assert_eq!(live.code("mask_next", ()), DONE);
    }
}

#[test]
fn input_without_meaning_does_not_trap() {
    let mut live = Live::new();
    assert_eq!(live.code("mask_next", ()), REFUSED);
    assert_eq!(live.code("mask_drawn", ()), 0);
    assert!(live.number("mask_scale", ()).is_nan());
    for name in [
        "mask_kept",
        "mask_masked",
        "mask_rescaled",
        "mask_mean",
        "mask_variance",
        "mask_expected_variance",
    ] {
        assert_eq!(live.numbers(name, ()), [], "{name} before the start");
    }
    assert_eq!(live.code("mask_start", (0_u32, 0.5)), DONE);
    let before = live.numbers("mask_kept", ());
    for drop_prob in [1.0, -0.1, 1.7, f64::NAN, f64::INFINITY] {
        assert_eq!(live.code("mask_start", (1_u32, drop_prob)), REFUSED);
    }
    assert_eq!(
        live.numbers("mask_kept", ()),
        before,
        "the mask is still there"
    );
}
