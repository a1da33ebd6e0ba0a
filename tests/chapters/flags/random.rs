//! Random words and random files: whatever they are, the answer is a line.
//!
//! 256 cases each, or as many as `PROPTEST_CASES` says.

use std::ffi::OsString;
use std::io::Write;

use chapters::ch08_digits::idx::{Idx, parse, unzip};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::chapter::ALL;

/// Every flag of every chapter, and one that none has.
fn flag() -> impl Strategy<Value = String> {
    let flags = ALL.iter().flat_map(|chapter| {
        let command = (chapter.flags)();
        let names = command.get_arguments().filter_map(|flag| flag.get_long());
        names.map(|name| format!("--{name}")).collect::<Vec<_>>()
    });
    let flags = flags.chain(["--none-has-this".to_owned(), "-s".to_owned()]);
    prop::sample::select(flags.collect::<Vec<_>>())
}

/// Numbers near the edges, lists, and any text at all.
fn value() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_map(|n| n.to_string()),
        (0..20_u32).prop_map(|n| n.to_string()),
        prop::collection::vec(-2..2000_i64, 0..5).prop_map(|sizes| {
            let sizes: Vec<_> = sizes.iter().map(i64::to_string).collect();
            sizes.join(",")
        }),
        prop::sample::select(vec!["list", "all", "none", "flat", "xavier"])
            .prop_map(str::to_owned),
        any::<String>(),
        "[\\x00-\\x1f\\x7f-\\x9f\u{202e}\u{2028}a-]{0,6}",
    ]
}

fn words() -> impl Strategy<Value = Vec<OsString>> {
    let alone = prop_oneof![flag(), value()].prop_map(|word| vec![word]);
    let pair = (flag(), value()).prop_map(|(flag, value)| vec![flag, value]);
    let joined = (flag(), value())
        .prop_map(|(flag, value)| vec![format!("{flag}={value}")]);
    let words = prop_oneof![1 => alone, 4 => pair, 1 => joined];
    prop::collection::vec(words, 0..4).prop_map(|words| {
        words.into_iter().flatten().map(OsString::from).collect()
    })
}

/// Bytes that begin as a file of digits does, more or less.
fn file() -> impl Strategy<Value = Vec<u8>> {
    let header = (
        prop_oneof![
            Just(vec![0, 0, 8, 3]),
            any::<[u8; 4]>().prop_map(Vec::from)
        ],
        prop::array::uniform3(prop_oneof![0..5_u32, any::<u32>()]),
    );
    let rest = prop::collection::vec(any::<u8>(), 0..200);
    let cut = prop_oneof![Just(usize::MAX), 0..20_usize];
    (header, rest, cut).prop_map(|((magic, sizes), rest, cut)| {
        let sizes = sizes.into_iter().flat_map(u32::to_be_bytes);
        let bytes = magic.into_iter().chain(sizes).chain(rest);
        bytes.take(cut).collect()
    })
}

/// A file that is accepted has the bytes of its header; one that is not gets
/// a line.
fn judged(read: Result<Idx, String>) -> Result<(), TestCaseError> {
    match read {
        Ok(Idx { sizes, bytes }) => {
            prop_assert_eq!(sizes.iter().product::<usize>(), bytes.len());
            prop_assert!(sizes.iter().zip(MOST).all(|(n, most)| *n <= most));
        }
        Err(line) => prop_assert!(!line.is_empty() && !line.contains('\n')),
    }
    Ok(())
}

const MOST: [usize; 3] = [1 << 16, 32, 32];

/// The cases are the same every time, and more of them go on from these.
fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(13),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn any_words_are_read_or_refused_in_a_line(words in words()) {
        for chapter in &ALL {
            if let Some(line) = chapter.refusal_of(words.clone()) {
                prop_assert!(line.starts_with("error: "), "{line:?}");
                prop_assert!(!line.contains(char::is_control), "{line:?}");
            }
        }
    }

    #[test]
    fn any_bytes_are_a_file_or_refused(file in file()) {
        judged(parse(&file[..], &MOST))?;
    }

    /// Zipped, with a byte changed somewhere.
    #[test]
    fn any_zipped_bytes_are_a_file_or_refused(
        file in file(),
        at in any::<prop::sample::Index>(),
        by in any::<u8>(),
    ) {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(&file).expect("in memory");
        let mut zipped = encoder.finish().expect("in memory");
        let at = at.index(zipped.len());
        zipped[at] ^= by;
        judged(unzip(&zipped[..], &MOST))?;
    }
}
