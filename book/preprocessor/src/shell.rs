//! Blocks of commands to type: nothing but commands, of programs that exist.

use std::path::Path;

/// What a line may begin with.
const COMMANDS: [&str; 9] = [
    "cargo",
    "mdbook",
    "git",
    "rustup",
    "python3",
    "jupyter",
    "evcxr_jupyter",
    "cd",
    "source",
];

/// The first line that is wrong, counted from 0, and what is wrong with it.
pub fn problem(root: &Path, body: &str) -> Option<(usize, String)> {
    let mut goes_on = false;
    for (index, line) in body.lines().enumerate() {
        let begins = !goes_on && !line.trim().is_empty();
        goes_on = line.ends_with('\\');
        if begins && !line.starts_with('#') && !is_command(line) {
            let problem = format!("not a command: {}", line.trim());
            return Some((index, problem));
        }
        if let Some(file) = missing(root, line) {
            return Some((index, format!("this command needs {file}")));
        }
    }
    None
}

/// Whether a line begins with a command, after any `NAME=value`.
fn is_command(line: &str) -> bool {
    let mut words = line.split_whitespace().skip_while(|w| is_setting(w));
    words.next().is_some_and(|word| COMMANDS.contains(&word))
}

fn is_setting(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_uppercase() || "_0123456789".contains(c);
    word.split_once('=')
        .is_some_and(|(name, _)| !name.is_empty() && name.chars().all(plain))
}

/// The source of the program or the test that a line names and that is not there.
fn missing(root: &Path, line: &str) -> Option<String> {
    let words = line.split_whitespace().take_while(|word| *word != "--");
    let words: Vec<&str> = words.collect();
    let mut named = words.windows(2).filter_map(|pair| match pair {
        ["--bin", name] => Some(vec![format!("chapters/{name}/main.rs")]),
        ["--test", name] => Some(vec![
            format!("tests/{name}.rs"),
            format!("tests/{name}/main.rs"),
            format!("tests/chapters/{name}.rs"),
            format!("tests/chapters/{name}/main.rs"),
        ]),
        _ => None,
    });
    let is_there = |file: &String| root.join(file).is_file();
    let missing = named.find(|files| !files.iter().any(is_there))?;
    missing.into_iter().next()
}
