//! The notebook's own lines under NumPy, where there is one: a process that
//! stays alive and is asked for steps, like everybody else.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use chapters::cli::Failure;

use chapters::ch07_speed::rungs::Task;

/// The script that the comparison with other libraries runs, too.
const SCRIPT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../benchmarks/peers/subjects/numpy_literal.py"
);

/// A running NumPy with a task of its own.
pub struct Numpy {
    child: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// What it says it is: `NumPy 2.4.6`.
    pub version: String,
}

impl Numpy {
    /// Starts it; `None` if `python` is no Python or has no NumPy.
    pub fn start(python: &str, task: &Task) -> Option<Numpy> {
        let sizes = format!("1,{},1", task.hidden());
        let mut child = Command::new(python)
            .args([SCRIPT, "f64", "1", "0"])
            .args([&task.learning_rate.to_string(), &sizes])
            .args([&task.samples().to_string(), "-"])
            .env("OMP_NUM_THREADS", "1")
            .env("OPENBLAS_NUM_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let questions = child.stdin.take()?;
        let answers = BufReader::new(child.stdout.take()?);
        let mut numpy =
            Numpy { child, questions, answers, version: String::new() };
        numpy.send(task).ok()?;
        numpy.version = numpy.line().ok()?;
        (!numpy.version.is_empty()).then_some(numpy)
    }

    /// x, y and the weights, as the script reads them.
    fn send(&mut self, task: &Task) -> io::Result<()> {
        let weights = task.start.layers().iter().map(|layer| &layer.weights);
        for matrix in [&task.x, &task.y].into_iter().chain(weights) {
            for number in matrix {
                self.questions.write_all(&number.to_le_bytes())?;
            }
        }
        self.questions.flush()
    }

    fn line(&mut self) -> io::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line.trim().to_owned())
    }

    /// Trains so many steps; returns the seconds that it computed.
    ///
    /// # Errors
    /// If it ends, or does not answer with numbers.
    pub fn work(&mut self, steps: usize) -> Result<f64, Failure> {
        let failed =
            |reason: String| Failure::File { path: "NumPy".to_owned(), reason };
        let answer = writeln!(self.questions, "{steps}")
            .and_then(|()| self.line())
            .map_err(|error| failed(format!("does not answer: {error}")))?;
        let cpu = answer.split(' ').nth(1).and_then(|word| word.parse().ok());
        cpu.ok_or_else(|| failed(format!("'{answer}' is not an answer")))
    }
}

impl Drop for Numpy {
    fn drop(&mut self) {
        // It may have ended by itself, and nobody waits for its answer.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
