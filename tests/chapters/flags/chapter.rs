//! A chapter: its flags as clap reads them, and its program as a reader runs it.

use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use chapters::cli;
use clap::CommandFactory;

/// A chapter's program, and the reader of its flags.
pub struct Chapter {
    pub program: &'static str,
    pub flags: fn() -> clap::Command,
    pub read: fn(Vec<OsString>) -> Option<clap::Error>,
}

macro_rules! chapter {
    ($name:ident) => {
        Chapter {
            program: env!(concat!("CARGO_BIN_EXE_", stringify!($name))),
            flags: chapters::$name::args::Args::command,
            read: |words| {
                cli::read::<chapters::$name::args::Args>(&words).err()
            },
        }
    };
}

/// All of them, in order.
pub const ALL: [Chapter; 8] = [
    chapter!(ch01_dropout),
    chapter!(ch02_backprop),
    chapter!(ch03_network),
    chapter!(ch04_regularize),
    chapter!(ch05_gradient_check),
    chapter!(ch06_uncertainty),
    chapter!(ch07_speed),
    chapter!(ch08_digits),
];

/// The chapter of this number.
pub fn chapter(number: usize) -> &'static Chapter {
    &ALL[number - 1]
}

impl Chapter {
    /// The line that refuses these arguments, as the program would print it.
    pub fn refusal(&self, arguments: &str) -> Option<String> {
        self.refusal_of(arguments.split_whitespace().map(OsString::from))
    }

    /// As [`Chapter::refusal`], for words as they are.
    pub fn refusal_of(
        &self,
        words: impl IntoIterator<Item = OsString>,
    ) -> Option<String> {
        let words = [OsString::from("chapter")].into_iter().chain(words);
        let error = (self.read)(words.collect());
        let error = error.filter(|error| error.use_stderr()); // no --help
        error.map(|error| cli::one_line(&error))
    }

    /// Runs the program in `folder`.
    pub fn run_in(&self, folder: &Path, arguments: &str) -> Output {
        Command::new(self.program)
            .args(arguments.split_whitespace())
            .current_dir(folder)
            .output()
            .expect("the chapter starts")
    }

    /// Runs the program in an empty folder.
    pub fn run(&self, arguments: &str) -> Output {
        let folder = tempfile::tempdir().expect("a temporary folder");
        self.run_in(folder.path(), arguments)
    }

    /// Runs the program and holds it to this exit code, one line on stderr,
    /// nothing on stdout, and a folder with as many entries as before; returns
    /// the line.
    pub fn fails(&self, code: i32, folder: &Path, arguments: &str) -> String {
        let entries = || fs::read_dir(folder).expect("readable").count();
        let before = entries();
        let output = self.run_in(folder, arguments);
        let line = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{arguments}: {line}");
        assert_eq!(line.lines().count(), 1, "{arguments}: {line}");
        assert_eq!(text(&output.stdout), "", "{arguments}");
        assert_eq!(entries(), before, "{arguments}: files were left behind");
        line.trim_end().to_owned()
    }
}

/// What a program printed.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
