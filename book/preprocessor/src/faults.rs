//! What the gate refuses: one line for each kind of fault.

use std::fmt;
use std::path::{Path, PathBuf};

/// One thing that is wrong with the book, and where.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fault {
    /// The file, relative to the repository's root.
    pub path: PathBuf,
    /// The line, counted from 1.
    pub line: usize,
    /// What is wrong there.
    pub refusal: Refusal,
}

impl Fault {
    /// A fault in `path` at `line`.
    pub fn new(path: impl AsRef<Path>, line: usize, refusal: Refusal) -> Self {
        Fault { path: path.as_ref().to_path_buf(), line, refusal }
    }

    /// A fault in `path`, which holds `text`, at byte `offset`.
    pub fn at(
        path: impl AsRef<Path>,
        text: &str,
        offset: usize,
        refusal: Refusal,
    ) -> Self {
        Fault::new(path, line_at(text, offset), refusal)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.path.display(), self.line, self.refusal)
    }
}

/// The line, counted from 1, of a byte of `text`.
pub fn line_at(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

/// Everything the gate refuses.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[allow(missing_docs, reason = "the messages say it")]
pub enum Refusal {
    #[error("cannot read {0}")]
    Unreadable(String),

    // The summary.
    #[error("SUMMARY.md lists {0}, which does not exist")]
    MissingPage(String),
    #[error("SUMMARY.md does not list this page")]
    Unlisted,

    // Blocks.
    #[error(
        "pasted {0} block: use rust or python with one {{{{#include}}}} line, output, math or sh"
    )]
    Pasted(String),
    #[error("in an sh block: {0}")]
    BadCommand(String),

    // Anchors and excerpts.
    #[error("cannot read {0}, which this block includes")]
    MissingInclude(String),
    #[error("{0} has no anchor {1}")]
    UnknownAnchor(String, String),
    #[error("the anchor {0} {1}")]
    BadAnchor(String, &'static str),
    #[error("no page shows the anchor {0}")]
    UnusedAnchor(String),
    #[error(
        "an anchor reads ANCHOR: name or ANCHOR_END: name, alone in its comment"
    )]
    MalformedAnchor,

    // Directives.
    #[error("unknown directive {{{{#{0}")]
    UnknownDirective(String),
    #[error("{{{{#{0}}}}} belongs alone in its own block")]
    MisplacedDirective(String),
    #[error("{{{{#{0} is not closed by }}}} on its line")]
    OpenDirective(String),
    #[error("write {0}")]
    Usage(&'static str),

    // Outputs and numbers.
    #[error("no recorded output {0}")]
    MissingOutput(String),
    #[error("the snapshot {0} {1}")]
    BadOutput(String, String),
    #[error("no page shows the measurement {0}")]
    UnusedMeasurement(String),

    // Formulas.
    #[error("nothing here has a shape in the table of symbols")]
    NoShape,
    #[error("bad formula {tex}: {error}")]
    BadFormula { tex: String, error: String },
    #[error(
        "{0} is no formula here: write one between $` and `$, or in a math block"
    )]
    UnseenFormula(&'static str),
    #[error("a hyphen stands for a minus or a dash here: write −1, and 3–5")]
    HyphenForMinus,
    #[error("a heading with a formula needs an explicit {{#id}}")]
    HeadingWithoutId,

    // Figures and images.
    #[error("an image without alt text")]
    NoAlt,
    #[error("no figure {0}")]
    MissingFigure(String),
    #[error("the figure {0} {1}")]
    BadFigure(String, &'static str),

    // Live figures.
    #[error("no live figure is called {0:?}")]
    UnknownLiveFigure(String),
    #[error("this live figure {0}")]
    LiveFigure(&'static str),
    #[error("no page shows the live figure {0}")]
    UnusedLiveFigure(String),

    // Links.
    #[error("dead link {0}")]
    DeadLink(String),
    #[error("a link, or an image, to nowhere")]
    EmptyLink,
    #[error("no link is defined as [{0}]")]
    UndefinedLink(String),
    #[error("{0} has no #{1}")]
    DeadAnchor(String, String),
    #[error(
        "dead link {0}: it leads outside; a source file has its page under source/"
    )]
    OutsideLink(String),
    #[error("the id {0} is there twice on this page")]
    DuplicateId(String),
    #[error("loads {0} from another host")]
    Remote(String),

    // Exercises, answers and quizzes.
    #[error(
        "write <!-- KIND: name --> with exercise, rung, answer or quiz, and <!-- /KIND --> behind an answer or a quiz; a name has letters, digits, - and _"
    )]
    BadMark,
    #[error("there are two of <!-- {0}: {1} --> on this page")]
    DuplicateMark(String, String),
    #[error("this {0} is not closed by <!-- /{0} -->")]
    NotClosed(String),
    #[error("no {0} is open here")]
    NotOpen(String),
    #[error(
        "<!-- {0} --> belongs at the beginning of an item of the numbered list under ## Exercises"
    )]
    StrayMark(String),
    #[error(
        "this exercise has no answer: it begins with <!-- exercise: name --> or <!-- rung: name -->"
    )]
    UnnamedExercise,
    #[error("{0} has no answer called {1}")]
    NoAnswer(String, String),
    #[error("no exercise of the chapter is called {0}")]
    NoExercise(String),
    #[error("this rung has no file {0}")]
    MissingRung(String),
    #[error("this quiz {0}")]
    Quiz(&'static str),
    #[error("this chapter has {0} quizzes: three to five are wanted")]
    QuizCount(usize),

    #[error("the attribute {0} holds a script")]
    Handler(String),
    #[error("book.toml needs {0}")]
    Setting(&'static str),
    #[error("book.toml needs {1:?} in its list {0}")]
    Bundle(&'static str, String),

    // The built book.
    #[error("the page has {0} headings of the first rank, and needs one")]
    Headings(usize),
    #[error("{0} is left unrendered")]
    Unrendered(&'static str),
    #[error("the page has formulas in its source and none here")]
    LostFormulas,
}
