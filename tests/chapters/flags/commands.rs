//! The commands that the pages, the notebooks' texts and the documents show:
//! each is one that we know, of a program or a test that is there, and the
//! flags of a chapter are held against the chapter's own.

use std::fs;
use std::path::{Path, PathBuf};

use chainrule_book::markdown::{self, extent, plain_text};
use pulldown_cmark::{CodeBlockKind, Event, Tag};

use crate::chapter::ALL;

/// What else a reader is told to type, word for word. Commands that run a
/// chapter or a test are not here: `problem` reads them.
const KNOWN: [&str; 64] = [
    ".ci/arm",
    "benchmarks/peers/target/venv/bin/python benchmarks/peers/compare.py --record book/measurements/peers.txt",
    "benchmarks/peers/target/venv/bin/python benchmarks/peers/compare.py --instructions avx2 --workload large --widths f64 --record book/measurements/peers_avx2.txt",
    "benchmarks/peers/target/venv/bin/python benchmarks/peers/compare.py --threads 2 --workload large --widths f64 --record book/measurements/peers_two.txt",
    "book/live/build",
    "cargo bench",
    "cargo bench -- step",
    "cargo build",
    "cargo build --release",
    "cargo build -p chainrule-live --profile wasm --target wasm32-unknown-unknown",
    "cargo clippy --workspace --all-targets -- -D warnings",
    "cargo doc --open",
    "cargo fmt --check",
    "cargo install cargo-mutants --locked",
    "cargo install evcxr_jupyter --version 0.22.0 --locked",
    "cargo install mdbook --version 0.5.4 --locked",
    "cargo install rustlings --version 6.5.0 --locked",
    "cargo mutants --package chainrule",
    "cargo mutants --package chainrule --re src/softmax.rs",
    "cargo run --package chainrule-book -- check-built target/book",
    "cargo test -p exercises",
    "cargo test -p framework --features wgpu",
    "cargo test --workspace",
    "cargo tree -p chainrule-live --edges normal,no-proc-macro --target wasm32-unknown-unknown",
    "cd benchmarks",
    "cd benchmarks/peers",
    "cd chapters/ch09_scale",
    "cd exercises",
    "evcxr_jupyter --install",
    "git diff tests/snapshots",
    "git diff tests/snapshots/excerpts.txt",
    "git restore exercises/exercises",
    "git restore exercises/exercises/ch02_backward.rs",
    "git switch --create my-ladder",
    "cp -r book/en/notebooks work/jupyter/",
    "jupyter lab work/jupyter/notebooks/ch01_dropout.ipynb",
    "mdbook build",
    "mdbook serve",
    "mdbook serve --open",
    "mkdir -p work/jupyter",
    "mpirun --hostfile hosts -n 16 ../../target/ch09_scale/debug/ch09_machines --shards 16",
    "mpirun --oversubscribe -n 4 ../../target/ch09_scale/debug/ch09_machines --steps 100",
    "npm ci --prefix book/live/browser",
    "npm run epub --prefix book/editions",
    "npm run paper --prefix book/editions",
    "npm run stills --prefix book/live/browser",
    "npm test --prefix book/editions",
    "npm test --prefix book/live/browser",
    "python3 -m pip install jupyter_client",
    "python3 -m pip install jupyterlab",
    "python3 -m venv target/jupyter",
    "python3 -m venv target/venv",
    "python3 tests/notebooks.py",
    "python3 tests/notebooks.py ch02_backprop",
    "python3 tests/parity/fixtures.py --check",
    "rustlings",
    "rustup component add rust-src",
    "rustup target add wasm32-unknown-unknown",
    "source target/jupyter/bin/activate",
    "sudo apt-get install gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user-static",
    "sudo apt-get install openmpi-bin libopenmpi-dev libclang-dev",
    "target/venv/bin/pip install numpy threadpoolctl torch jax",
    "target/venv/bin/python compare.py",
    "target/venv/bin/python compare.py --threads 2",
];

/// What may stand before a command.
const SETTINGS: [&str; 7] = [
    "CARGO_PROFILE_DEV_OPT_LEVEL=0",
    "EXCERPTS_UPDATE=always",
    "INSTA_UPDATE=always",
    "NOTEBOOKS_UPDATE=always",
    "PROPTEST_CASES=1000000",
    "PROPTEST_CASES=2000000",
    "WEIGHTS_UPDATE=always",
];

/// What the pages show because the chapter refuses it.
const REFUSED: [&str; 3] = [
    "cargo run --bin ch03_network -- --activation softplus",
    "cargo run --bin ch04_regularize -- --drop-prob -0.7",
    "cargo run --bin ch04_regularize -- --drop-prob 1",
];

