//! The book's training steps in Rust, asked for over stdin.
//!
//! `peers SUBJECT WIDTH THREADS DROP_PROB LEARNING_RATE SIZES SAMPLES FILE`
//! says what it is in one line. Then it answers each number N on its input by
//! training N steps: wall seconds, CPU seconds of all threads, and the loss
//! that the last of the N steps started from. `compare.py` starts it.

// The linter looks at this crate without the others, too, since they take long.
#![cfg_attr(not(all(feature = "burn", feature = "candle")), allow(dead_code))]

#[cfg(feature = "burn")]
mod in_burn;
#[cfg(feature = "candle")]
mod in_candle;
mod ours;
mod workload;

use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};
use std::process::ExitCode;
use std::time::Instant;

use cpu_time::ProcessTime;

use workload::Workload;

/// Trains as often as told; returns the loss of the last step.
type Train = Box<dyn FnMut(usize) -> Outcome<f64>>;
type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (subject, described) = arguments.split_first().ok_or("no subject")?;
    let (name, mut train) = start(subject, &Workload::read(described)?)?;
    println!("{name}");
    for line in stdin().lock().lines() {
        let steps = line?.trim().parse()?;
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let loss = train(steps)?;
        let (wall, cpu) = (wall.elapsed(), cpu.elapsed());
        println!("{:e} {:e} {loss:e}", wall.as_secs_f64(), cpu.as_secs_f64());
        stdout().flush()?;
    }
    Ok(())
}

/// The subject of that name, and what it calls itself.
fn start(subject: &str, workload: &Workload) -> Outcome<(String, Train)> {
    match subject {
        "chainrule" => {
            Ok((format!("chainrule {VERSION}"), ours::start(workload)?))
        }
        #[cfg(feature = "candle")]
        "candle" => Ok((version("candle-core"), in_candle::start(workload)?)),
        #[cfg(feature = "burn")]
        "burn" => Ok((version("burn"), in_burn::start(workload)?)),
        other => Err(format!("no subject is called '{other}'").into()),
    }
}

const VERSION: &str = env!("CARGO_PKG_VERSION");
const LOCK_FILE: &str = include_str!("../Cargo.lock");

/// `name` and the version of it in the lock file.
fn version(name: &str) -> String {
    let entry = format!("name = \"{name}\"\nversion = \"");
    let after = LOCK_FILE.split_once(&entry).map_or("?", |(_, rest)| rest);
    let version = after.split('"').next().unwrap_or("?");
    format!("{} {version}", name.trim_end_matches("-core"))
}
