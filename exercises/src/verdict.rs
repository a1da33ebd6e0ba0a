//! A verdict, told; and a panic in a reader's code, told as a verdict.

use std::any::Any;
use std::cell::RefCell;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::process::ExitCode;
use std::sync::Once;

/// What is right about an answer, or what is wrong with it.
pub type Verdict = Result<String, String>;

/// Prints the verdict of a rung; what is not right ends with exit code 1.
pub fn answer(judge: impl FnOnce() -> Verdict) -> ExitCode {
    let (line, code) = match verdict(judge) {
        Ok(good) => (format!("Right: {good}"), ExitCode::SUCCESS),
        Err(fault) => (format!("Not yet: {fault}"), ExitCode::FAILURE),
    };
    // Whoever closed stdout has the exit code.
    let _ = writeln!(io::stdout(), "{}", wrapped(&line));
    code
}

/// How wide a line may be.
const WIDTH: usize = 76;

/// Long lines broken between words; short ones as they are.
fn wrapped(text: &str) -> String {
    let lines = text.lines().map(|line| {
        if line.chars().count() <= WIDTH {
            return line.to_owned();
        }
        let (mut broken, mut width) = (String::new(), 0);
        for word in line.split(' ') {
            let longer = width + 1 + word.chars().count();
            let breaks = width > 0 && longer > WIDTH;
            width = if breaks { word.chars().count() } else { longer };
            broken += if breaks { "\n" } else { " " };
            broken += word;
        }
        broken.trim_start().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

thread_local! {
    /// While a judge runs here: where the code that it judges has stopped.
    static STOPPED: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// What a judge says, and where what it judges panics, that.
pub fn verdict(judge: impl FnOnce() -> Verdict) -> Verdict {
    hook();
    STOPPED.set(Some(String::new()));
    let verdict = panic::catch_unwind(AssertUnwindSafe(judge));
    let place = STOPPED.take().unwrap_or_default();
    verdict.unwrap_or_else(|panic| Err(stopped(&message(&*panic), &place)))
}

/// A panic under a judge prints nothing; any other prints what it did before.
fn hook() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            let judged = STOPPED.with_borrow_mut(|stopped| {
                stopped.as_mut().map(|it| *it = place(info)).is_some()
            });
            if !judged {
                before(info);
            }
        }));
    });
}

/// ` at FILE:LINE`, where it is a rung's.
fn place(info: &PanicHookInfo<'_>) -> String {
    let Some(at) = info.location() else { return String::new() };
    let file = at.file().replace('\\', "/");
    let of_a_rung = ["exercises/exercises/", "exercises/solutions/"]
        .map(|it| file.find(it));
    match of_a_rung.into_iter().flatten().next() {
        Some(start) => format!(" at {}:{}", &file[start..], at.line()),
        None => String::new(),
    }
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    text.unwrap_or_else(|| "a panic".to_owned())
}

fn stopped(message: &str, place: &str) -> String {
    match message.strip_prefix("not yet implemented") {
        Some(rest) => {
            let what = rest.trim_start_matches(": ");
            format!("nothing is written{place}, where this goes: {what}")
        }
        None => format!("your code stopped{place}: {message}"),
    }
}
