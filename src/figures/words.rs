//! The words of a figure: how wide they are, and which letters are variables.

use super::svg::FONT;

/// About how wide a line of text is, in tenths of a unit. There are no font
/// metrics; a common face is assumed, and a little room.
pub(super) fn width(text: &str) -> i32 {
    let letters = text.chars().take(10_000).map(|letter| match letter {
        'i' | 'j' | 'l' | '.' | ',' | ':' | '\'' | '|' | '′' => 0.27,
        ' ' | 't' | 'f' | 'r' | 'I' | '(' | ')' | '[' | ']' | '·' => 0.34,
        'm' | 'w' | 'M' | 'W' => 0.82,
        letter if "⁰¹²³⁴⁵⁶⁷⁸⁹⁻".contains(letter) => 0.36,
        letter if letter.is_uppercase() => 0.68,
        _ => 0.54,
    });
    (f64::from(FONT) * letters.sum::<f64>()) as i32
}

/// The text as XML, with its variables in italics.
pub(super) fn markup(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (k, &letter) in letters.iter().enumerate() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            it if is_variable(&letters, k) => {
                out.push_str("<tspan font-style=\"italic\">");
                out.push(it);
                out.push_str("</tspan>");
            }
            it => out.push(it),
        }
    }
    out
}

/// Whether a letter stands alone, and is neither an article nor a unit.
fn is_variable(letters: &[char], k: usize) -> bool {
    let of_a_word = |at: Option<usize>| {
        let letter = at.and_then(|at| letters.get(at));
        letter.is_some_and(|it| {
            it.is_alphabetic() || it.is_ascii_digit() || *it == '\''
        })
    };
    let before = |by: usize| k.checked_sub(by);
    let alone = letters[k].is_alphabetic()
        && !of_a_word(before(1))
        && !of_a_word(Some(k + 1));
    let article = letters[k] == 'a'
        && letters.get(k + 1) == Some(&' ')
        && of_a_word(Some(k + 2));
    // The s of GB/s, but not the h of J/h.
    let unit = before(1).is_some_and(|at| letters[at] == '/')
        && of_a_word(before(2))
        && of_a_word(before(3));
    alone && !article && !unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_are_letters_that_stand_alone() {
        for (text, variables) in [
            ("x²·p/(1−p)", "xpp"),
            ("share of activations above a", "a"),
            ("µs a step", ""),
            ("one unit's w·a", "wa"),
            ("a thinned network", ""),
            ("GB/s, s/√T", "sT"),
            ("ε·J/h", "εJh"),
            ("f′(z) of dw", "fz"),
            ("w[1], z2", "w"),
        ] {
            let found = markup(text);
            let found: String = found
                .split("italic\">")
                .skip(1)
                .filter_map(|it| it.chars().next())
                .collect();
            assert_eq!(found, variables, "{text}");
        }
    }

    #[test]
    fn marks_of_xml_are_written_as_text() {
        assert_eq!(markup("<1 & >2"), "&lt;1 &amp; &gt;2");
    }

    #[test]
    fn longer_words_are_wider() {
        assert!(width("training") > width("train"));
        assert!(width("mmm") > width("iii"));
    }
}
