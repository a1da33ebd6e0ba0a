//! The module as a whole: up to date, tested to the last export, and clean.

use std::fs;
use std::path::Path;

use crate::module::{Live, MODULE};

#[test]
fn the_module_is_built_from_the_sources_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let expected = chainrule_stamp::of_module(&root).expect("a mark");
    let found: i64 = Live::new().call("sources", ());
    assert!(
        found as u64 == expected,
        "the module has fallen behind its sources; build it again with\n  \
         rustup target add wasm32-unknown-unknown && book/live/build"
    );
}

#[test]
fn every_function_of_the_module_is_tested() {
    let tests =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/webassembly");
    let files = fs::read_dir(tests).expect("the tests").flatten();
    let tests: String =
        files.filter_map(|file| fs::read_to_string(file.path()).ok()).collect();
    let untested: Vec<String> = Live::new()
        .functions()
        .into_iter()
        .filter(|name| !tests.contains(&format!("\"{name}\"")))
        .collect();
    assert!(untested.is_empty(), "no test calls {untested:?}");
}

#[test]
fn the_module_names_no_folder_of_the_machine_that_built_it() {
    for trace in [
        "/home/",
        "/root/",
        "/Users/",
        "/tmp/",
        "\\Users\\",
        ".cargo",
        "registry",
    ] {
        let found =
            MODULE.windows(trace.len()).any(|bytes| bytes == trace.as_bytes());
        assert!(
            !found,
            "{trace} is in the module: build it with book/live/build"
        );
    }
}

#[test]
fn there_is_room_for_a_file_and_not_for_more() {
    let mut live = Live::new();
    assert_ne!(live.code("room", 1_u32 << 22), 0);
    for bytes in [(1_u32 << 22) + 1, u32::MAX] {
        assert_eq!(live.code("room", bytes), 0, "{bytes} bytes");
    }
}