/// What an inline command begins with: a file has no blank behind it.
const TOOLS: [&str; 8] = [
    "cargo ", "git ", "jupyter ", "mdbook ", "npm ", "pip ", "python3 ",
    "rustup ",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of a file below the root; of a notebook, that of its text cells.
fn text(file: &Path) -> String {
    let text = fs::read_to_string(file).expect("a text");
    if file.extension().is_none_or(|kind| kind != "ipynb") {
        return text;
    }
    let notebook: serde_json::Value =
        serde_json::from_str(&text).expect("JSON");
    let cells = notebook["cells"].as_array().into_iter().flatten();
    let lines = cells
        .filter(|cell| cell["cell_type"] == "markdown")
        .flat_map(|cell| cell["source"].as_array().into_iter().flatten());
    lines.filter_map(|line| line.as_str()).collect()
}

/// Every file with commands.
fn files() -> Vec<PathBuf> {
    let folders = [
        "",
        "book/en",
        "book/en/answers",
        "book/en/notebooks",
        "benchmarks",
        "book/live",
        "tests",
    ];
    let entries = folders.iter().flat_map(|folder| {
        fs::read_dir(root().join(folder)).expect("a folder").flatten()
    });
    let paths = entries.map(|entry| entry.path());
    paths
        .filter(|path| {
            path.extension().is_some_and(|it| it == "md" || it == "ipynb")
        })
        .collect()
}

/// The commands in a text: the lines of its `sh` blocks, and code in a line
/// that begins with a tool or has a flag. A block of any other kind that the
/// text cannot do without is left alone; the rest is read as commands.
fn commands(text: &str) -> Vec<String> {
    let events = markdown::events(text);
    let mut found = Vec::new();
    for (at, (event, _)) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let info = match kind {
                    CodeBlockKind::Fenced(info) => info.trim(),
                    CodeBlockKind::Indented => "indented",
                };
                let body = plain_text(&events[at..at + extent(&events[at..])]);
                match info.trim_end_matches(" shapes") {
                    "math" | "markdown" | "output" | "python" | "rust" => {}
                    "" => found.extend(strange_paths(&body)),
                    _ => found.extend(typed(&body)),
                }
            }
            Event::Code(code) => {
                let is_one = TOOLS.iter().any(|it| code.starts_with(it))
                    || code.contains(" --") && !code.starts_with('-');
                found.extend(is_one.then(|| code.to_string()));
            }
            _ => {}
        }
    }
    found
}

/// The commands that a block has a reader type.
fn typed(body: &str) -> Vec<String> {
    let joined = body.replace("\\\n", " ");
    let parts = joined.lines().flat_map(|line| line.split(" && "));
    let parts = parts.map(|part| part.trim().to_owned());
    parts.filter(|part| !part.is_empty()).collect()
}

/// The lines of a block without a label that are not about a file: such a
/// block is a list of what is where.
fn strange_paths(body: &str) -> Vec<String> {
    let path = |line: &&str| {
        let path = line.split_whitespace().next().unwrap_or_default();
        !line.is_empty() && !root().join(path).exists()
    };
    body.lines().filter(path).map(str::to_owned).collect()
}

/// What is wrong with a command, if anything is.
fn problem(command: &str) -> Option<String> {
    let settings = |word: &&str| SETTINGS.contains(word);
    let words = command.split_whitespace().skip_while(settings);
    let words: Vec<&str> = words.collect();
    let plain = words.join(" ");
    if KNOWN.contains(&plain.as_str()) {
        return None;
    }
    match words.as_slice() {
        ["cargo", "run", rest @ ..] => {
            let split = rest.iter().position(|word| *word == "--");
            let (cargo, flags) = rest.split_at(split.unwrap_or(rest.len()));
            run_problem(cargo, flags.get(1..).unwrap_or_default())
        }
        ["cargo", "test", rest @ ..] => test_problem(rest),
        _ => Some("no command that we know".to_owned()),
    }
}

/// `[--release] [--bin NAME]` and the flags of the chapter of that name, or
/// `-p exercises --bin NAME` with none.
fn run_problem(cargo: &[&str], flags: &[&str]) -> Option<String> {
    if let ["-p", "exercises", "--bin", rung] = cargo
        && flags.is_empty()
    {
        return rung_problem(rung);
    }
    let cargo = cargo.strip_prefix(&["--release"]).unwrap_or(cargo);
    if matches!(
        cargo,
        ["-p", "framework" | "machines"]
            | ["-p", "framework", "--features", "wgpu"]
    ) {
        return None; // of chapter 9: tests/scale reads their flags
    }
    let bin = match cargo {
        [] => "ch01_dropout",
        ["--bin", bin] => bin,
        _ => return Some(format!("cargo run with {cargo:?}")),
    };
    match ALL.iter().find(|it| (it.flags)().get_name() == bin) {
        Some(chapter) => chapter.refusal(&flags.join(" ")),
        None => Some(format!("no chapter {bin}")),
    }
}

