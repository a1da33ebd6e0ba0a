//! Blocks of commands to type: nothing but commands, of programs that exist.
//! tests/chapters/flags/commands.rs looks at the commands themselves.

use std::path::Path;

/// What a line may begin with.
const COMMANDS: [&str; 13] = [
    "cargo",
    "mdbook",
    "git",
    "rustup",
    "python3",
    "jupyter",
    "evcxr_jupyter",
    "cd",
    "cp",
    "mkdir",
    "mpirun",
    "source",
    "sudo",
];

/// Where the source is of what a flag of cargo names.
const TARGETS: [(&str, &str); 6] = [
    ("--bin", "chapters/*/main.rs"),
    ("--bin", "exercises/exercises/*.rs"),
    ("--test", "tests/*.rs"),
    ("--test", "tests/*/main.rs"),
    ("--test", "tests/chapters/*.rs"),
    ("--test", "tests/chapters/*/main.rs"),
];

/// The first line that is wrong, counted from 0, and what is wrong with it.
pub fn problem(root: &Path, body: &str) -> Option<(usize, String)> {
    let mut goes_on = false;
    for (index, line) in body.lines().enumerate() {
        let begins = !goes_on && !line.trim().is_empty();
        goes_on = line.ends_with('\\');
        if begins && !is_command(line) {
            return Some((index, format!("not a command: {}", line.trim())));
        }
        if let Some(file) = missing(root, line) {
            return Some((index, format!("this command needs {file}")));
        }
    }
    None
}

/// Whether a line begins with a command, after any `NAME=value`.
fn is_command(line: &str) -> bool {
    let plain = |c: char| c.is_ascii_uppercase() || "_0123456789".contains(c);
    let is_setting = |word: &&str| {
        let (name, _) = word.split_once('=').unwrap_or_default();
        !name.is_empty() && name.chars().all(plain)
    };
    let mut words = line.split_whitespace().skip_while(is_setting);
    words.next().is_some_and(|word| COMMANDS.contains(&word))
}

/// The source of the program or the test that a line names and that is not there.
fn missing(root: &Path, line: &str) -> Option<String> {
    let words = line.split_whitespace().take_while(|word| *word != "--");
    let words: Vec<&str> = words.collect();
    words.windows(2).find_map(|pair| {
        let places = TARGETS.iter().filter(|(flag, _)| *flag == pair[0]);
        let mut files = places.map(|(_, place)| place.replace('*', pair[1]));
        let first = files.clone().next()?;
        (!files.any(|file| root.join(file).is_file())).then_some(first)
    })
}
