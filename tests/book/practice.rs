//! Exercises, answers and quizzes: what they become, and what is refused.

use crate::small_book::{
    BOOK, SUMMARY, found, one_is_found, plant, write, write_all,
};
use chainrule_book::{Book, render};
use std::path::Path;

const TWO: &str = "book/en/two.md";
const ANSWERS: &str = "book/en/answers/two.md";

const CHAPTER: &str = r#"# Two

<!-- quiz: sum -->
What is *it*, with $`x`$?

- [ ] This.

  Because [one](one.md).
- [x] That, or {{#number one "loss: end"}}.

  So [it](#two).
<!-- /quiz -->

## Exercises

1. <!-- exercise: first --> Show *that* $`x`$ is
   what it is.
2. <!-- rung: step --> Write it.
"#;

const ANSWER: &str = "# Answers\n\n<!-- answer: first -->\nSo {{#number one \"loss: end\"}}.\n<!-- /answer -->\n";

/// The small book with a chapter more, and the answers to it.
fn book() -> Vec<(&'static str, &'static str)> {
    let summary = "[Preface](preface.md)\n\n- [One](one.md)\n- [Two](two.md)\n  - [A](answers/two.md)\n\n[Sources](source.md)\n";
    let files = [
        (SUMMARY, summary),
        (TWO, CHAPTER),
        (ANSWERS, ANSWER),
        ("exercises/exercises/step.rs", ""),
    ];
    [BOOK.as_slice(), &files].concat()
}

/// Plants faults one at a time, each found in the file it is planted in.
fn each_is_found(file: &str, plants: &[(&str, &str, usize, &str)]) {
    for &(from, to, line, message) in plants {
        let expected = format!("{file}:{line}: {message}");
        one_is_found(&book(), found, (file, from, to), &expected);
    }
}

fn rendered(root: &Path, page: &str) -> String {
    let book = Book::open(root, Path::new("book/en"));
    let text = std::fs::read_to_string(root.join("book/en").join(page));
    render(&book, Path::new(page), &text.unwrap(), None).markdown
}

#[track_caller]
fn assert_holds(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part}\nis not in\n{text}");
    }
}

#[test]
fn exercises_and_answers_lead_to_each_other() {
    let root = write_all(&book());
    assert_holds(
        &rendered(root.path(), "two.md"),
        &[
            "1. <span id=\"exercise-first\"></span> Show *that* <math",
            " is\n   what it is. <span class=\"answer-link\">[Answer](answers/two.md#first)</span>\n2. ",
            "<span id=\"exercise-step\"></span> Write it. <span class=\"answer-link\">`cargo run -p exercises --bin step`",
        ],
    );
    assert_holds(
        &rendered(root.path(), "answers/two.md"),
        &[
            "<details class=\"answer\" id=\"first\"><summary>1. Show that <math",
            " is what it is</summary>\n\n\nSo 7.\n",
            "<a href=\"../two.md#exercise-first\">Back to the exercise</a></p></details>",
        ],
    );
    plant(root.path(), ANSWERS, ANSWER, "# Answers\n");
    let page = rendered(root.path(), "two.md");
    assert!(!page.contains("[Answer]"), "{page}");
}

#[test]
fn a_quiz_is_folded_and_stands_among_the_answers_too() {
    let root = write_all(&book());
    let page = rendered(root.path(), "two.md");
    assert_holds(
        &page,
        &[
            "<div class=\"quiz\" id=\"quiz-sum\" role=\"group\" aria-labelledby=\"ask-sum\">",
            "<p>What is <em>it</em>, with <span class=\"keep\"><math",
            "<li><details><summary>This.</summary><div class=\"reason is-wrong\"><p><strong>Not quite.</strong> Because <a href=\"one.md\">one</a>.</p></div></details></li>",
            "<summary>That, or 7.</summary><div class=\"reason is-right\"><p><strong>Right.</strong> So",
            "<a href=\"answers/two.md#quiz-sum\">",
        ],
    );
    // The name turns the choices round, and this one by one.
    assert!(page.find("That, or") < page.find("This."), "{page}");
    assert_holds(
        &rendered(root.path(), "answers/two.md"),
        &[
            "<details class=\"answer\" id=\"quiz-sum\"><summary>What is it, with <span class=\"keep\"><math",
            "<li><p>That, or 7.</p><div class=\"reason is-right\"><p><strong>Right.</strong> So <a href=\"../two.md#two\">it</a>.</p></div></li>",
            "Because <a href=\"../one.md\">one</a>",
            "<a href=\"../two.md#quiz-sum\">Back to the quiz</a>",
        ],
    );
}

#[test]
fn marks() {
    let form = "write <!-- KIND: name -->";
    each_is_found(
        TWO,
        &[
            ("<!-- exercise: first", "<!-- exercise first", 16, form),
            ("quiz: sum", "quiz: s um", 3, form),
            ("exercise: first -->", "exercise:first -->", 16, form),
            ("<!-- quiz: sum -->", "<!-- quiz: sum --> Well.", 3, form),
            ("<!-- /quiz -->", "<!-- /quiz: sum -->", 12, form),
            (
                "## Exercises",
                "<!-- quiz: sum -->\nA?\n\n- [x] B.\n\n  C.\n- [ ] D.\n\n  E.\n<!-- /quiz -->\n\n## Exercises",
                14,
                "there are two of <!-- quiz: sum --> on this page",
            ),
            (
                "2. <!-- rung",
                "2. <!-- exercise: first --> A.\n3. <!-- rung",
                18,
                "there are two of <!-- exercise: first --> on this page",
            ),
            (
                "<!-- /quiz -->",
                "",
                3,
                "this quiz is not closed by <!-- /quiz -->",
            ),
            (
                "## Exercises",
                "<!-- /quiz -->\n\n## Exercises",
                14,
                "no quiz is open here",
            ),
        ],
    );
}

#[test]
fn exercises() {
    let stray = "<!-- exercise --> belongs at the beginning of an item";
    each_is_found(
        TWO,
        &[
            ("## Exercises", "<!-- exercise: a -->\n\n## Exercises", 14, stray),
            (
                "## Exercises",
                "- <!-- exercise: a -->\n\n## Exercises",
                14,
                stray,
            ),
            (
                "2. <!-- rung",
                "- <!-- exercise: a --> B.\n\n3. <!-- rung",
                18,
                stray,
            ),
            (
                "rung: step",
                "rung: stop",
                18,
                "this rung has no file exercises/exercises/stop.rs",
            ),
        ],
    );
    let root = write_all(&book());
    std::fs::remove_dir_all(root.path().join("exercises")).unwrap();
    assert_eq!(found(root.path()), Vec::<String>::new());
}

#[test]
fn answers() {
    each_is_found(
        ANSWERS,
        &[
            (
                "<!-- answer: first -->",
                "<!-- answer: other -->\nX.\n<!-- /answer -->\n\n<!-- answer: first -->",
                3,
                "no exercise of the chapter is called other",
            ),
            (
                "<!-- answer: first -->",
                "<!-- answer: step -->\nX.\n<!-- /answer -->\n\n<!-- answer: first -->",
                3,
                "no exercise of the chapter is called step",
            ),
            (
                "<!-- /answer -->",
                "",
                3,
                "this answer is not closed by <!-- /answer -->",
            ),
            ("So ", "$`\\foo`$ So ", 4, "bad formula \\foo"),
        ],
    );
}

#[test]
fn quizzes() {
    let reason = "this quiz has a choice without a reason below it";
    each_is_found(
        TWO,
        &[
            ("[x]", "[ ]", 3, "this quiz has no right answer"),
            ("[ ]", "[x]", 3, "this quiz has several right answers"),
            (
                "- [ ] This.\n\n  Because [one](one.md).\n",
                "",
                3,
                "this quiz has fewer than two choices",
            ),
            ("\n  Because [one](one.md).\n", "", 3, reason),
            (
                "- [ ] This.",
                "- This.",
                3,
                "this quiz has a choice without [ ] or [x]",
            ),
            ("What is *it*, with $`x`$?\n", "", 3, "this quiz has no question"),
            (
                "<!-- /quiz -->",
                "\nAnd?\n\n<!-- /quiz -->",
                3,
                "this quiz goes on behind its choices",
            ),
            // What stands in a quiz is looked at as all of the page is.
            ("Because", "Because $`\\foo`$", 8, "bad formula \\foo"),
            ("This.", "$`\\foo`$", 6, "bad formula \\foo"),
            (
                "(#two).",
                "(#two).\n\n  ```text\n  So\n  ```",
                13,
                "pasted text block",
            ),
        ],
    );
    let root = write_all(&book());
    let list = "\n- [ ] This.\n\n  Because [one](one.md).\n- [x] That, or {{#number one \"loss: end\"}}.\n\n  So [it](#two).\n";
    write(root.path(), TWO, &CHAPTER.replace(list, ""));
    let expected = format!("{TWO}:3: this quiz has no list of choices");
    assert_eq!(found(root.path()), [expected]);
}
