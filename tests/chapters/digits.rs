//! Chapter 8's digits: the committed files are those of their makers, a split
//! and a shuffle leave none out, and the page's weights are the program's.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use chainrule::seeded;
use chapters::ch08_digits::data::{
    COUNT, IMAGES, INK, LABELS, Split, TEST, TRAINING, VALIDATION, digits,
};
use chapters::ch08_digits::digits::{CLASSES, Samples};
use chapters::ch08_digits::score::right;
use chapters::ch08_digits::shuffle::shuffle;
use ndarray::array;
use proptest::prelude::*;

/// FNV-1a, in 64 bits.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

#[test]
fn the_committed_digits_are_those_of_their_makers() {
    let digits = digits().expect("two files");
    let mut counts = [0; CLASSES];
    for which in 0..digits.count() {
        counts[digits.label(which)] += 1;
        assert!(digits.image(which).iter().all(|&pixel| pixel <= INK));
    }
    // As the description of the data set counts them.
    assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    assert_eq!(hash(IMAGES), 0x2241_f853_0b2a_e124, "the images");
    assert_eq!(hash(LABELS), 0x05e4_f90c_8a44_f328, "the labels");
}

#[test]
fn a_sample_is_a_column_from_white_to_ink() {
    let digits = digits().expect("two files");
    let Samples { x, y } = digits.samples(&[0, 7]);
    assert_eq!((x.dim(), y.dim()), ((64, 2), (10, 2)));
    for (column, which) in [0, 7].into_iter().enumerate() {
        let pixels = digits.image(which).iter().map(|&p| f64::from(p) / 16.0);
        assert!(x.column(column).iter().copied().eq(pixels));
        let label = digits.label(which);
        let expected = (0..CLASSES).map(|k| f64::from(u8::from(k == label)));
        assert!(y.column(column).iter().copied().eq(expected));
    }
}

#[test]
fn a_split_leaves_no_digit_out_and_uses_none_twice() {
    for seed in [0, 1, u64::MAX] {
        let Split { training, validation, test } = Split::new(seed, TRAINING);
        let sizes = (training.len(), validation.len(), test.len());
        assert_eq!(sizes, (TRAINING, VALIDATION, TEST));
        let all = training.iter().chain(&validation).chain(&test).copied();
        assert_eq!(all.collect::<BTreeSet<_>>(), (0..COUNT).collect());
        let few = Split::new(seed, 200);
        assert_eq!(few.training, training[..200]);
        assert_eq!((few.validation, few.test), (validation, test));
    }
    assert_ne!(Split::new(0, 10).test, Split::new(1, 10).test);
}

proptest! {
    #[test]
    fn a_shuffle_keeps_every_entry(seed in any::<u64>(), length in 0..300_usize) {
        let mut order: Vec<usize> = (0..length).collect();
        shuffle(&mut order, &mut seeded(seed));
        order.sort_unstable();
        prop_assert!(order.into_iter().eq(0..length));
    }
}

/// Each of the six orders of three a thousand times, give or take four
/// standard errors.
#[test]
fn a_shuffle_prefers_no_order() {
    let mut rng = seeded(0);
    let mut counts = std::collections::BTreeMap::new();
    for _ in 0..6000 {
        let mut order = [0, 1, 2];
        shuffle(&mut order, &mut rng);
        *counts.entry(order).or_insert(0) += 1;
    }
    assert_eq!(counts.len(), 6);
    assert!(counts.values().all(|n| (885..=1115).contains(n)), "{counts:?}");
}

#[test]
fn the_highest_score_is_the_answer_and_the_first_of_equals() {
    let y = array![[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let z = array![[2.0, 3.0, 1.0], [1.0, 3.0, 0.0], [-1.0, 0.0, 1.5]];
    assert_eq!(right(z.view(), y.view()), 2);
}

/// After a change of the program, write them again:
/// `cargo run --bin ch08_digits -- --weights book/live/ch08_digits.weights`.
#[test]
fn the_weights_of_the_live_figure_are_the_programs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |place: &str| {
        Command::new(env!("CARGO_BIN_EXE_ch08_digits"))
            .args(["--weights", place])
            .current_dir(folder.path())
            .output()
            .expect("the chapter starts")
    };
    assert!(run("weights").status.success());
    let fresh = fs::read(folder.path().join("weights")).expect("written");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let kept = fs::read(root.join("book/live/ch08_digits.weights"));
    assert!(fresh == kept.expect("the book's weights"), "they differ");
    let mut head = Vec::new();
    for number in [4_u32, 64, 128, 128, 10] {
        head.extend(number.to_le_bytes());
    }
    let weights = 64 * 128 + 128 * 128 + 128 * 10 + 128 + 128 + 10;
    assert!(fresh.starts_with(&head));
    assert_eq!(fresh.len(), head.len() + 2 * weights);

    let refused = run("nowhere/weights");
    assert_eq!(refused.status.code(), Some(2));
    let line = String::from_utf8_lossy(&refused.stderr);
    assert!(line.contains("cannot be written"), "{line}");
}
