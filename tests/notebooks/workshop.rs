//! Where the programs of notebooks are built and run, as a crate that depends
//! on ours in the way of the notebooks' first cells.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::thread;

use crate::judge;
use crate::notebook::Notebook;
use crate::program::{MARK, Program};

/// As every first cell has it.
pub const FEATURES: &str = r#"features = ["notebook"]"#;

/// Everything that is wrong with `notebooks`, as the crate `name`. Folders are
/// kept between runs, so that only what has changed is compiled.
pub fn faults(root: &Path, name: &str, notebooks: &[Notebook]) -> Vec<String> {
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR")).join("notebooks");
    let (folder, target) = (shared.join(name), shared.join("target"));
    let programs: Vec<Program> = notebooks.iter().map(Program::of).collect();
    write_crate(root, &folder, name);
    write_programs(&folder.join("src/bin"), notebooks, &programs);
    let output = build(&folder, &target);
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        return compile_faults(&said, notebooks, &programs);
    }
    let program = |it: &Notebook| target.join("debug").join(it.stem());
    let outputs = run_all(notebooks.iter().map(program).collect());
    let ran = notebooks.iter().zip(outputs);
    ran.flat_map(|(notebook, output)| run_faults(root, notebook, &output))
        .collect()
}

/// Runs programs side by side.
fn run_all(programs: Vec<PathBuf>) -> Vec<Output> {
    let run = |program| Command::new(program).output().expect("it starts");
    thread::scope(|scope| {
        let started: Vec<_> = programs
            .into_iter()
            .map(|program| scope.spawn(move || run(program)))
            .collect();
        let ended = started.into_iter().map(|it| it.join());
        ended.map(|output| output.expect("it ends")).collect()
    })
}

/// The features that the first cells ask for, and the root's versions.
fn write_crate(root: &Path, folder: &Path, name: &str) {
    fs::create_dir_all(folder.join("src/bin")).expect("a folder");
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[workspace]\n\n\
         [dependencies]\nchainrule = {{ path = {root:?}, {FEATURES} }}\n\n\
         [profile.dev]\nopt-level = 1\ndebug = false\nincremental = false\n\n\
         [profile.dev.package.chainrule]\nopt-level = 3\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    let lock = root.join("Cargo.lock");
    fs::copy(lock, folder.join("Cargo.lock")).expect("a copy");
}

fn write_programs(bin: &Path, notebooks: &[Notebook], programs: &[Program]) {
    let path =
        |notebook: &Notebook| bin.join(format!("{}.rs", notebook.stem()));
    let wanted: Vec<PathBuf> = notebooks.iter().map(path).collect();
    for file in fs::read_dir(bin).expect("the programs").flatten() {
        if !wanted.contains(&file.path()) {
            fs::remove_file(file.path()).expect("an old program goes");
        }
    }
    for (path, program) in wanted.iter().zip(programs) {
        write(path, &program.text);
    }
}

/// Only what has changed, so that cargo compiles no more than that.
fn write(path: &Path, text: &str) {
    if fs::read_to_string(path).ok().as_deref() != Some(text) {
        fs::write(path, text).expect("a file can be written");
    }
}

fn build(folder: &Path, target: &Path) -> Output {
    Command::new(env!("CARGO"))
        .args(["build", "--offline", "--keep-going"])
        .args(["--message-format", "short", "--target-dir"])
        .arg(target)
        .current_dir(folder)
        .output()
        .expect("cargo starts")
}

/// `src/bin/ch01_dropout.rs:45:9: error: …`, with the cell in place of the line.
fn compile_faults(
    said: &str,
    notebooks: &[Notebook],
    programs: &[Program],
) -> Vec<String> {
    let place = |line: &str| {
        let (stem, rest) = line.strip_prefix("src/bin/")?.split_once(".rs:")?;
        let (at, rest) = rest.split_once(':')?;
        let which = notebooks.iter().position(|n| n.stem() == stem)?;
        let at = at.parse::<usize>().ok()?.checked_sub(1)?;
        let cell = programs[which].cells.get(at)?;
        let message = rest.split_once("error")?.1;
        Some(format!("{stem}.ipynb, cell {cell}: error{message}"))
    };
    let faults: Vec<String> = said.lines().filter_map(place).collect();
    if faults.is_empty() { vec![said.to_owned()] } else { faults }
}

fn run_faults(
    root: &Path,
    notebook: &Notebook,
    output: &Output,
) -> Vec<String> {
    let stdout = String::from_utf8_lossy(&output.stdout);
    let (mut found, mut reached) = (Vec::new(), 0);
    for part in stdout.split(MARK).skip(1) {
        let (number, printed) = part.split_once('\n').unwrap_or((part, ""));
        reached = number.parse().expect("the number of a cell");
        let (cell, below) = notebook.cells[reached - 1..]
            .split_first()
            .expect("a cell has run");
        let below = below.first().map_or("", |cell| &cell.source);
        let faults = judge::printed(root, cell, printed, below);
        found.extend(faults.into_iter().map(|fault| (reached, fault)));
    }
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr);
        found.push((reached, format!("{}: {said}", output.status)));
    }
    let say =
        |(cell, fault)| format!("{}, cell {cell}: {fault}", notebook.name);
    found.into_iter().map(say).collect()
}
