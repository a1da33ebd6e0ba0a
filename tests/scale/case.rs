//! A program of chapter 9 as a reader runs it, and what the book shows of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// A program of the chapter, and how a reader starts it.
#[derive(Clone, Copy)]
pub struct Program {
    pub path: &'static str,
    pub command: &'static str,
}

impl Program {
    /// Runs in `folder`; the words are parted by blanks.
    pub fn run(&self, folder: &Path, words: &str) -> Output {
        let mut command = Command::new(self.path);
        command.args(words.split_whitespace()).current_dir(folder);
        allow_root(&mut command);
        command.output().expect("the program starts")
    }

    /// What it prints, where all goes well.
    pub fn prints(&self, folder: &Path, words: &str) -> String {
        let ended = self.run(folder, words);
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{words}: {stderr}");
        assert_eq!(stderr, "", "{words}");
        String::from_utf8(ended.stdout).expect("UTF-8")
    }

    /// The one line on stderr, where it stops with this exit code.
    pub fn refuses(&self, folder: &Path, words: &str, code: i32) -> String {
        let ended = self.run(folder, words);
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(code), "{words}: {stderr}");
        assert_eq!(stderr.lines().count(), 1, "{words}: {stderr}");
        stderr.trim_end().trim_start_matches("error: ").to_owned()
    }

    /// Holds what was printed to the book's snapshot of that name.
    pub fn assert_snapshot(&self, name: &str, words: &str, printed: &str) {
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_snapshot_path(root().join("tests/snapshots"));
        let gap = if words.is_empty() { "" } else { " " };
        let shown = format!("$ {}{gap}{words}\n{printed}", self.command);
        settings.bind(|| insta::assert_snapshot!(name, shown));
    }

    /// The commands of the chapter's page, answers and documents that start it,
    /// without the words before its flags.
    pub fn shown_commands(&self) -> Vec<String> {
        let start = self.command.trim_end_matches(" --");
        let texts = [
            "README.md",
            "CONTRIBUTING.md",
            "book/en/ch09_scale.md",
            "book/en/answers/ch09_scale.md",
        ];
        let mut found = Vec::new();
        for text in texts {
            let text = fs::read_to_string(root().join(text));
            let text = text.expect("a text");
            let rest = text.lines().filter_map(|it| it.strip_prefix(start));
            let flags = rest.filter_map(|rest| match rest {
                "" => Some(""),
                rest => rest.strip_prefix(" -- "),
            });
            found.extend(flags.map(str::to_owned));
        }
        found
    }
}

/// Open MPI does not work for root unless it is told to, as in a container.
pub fn allow_root(command: &mut Command) {
    if rustix::process::geteuid().is_root() {
        command.env("OMPI_ALLOW_RUN_AS_ROOT", "1");
        command.env("OMPI_ALLOW_RUN_AS_ROOT_CONFIRM", "1");
    }
}
