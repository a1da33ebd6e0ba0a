//! Every flag in every mode of every chapter: it changes what is printed or
//! written, or it is refused. None is taken and ignored.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use crate::chapter::{Chapter, chapter, text};
use crate::mnist::digits;

/// A way to run a chapter, and the flags that make it a short run.
struct Mode {
    number: usize,
    flags: &'static [(&'static str, &'static str)],
}

const MODES: &[Mode] = &[
    Mode { number: 1, flags: &[("draws", "10")] },
    Mode { number: 2, flags: &[("steps", "3")] },
    Mode { number: 2, flags: &[("curvature", ""), ("steps", "3")] },
    Mode { number: 2, flags: &[("valley", "")] },
    Mode {
        number: 2,
        flags: &[("curvature", ""), ("momentum", "0.8"), ("steps", "3")],
    },
    Mode { number: 2, flags: &[("explain", "")] },
    Mode { number: 2, flags: &[("sum-rule", "")] },
    Mode { number: 2, flags: &[("parting", ""), ("steps", "3")] },
    Mode { number: 2, flags: &[("sweep", ""), ("steps", "3")] },
    Mode { number: 3, flags: &[("steps", "3")] },
    Mode { number: 3, flags: &[("census", "2"), ("steps", "3")] },
    Mode { number: 3, flags: &[("saturation", "")] },
    Mode { number: 3, flags: &[("plateau", "")] },
    Mode { number: 3, flags: &[("depth", "")] },
    Mode { number: 3, flags: &[("constant", "100")] },
    Mode {
        number: 4,
        flags: &[("steps", "3"), ("seeds", "2"), ("samples", "5")],
    },
    Mode {
        number: 4,
        flags: &[
            ("widths", ""),
            ("steps", "3"),
            ("seeds", "2"),
            ("samples", "5"),
        ],
    },
    Mode {
        number: 4,
        flags: &[("spirals", ""), ("steps", "3"), ("seeds", "2")],
    },
    Mode {
        number: 4,
        flags: &[
            ("budgets", ""),
            ("steps", "8"),
            ("seeds", "2"),
            ("samples", "5"),
        ],
    },
    Mode { number: 4, flags: &[("theory", "")] },
    Mode { number: 4, flags: &[("redraw", "")] },
    Mode { number: 5, flags: &[] },
    Mode { number: 5, flags: &[("bug", "list")] },
    Mode { number: 5, flags: &[("bug", "all"), ("steps", "3")] },
    Mode { number: 5, flags: &[("bug", "none"), ("steps", "3")] },
    Mode { number: 5, flags: &[("bug", "wrong-scale"), ("steps", "3")] },
    Mode { number: 5, flags: &[("bug", "wrong-scale"), ("at", "1,3")] },
    Mode { number: 5, flags: &[("bug", "all"), ("at", "1,3")] },
    Mode { number: 5, flags: &[("redraw", "")] },
    Mode { number: 6, flags: &[("steps", "3"), ("passes", "2")] },
    Mode {
        number: 6,
        flags: &[
            ("sweep", ""),
            ("steps", "3"),
            ("passes", "2"),
            ("seeds", "2"),
        ],
    },
    Mode {
        number: 6,
        flags: &[
            ("controls", ""),
            ("steps", "3"),
            ("passes", "2"),
            ("seeds", "2"),
        ],
    },
    Mode {
        number: 6,
        flags: &[
            ("amounts", ""),
            ("steps", "3"),
            ("passes", "2"),
            ("seeds", "2"),
        ],
    },
    Mode { number: 7, flags: &[("answers", "")] },
    Mode { number: 7, flags: &[("counts", "")] },
    Mode { number: 7, flags: &[("redraw", "")] },
    Mode { number: 7, flags: &[("rung", "flat"), ("steps", "3")] },
    Mode { number: 8, flags: &[("epochs", "2")] },
    Mode { number: 8, flags: &[("bowl", "")] },
    Mode { number: 8, flags: &[("mnist", "digits"), ("epochs", "20")] },
    Mode {
        number: 8,
        flags: &[("noise", ""), ("epochs", "1"), ("samples", "20")],
    },
    Mode {
        number: 8,
        flags: &[
            ("optimisers", ""),
            ("epochs", "1"),
            ("samples", "20"),
            ("seeds", "2"),
        ],
    },
    Mode {
        number: 8,
        flags: &[("earns", ""), ("epochs", "1"), ("seeds", "2")],
    },
    Mode {
        number: 8,
        flags: &[
            ("calibration", ""),
            ("epochs", "1"),
            ("samples", "20"),
            ("seeds", "2"),
        ],
    },
    Mode {
        number: 8,
        flags: &[("mistakes", ""), ("epochs", "1"), ("samples", "20")],
    },
    Mode { number: 8, flags: &[("redraw", "")] },
];

