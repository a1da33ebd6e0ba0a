//! Measurements as a text file: written whole, with the day and the machine,
//! and read back for the figures.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{fs, io};

use chainrule::kernels::Instructions;
use chapters::cli::Failure;

use chapters::ch07_speed::date::today;

/// The first lines of a record: the command, the day, the machine.
pub fn head() -> String {
    format!(
        "{}\nmeasured on {}, {}, {} processors, {}, {}, chainrule {}\n",
        command(),
        today(),
        processor(),
        std::thread::available_parallelism().map_or(1, usize::from),
        instructions(),
        compiler(),
        env!("CARGO_PKG_VERSION"),
    )
}

/// The command as a reader types it, without the paths of this machine.
fn command() -> String {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    for flag in ["--record", "--figures", "--python"] {
        if let Some(at) = arguments.iter().position(|word| word == flag) {
            arguments.drain(at..(at + 2).min(arguments.len()));
        }
    }
    let level = "CARGO_PROFILE_DEV_OPT_LEVEL";
    let setting = std::env::var(level).map(|to| format!("{level}={to} "));
    let release = if cfg!(debug_assertions) { "" } else { " --release" };
    let separator = if arguments.is_empty() { "" } else { " -- " };
    format!(
        "$ {}cargo run{release} --bin ch07_speed{separator}{}",
        setting.unwrap_or_default(),
        arguments.join(" ")
    )
}

fn processor() -> String {
    let named = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        Some(line.split_once(':')?.1.trim().to_owned())
    });
    named
        .unwrap_or_else(|| format!("a processor of {}", std::env::consts::ARCH))
}

/// The widest vectors the loops can use here.
fn instructions() -> String {
    format!("{:?}", Instructions::best().level())
}

fn compiler() -> String {
    let asked = Command::new("rustc").arg("--version").output();
    let said = asked.ok().and_then(|said| String::from_utf8(said.stdout).ok());
    let said = said.unwrap_or_default();
    said.split(" (").next().unwrap_or_default().trim().to_owned()
}

/// A file that a record is written to when everything is measured; tried out
/// before anything is.
pub struct Target {
    path: PathBuf,
}

impl Target {
    /// # Errors
    /// [`Failure::File`] if the folder cannot be written to.
    pub fn open(path: &Path) -> Result<Target, Failure> {
        let target = Target { path: path.to_owned() };
        fs::write(target.unfinished(), "")
            .and_then(|()| fs::remove_file(target.unfinished()))
            .map_err(|error| target.refused(&error))?;
        Ok(target)
    }

    /// # Errors
    /// [`Failure::File`]; the old file is then as it was.
    pub fn write(&self, text: &str) -> Result<(), Failure> {
        fs::write(self.unfinished(), text)
            .and_then(|()| fs::rename(self.unfinished(), &self.path))
            .map_err(|error| self.refused(&error))
    }

    fn unfinished(&self) -> PathBuf {
        self.path.with_extension(format!("{}.part", std::process::id()))
    }

    fn refused(&self, error: &io::Error) -> Failure {
        Failure::File {
            path: self.path.display().to_string(),
            reason: format!("cannot be written: {error}"),
        }
    }
}

/// The numbers of a record.
pub struct Record<'a> {
    text: &'a str,
}

impl<'a> Record<'a> {
    pub fn new(text: &'a str) -> Record<'a> {
        Record { text }
    }

    /// The number at the end of the first line that begins with `label`.
    pub fn number(&self, label: &str) -> Option<f64> {
        self.rows(label, 1).next()?.last().copied()
    }

    /// Microseconds a step, × literal, and the ends of its middle half, for a
    /// rung with so many hidden units.
    pub fn rung(&self, hidden: usize, name: &str) -> Option<Vec<f64>> {
        self.rows(&format!("{hidden:>2} {name} "), 4).next()
    }

    /// The numbers of every line that begins with `label` and has so many of
    /// them or more; a word that is no number is passed over.
    pub fn rows(
        &self,
        label: &str,
        numbers: usize,
    ) -> impl Iterator<Item = Vec<f64>> {
        let label = label.to_owned();
        let after = self
            .text
            .lines()
            .filter_map(move |l| l.strip_prefix(label.as_str()));
        let rows = after.map(|rest| {
            let words = rest.split_whitespace();
            words.filter_map(|word| word.parse().ok()).collect::<Vec<f64>>()
        });
        rows.filter(move |row| row.len() >= numbers)
    }
}
