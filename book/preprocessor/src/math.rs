//! Formulas: TeX in the pages, MathML in the book. The letters of the network
//! carry a class, for the colour that they have in figures and code; `\mask` is
//! the m that is a mask, and not a number of samples.

use crate::faults::Refusal;
use crate::html::{Piece, escape_markdown, pieces};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};
use std::error::Error;

/// A formula in the run of a sentence, fit for the middle of a Markdown paragraph.
pub fn inline(tex: &str) -> Result<String, Refusal> {
    Ok(for_markdown(&mathml(tex, DisplayMode::Inline)?, tex))
}

/// A formula on a line of its own, as a block of HTML that may scroll sideways;
/// several of them, with a wide blank between, may come to stand on several lines.
pub fn display(tex: &str) -> Result<String, Refusal> {
    let math =
        |tex: &str| Ok(for_markdown(&mathml(tex, DisplayMode::Block)?, tex));
    let parts = parts(tex).into_iter().map(|it| math(&it));
    let parts: Vec<_> = parts.collect::<Result<_, _>>()?;
    let several = if parts.len() > 1 { " several" } else { "" };
    Ok(format!(r#"<div class="formula{several}">{}</div>"#, parts.join(" ")))
}

/// The formulas between wide blanks, where no bracket and no table is open.
fn parts(tex: &str) -> Vec<String> {
    let count = |text: &str, what| text.matches(what).count();
    let is_open = |text: &String| {
        count(text, "{") != count(text, "}")
            || count(text, r"\begin") != count(text, r"\end")
    };
    let mut parts: Vec<String> = Vec::new();
    for part in tex.split(r"\qquad") {
        match parts.last_mut().filter(|it| is_open(it)) {
            Some(open) => open.extend([r"\qquad", part]),
            None => parts.push(part.to_owned()),
        }
    }
    parts
}

fn mathml(tex: &str, display_mode: DisplayMode) -> Result<String, Refusal> {
    let bad = |error: String| Refusal::BadFormula { tex: one_line(tex), error };
    if tex.trim().is_empty() {
        return Err(bad("it is empty".to_owned()));
    }
    let storage = Storage::new();
    let marked = tex.replace(MASK, MARK);
    // An error that reached the renderer would become a red box in the page.
    let events = Parser::new(&marked, &storage)
        .collect::<Result<Vec<_>, _>>()
        .map_err(|error| {
            bad(error
                .source()
                .map_or("unknown error".into(), ToString::to_string))
        })?;
    let mut math = String::new();
    let events = events.into_iter().map(Ok::<_, std::convert::Infallible>);
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    push_mathml(&mut math, events, config)
        .map_err(|error| bad(error.to_string()))?;
    Ok(coloured(&mended(&math)))
}

/// How a page writes the mask, and what the parser reads in its place: a
/// character that no page has.
const MASK: &str = "\\mask";
const MARK: &str = "\u{e000}";

/// What may stand between a d and its letter: an index, a tilde, or both.
const BASES: [&str; 6] = [
    "",
    "<msub>",
    "<msup>",
    "<msubsup>",
    "<mover><mrow>",
    "<msup><mover><mrow>",
];

/// The letters w, z and a, what is derived by them (dw, dz, da, db), and the
/// mask, each with its class.
fn coloured(math: &str) -> String {
    let letter = |class: &str, letter: &str| {
        format!(r#"<mi class="{class}">{letter}</mi>"#)
    };
    let mut math = math.to_owned();
    for name in ["w", "z", "a", "b"] {
        for base in BASES {
            let plain = format!("<mi>d</mi>{base}<mi>{name}</mi>");
            let dz = letter("dz", "d") + base + &letter("dz", name);
            math = math.replace(&plain, &dz);
        }
    }
    for name in ["w", "z", "a"] {
        math = math.replace(&format!("<mi>{name}</mi>"), &letter(name, name));
    }
    math.replace(&format!("<mi>{MARK}</mi>"), &letter("mask", "m"))
}

/// What the renderer gets wrong: for \bigl and its kind it forgets a blank
/// between two attributes; and it writes accents with the keyboard's characters,
/// which sit too low and too wide over a letter. Its µ is the sign of a millionth,
/// which no browser slants, and 1/m is set as tight as in print.
fn mended(math: &str) -> String {
    let accent = |character: &str| {
        format!(r#"<mi class="accent">{character}</mi></mover>"#)
    };
    math.replace(r#""minsize="#, r#"" minsize="#)
        .replace('\u{b5}', "\u{3bc}")
        .replace("<mo>/</mo>", r#"<mo lspace="0" rspace="0">/</mo>"#)
        .replace("<mi>^</mi></mover>", &accent("\u{2c6}"))
        .replace("<mi>~</mi></mover>", &accent("\u{2dc}"))
}

/// Protects the text between the tags from Markdown, and adds the source for
/// those who cannot see the formula.
fn for_markdown(math: &str, tex: &str) -> String {
    let alt = escape_markdown(&one_line(&tex.replace(MASK, "m")));
    let written = pieces(math).map(|piece| match piece {
        Piece::Open(tag) => math[tag.place].to_owned(),
        Piece::Close(name) => format!("</{name}>"),
        Piece::Text(text, _) => escape_markdown(&text),
    });
    let math = written.collect::<String>();
    math.replacen("<math", &format!(r#"<math alttext="{alt}""#), 1)
}

fn one_line(tex: &str) -> String {
    tex.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use html5gum::{Token, Tokenizer};

    #[test]
    fn a_formula_is_one_line_that_markdown_leaves_alone() {
        let math = inline("a_1 * b \\mid c' \n < d").unwrap();
        assert!(
            math.starts_with(r#"<math alttext="a&#95;1 &#42; b"#),
            "{math}"
        );
        assert!(math.contains("<mo>&lt;</mo>"), "{math}");
        assert!(math.ends_with("</math>"), "{math}");
        let texts = math.split('<').filter_map(|part| part.split_once('>'));
        let text: String = texts.map(|(_, text)| text).collect();
        let marks = ['*', '_', '|', '\\', '`', '\n', '\''];
        assert!(!text.contains(marks), "{math}");
    }

    #[test]
    fn blanks_in_words_and_accents_are_characters() {
        let math = inline(r"\tilde{x} \text{ with probability } p").unwrap();
        let text = math.split_once('>').map_or("", |(_, rest)| rest);
        assert!(text.contains("\u{a0}with probability\u{a0}"), "{math}");
        assert!(text.contains("\u{2dc}") && !text.contains('~'), "{math}");
    }

    #[test]
    fn letters_of_the_network_have_a_class() {
        let math = inline(r"dz_k = w^{(l)} \tilde{a} + m \mask_i d\tilde{a}^2")
            .unwrap();
        for part in [
            r#"<mi class="dz">d</mi><msub><mi class="dz">z</mi>"#,
            r#"<msup><mi class="w">w</mi>"#,
            r#"<mi class="a">a</mi>"#,
            r#"<mi class="dz">d</mi><msup><mover><mrow><mi class="dz">a</mi>"#,
            "<mi>m</mi>",
            r#"<msub><mi class="mask">m</mi>"#,
        ] {
            assert!(math.contains(part), "{part}: {math}");
        }
        assert!(!math.contains(MARK), "{math}");
        assert!(math.contains("m m&#95;i d"), "{math}");
    }

    #[test]
    fn formulas_beside_each_other_may_part() {
        let two = display(r"a, \qquad \begin{cases} b \qquad c \end{cases}");
        let two = two.unwrap();
        assert!(two.starts_with(r#"<div class="formula several">"#), "{two}");
        assert_eq!(two.matches("<math").count(), 2, "{two}");
        let one = display(r"\begin{aligned} a \qquad b \end{aligned}").unwrap();
        assert_eq!(one.matches("<math").count(), 1, "{one}");
    }

    #[test]
    fn errors_are_errors() {
        for tex in ["\\frac{1", "", "a & b", "\\begin{aligned} a"] {
            assert!(display(tex).is_err(), "{tex}");
        }
    }

    #[test]
    fn what_the_book_needs_renders() {
        for tex in [
            r"\frac{\partial L}{\partial W^{(2)}} = \delta^{(2)} (a^{(1)})^\top",
            r"\begin{aligned} z &= Wx + b \\ a &= \sigma(z) && \text{out} \times m \end{aligned}",
            r"\begin{bmatrix} 1 & 2 \\ 3 & 4 \end{bmatrix} \begin{array}{c|c} a & b \end{array}",
            r"\begin{cases} x & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"\hat{y} \odot \mathbb{E}[m] \approx \operatorname{Var}\left(\frac{m}{1-p}\right)",
            r"\underbrace{W}_{3\times 2}\,\sum_{i=1}^{n} x_i \in \mathbb{R}^{n}, \tfrac12 \mathsf T",
            r"\bigl\lVert a \bigr\rVert^2 < \Bigl(1 \le 2 \ne 3 \& \%\Bigr) \not< \color{red} f'\!(x)",
            r"\overline{x} \tilde{x} \boldsymbol{w} \sqrt[3]{x} \lim_{h \to 0} \max_i \dots",
        ] {
            let math = display(tex).unwrap();
            let mut tokens = Tokenizer::new(&math).flatten();
            let unsound = tokens.any(|it| matches!(it, Token::Error(_)));
            assert!(!unsound && !math.contains("merror"), "{tex}: {math}");
        }
    }
}