/// For every flag a value that is not its default, nor that of a mode.
const OTHER: &[(&str, &str)] = &[
    ("activation", "tanh"),
    ("amounts", ""),
    ("answers", ""),
    ("at", "2,5"),
    ("batch", "16"),
    ("bowl", ""),
    ("budgets", ""),
    ("bug", "early-update"),
    ("calibration", ""),
    ("census", "3"),
    ("constant", "50"),
    ("controls", ""),
    ("counts", ""),
    ("curvature", ""),
    ("depth", ""),
    ("draws", "20"),
    ("epochs", "3"),
    ("drop-prob", "0.35"),
    ("earns", ""),
    ("explain", ""),
    ("figures", "elsewhere"),
    ("gap", "-1,0.5"),
    ("init", "xavier"),
    ("instructions", ""),
    ("ladder", ""),
    ("layers", "1,4,1"),
    ("learning-rate", "0.0123"),
    ("mistakes", ""),
    ("mnist", "digits"),
    ("parting", ""),
    ("momentum", "0.9"),
    ("noise", ""),
    ("optimisers", ""),
    ("passes", "3"),
    ("plateau", ""),
    ("python", "no-such-python"),
    ("quick", ""),
    ("record", "here.txt"),
    ("redraw", ""),
    ("rung", "fused"),
    ("samples", "16"),
    ("saturation", ""),
    ("seed", "5"),
    ("seeds", "3"),
    ("spirals", ""),
    ("split", "1"),
    ("step-size", "1e-3"),
    ("steps", "5"),
    ("sum-rule", ""),
    ("sweep", ""),
    ("theory", ""),
    ("valley", ""),
    ("weights", "weights"),
    ("widths", ""),
    ("x", "0,1"),
    ("y", "0"),
];

/// The long flags of a chapter.
fn flags(chapter: &Chapter) -> Vec<String> {
    let command = (chapter.flags)();
    let names = command.get_arguments().filter_map(|flag| flag.get_long());
    names.map(str::to_owned).collect()
}

/// The mode's flags as they are typed, with one of them, or one more, changed.
fn typed(mode: &Mode, changed: Option<(&str, &str)>) -> String {
    let kept = mode
        .flags
        .iter()
        .filter(|flag| changed.is_none_or(|(name, _)| name != flag.0));
    spelled(kept.copied().chain(changed))
}

fn spelled<'a>(flags: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    flags.map(|(name, value)| format!("--{name} {value} ")).collect()
}

/// What is printed, and every file with its content.
type Outcome = (String, BTreeMap<PathBuf, Vec<u8>>);

fn outcome(chapter: &Chapter, arguments: &str) -> Outcome {
    let folder = digits();
    let output = chapter.run_in(folder.path(), arguments);
    let said = text(&output.stderr);
    assert!(output.status.success(), "{arguments}: {said}");
    let mut files = BTreeMap::new();
    collect(folder.path(), folder.path(), &mut files);
    (text(&output.stdout), files)
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<PathBuf, Vec<u8>>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below").to_owned();
            files.insert(name, fs::read(&path).expect("readable"));
        }
    }
}

/// Is it said that this flag does not go with the others?
fn refused(chapter: &Chapter, arguments: &str) -> bool {
    let line = chapter.refusal(arguments);
    let reasons = ["cannot be used with", "arguments were not provided"];
    line.is_some_and(|line| {
        let reason = reasons.iter().any(|reason| line.contains(reason));
        assert!(reason, "{arguments}: {line}");
        true
    })
}

/// Holds every flag of the mode's chapter against the mode.
fn check(mode: &Mode) {
    let chapter = chapter(mode.number);
    let base = outcome(chapter, &typed(mode, None));
    for name in flags(chapter) {
        let value = OTHER.iter().find(|other| other.0 == name);
        let value = value.unwrap_or_else(|| panic!("a value for --{name}"));
        if mode.flags.contains(value) {
            continue; // the mode itself
        }
        let arguments = typed(mode, Some(*value));
        if !refused(chapter, &arguments) && !MEASURES.contains(&&*name) {
            let changed = outcome(chapter, &arguments) != base;
            assert!(changed, "chapter {}: {arguments}", mode.number);
        }
    }
}

/// Each of these in chapter 7 starts to measure: no two outcomes are the same.
const MEASURES: [&str; 2] = ["ladder", "instructions"];

#[test]
#[ignore = "a minute: .ci/run runs it, with --ignored"]
fn a_flag_changes_something_or_is_refused() {
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for first in 0..workers {
            let share = MODES.iter().skip(first).step_by(workers);
            scope.spawn(move || share.for_each(check));
        }
    });
}

/// Where the times of chapter 7 are measured, no outcome is there twice.
#[test]
fn what_a_measurement_has_no_use_for_is_refused() {
    type Flags = &'static [(&'static str, &'static str)];
    let modes: [(Flags, &[&str]); 2] = [
        (&[("ladder", "")], &["ladder", "python", "quick", "record"]),
        (&[("instructions", "")], &["instructions", "record"]),
    ];
    for (mode, used) in modes {
        let mut accepted = flags(chapter(7));
        accepted.retain(|name| {
            let other = OTHER.iter().find(|other| other.0 == name);
            let (name, value) = other.expect("a value");
            let mode = mode.iter().filter(|mode| mode.0 != *name);
            let all = mode.copied().chain([(*name, *value)]);
            !refused(chapter(7), &spelled(all))
        });
        accepted.sort();
        assert_eq!(accepted, used);
    }
}