/// A rung of the ladder, or its answer.
fn rung_problem(rung: &str) -> Option<String> {
    let (folder, stem) = match rung.strip_suffix("_sol") {
        Some(stem) => ("solutions", stem),
        None => ("exercises", rung),
    };
    let file = root().join(format!("exercises/{folder}/{stem}.rs"));
    (!file.exists()).then(|| format!("no rung {rung}"))
}

/// `--lib`, or `--test NAME` as often as one likes, and a part of a test's name;
/// or all tests of a package of the workspace.
fn test_problem(words: &[&str]) -> Option<String> {
    let mut words = words;
    let mut sources = String::new();
    loop {
        match words {
            [] | ["--", "--ignored"] => return None,
            ["--release", rest @ ..] => words = rest,
            ["--package", "chainrule-live"] => return None,
            ["--lib", rest @ ..] => {
                sources += &source(&root().join("src"));
                words = rest;
            }
            ["--test", name, rest @ ..] => {
                let places = ["tests/", "tests/chapters/"]
                    .map(|it| it.to_owned() + name);
                let at = places.iter().map(|place| root().join(place));
                let found: String = at
                    .flat_map(|at| [at.with_extension("rs"), at])
                    .map(|at| source(&at))
                    .collect();
                if found.is_empty() {
                    return Some(format!("no tests {name}"));
                }
                sources += &found;
                words = rest;
            }
            [part] if is_test(&sources, part) => return None,
            _ => return Some(format!("no test of that name: {words:?}")),
        }
    }
}

/// The text of a file, or of all files in a folder and below.
fn source(path: &Path) -> String {
    let Ok(entries) = fs::read_dir(path) else {
        return fs::read_to_string(path).unwrap_or_default();
    };
    entries.flatten().map(|entry| source(&entry.path())).collect()
}

/// Whether a function in these sources has a name with this in it.
fn is_test(sources: &str, part: &str) -> bool {
    let names = sources.split("fn ").skip(1);
    names.filter_map(|it| it.split('(').next()).any(|it| it.contains(part))
}

#[test]
fn what_a_reader_is_told_to_type_is_accepted() {
    let mut faults = Vec::new();
    let mut shown = Vec::new();
    for file in files() {
        for command in commands(&text(&file)) {
            if let Some(problem) = problem(&command)
                && !REFUSED.contains(&command.as_str())
            {
                let file = file.strip_prefix(root()).unwrap_or(&file);
                let file = file.display();
                faults.push(format!("{file}: {command}: {problem}"));
            }
            shown.push(command);
        }
    }
    for known in KNOWN.iter().chain(&REFUSED) {
        if !shown.iter().any(|command| command == known) {
            faults.push(format!("nothing shows {known}"));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    for refused in REFUSED {
        assert_ne!(problem(refused), None, "{refused}");
    }
}

#[test]
fn every_wrong_command_is_found() {
    for (command, expected) in [
        (
            "cargo run --bin ch02_backprop -- --step 3",
            "unexpected argument '--step'",
        ),
        ("cargo run --bin ch02_backprop -- --steps many", "--steps"),
        (
            "cargo run --bin ch01_dropout -- --seed 1 > x",
            "unexpected argument '>'",
        ),
        ("cargo run --bin ch01_dropuot", "no chapter ch01_dropuot"),
        ("cargo run --fast", "cargo run with"),
        ("cargo run -p exercises --bin ch02_backwards", "no rung"),
        ("cargo run -p exercises --bin ch02_backwards_sol", "no rung"),
        ("cargo run -p exercises --bin ch01_mask -- --p", "cargo run with"),
        ("cargo run | sh", "cargo run with"),
        ("cargo test --test plane", "no tests plane"),
        ("cargo test --test parity plato", "no test of that name"),
        ("cargo test --lib nothing_like_it", "no test of that name"),
        ("cargo test --tests", "no test of that name"),
        ("cargo done in 2 s, loss 0.04", "no command that we know"),
        ("crago run", "no command that we know"),
        ("mdbook bulid", "no command that we know"),
        ("curl https://sh.rustup.rs | sh", "no command that we know"),
        ("python3 -c 'print(0.04)'", "no command that we know"),
        ("RUST_LOG=x cargo run", "no command that we know"),
        ("# loss 0.04", "no command that we know"),
    ] {
        let problem = problem(command).unwrap_or_default();
        assert!(problem.contains(expected), "{command}: {problem}");
    }
}

#[test]
fn commands_are_found_wherever_they_stand() {
    let text = "`cargo a` `--b` `x --c`\n\n> ```sh\n> d \\\n>   e && f\n> ```\n\n```console\n$ g\n```\n\n    h\n\n```\ntests/ and\nloss 1\n```\n";
    let found: Vec<String> = commands(text)
        .iter()
        .map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    assert_eq!(found, ["cargo a", "x --c", "d e", "f", "$ g", "h", "loss 1"]);
}
