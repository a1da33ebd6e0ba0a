//! Shapes beside a formula or a listing: what the table of symbols says of the
//! matrices in it, for a block that asks for that (```` ```math shapes ````).

use crate::book::Book;
use crate::faults::Refusal;
use crate::html::escape_markdown;
use crate::margin::{self, WORDS};
use crate::math;
use std::path::Path;

/// A row of the table that gives a shape: its symbols, their names in the code,
/// and the shape, or the symbols whose shapes they have.
struct Row {
    symbols: Vec<String>,
    code: Vec<String>,
    shape: String,
}

/// The note beside `text`, which is code or the TeX of a formula.
pub fn note(
    book: &Book,
    page: &Path,
    text: &str,
    is_code: bool,
) -> Result<String, Refusal> {
    let rows = rows(book, page);
    let names = if is_code { words(text) } else { symbols(text) };
    let mut shapes: Vec<(String, Vec<String>)> = Vec::new();
    for name in names {
        let Some(shape) = shape(&rows, &name, is_code) else { continue };
        let name = match is_code {
            true => format!("<code>{}</code>", escape_markdown(&name)),
            false => math::inline(&name)?,
        };
        match shapes.iter_mut().find(|(it, _)| *it == shape) {
            Some((_, names)) if names.contains(&name) => {}
            Some((_, names)) => names.push(name),
            None => shapes.push((shape, vec![name])),
        }
    }
    if shapes.is_empty() {
        return Err(Refusal::NoShape);
    }
    let lines = shapes.into_iter().map(|(shape, names)| {
        let shape = margin::with_formulas(&shape).unwrap_or(shape);
        format!("<span>{}&ensp;{shape}</span>", names.join(", "))
    });
    let lines: String = lines.collect();
    Ok(format!(
        r#"<div class="note shapes"><b>rows × columns</b>{lines}</div>"#
    ))
}

/// The rows with a shape that hold in the chapter of `page`.
fn rows(book: &Book, page: &Path) -> Vec<Row> {
    let file = book.root.join(&book.src).join(WORDS);
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let stem = page.to_string_lossy();
    let chapter = stem.get(2..4).map(|it| it.trim_start_matches('0'));
    let row = |line: &str| {
        let cells: Vec<_> = line.split('|').map(str::trim).collect();
        let [_, symbol, code, shape, ..] = *cells else { return None };
        let (_, only) = symbol.split_once("(chapter").unwrap_or_default();
        let mut chapters = only.split(|c: char| !c.is_ascii_digit());
        let holds = only.is_empty() || chapters.any(|it| Some(it) == chapter);
        (holds && shape.contains(['×', '$'])).then(|| Row {
            symbols: quoted(symbol).flat_map(symbols).collect(),
            code: quoted(code).map(str::to_owned).collect(),
            shape: shape.to_owned(),
        })
    };
    text.lines().filter_map(row).collect()
}

/// The shape of a symbol, or of a name in code.
fn shape(rows: &[Row], name: &str, is_code: bool) -> Option<String> {
    let place = |row: &Row| {
        let names = if is_code { &row.code } else { &row.symbols };
        names.iter().position(|it| it == name)
    };
    let (row, at) = rows.iter().find_map(|row| Some((row, place(row)?)))?;
    let Some(others) = row.shape.strip_prefix("as ") else {
        return Some(row.shape.clone());
    };
    let others: Vec<_> = quoted(others).collect();
    let other = others.get(at).or(others.last())?;
    let said = |row: &&Row| row.symbols.iter().any(|it| it == other);
    let mut rows = rows.iter().filter(|row| row.shape.contains('×'));
    rows.find(said).map(|row| row.shape.clone())
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names in code, without its comments.
fn words(code: &str) -> Vec<String> {
    let code = code.lines().map(|line| line.split("//").next().unwrap_or(""));
    let is_end = |c: char| !c.is_alphanumeric() && c != '_';
    code.flat_map(|line| line.split(is_end)).map(str::to_owned).collect()
}

/// The letters of a formula without their indices; a d and a tilde belong to
/// the letter behind them.
fn symbols(tex: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut name = String::new();
    let mut rest = tex;
    while let Some(first) = rest.chars().next() {
        let (piece, behind) = rest.split_at(match first {
            '\\' => group(rest),
            '_' | '^' => 1 + group(&rest[1..]),
            _ => first.len_utf8(),
        });
        rest = behind;
        match piece {
            r"\text" | r"\begin" | r"\end" => rest = &rest[group(rest)..],
            "d" => name += "d",
            r"\tilde" | r"\hat" => name.extend([piece, " "]),
            "{" | "}" => {}
            _ if piece.chars().all(char::is_alphabetic) => {
                name += piece;
                found.push(std::mem::take(&mut name));
            }
            _ => name.clear(),
        }
    }
    found
}

/// How long the group, the command or the letter is that a text begins with.
fn group(text: &str) -> usize {
    let letter = |c: char| c.is_ascii_alphabetic();
    let end = match text.chars().next() {
        Some('{') => text.find('}').map(|at| at + 1),
        Some('\\') if text[1..].starts_with(letter) => {
            text[1..].find(|c| !letter(c)).map(|at| at + 1)
        }
        Some('\\') => text.char_indices().nth(2).map(|(at, _)| at),
        first => first.map(char::len_utf8),
    };
    end.unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_has_the_shapes_of_what_stands_beside_it() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("book/en");
        std::fs::create_dir_all(&folder).unwrap();
        let table = "| $`w^{(l)}`$ | `w`, `weights` | out × in | the w |\n\
            | $`x`$, $`z`$ | `x`, `z` | in × $`m`$ | |\n\
            | $`\\tilde{x}`$, $`dw`$ | `seen`, `dw` | as $`x`$, $`w`$ | |\n\
            | $`m`$ (chapter 8) | `m` | as $`w`$ | |\n";
        std::fs::write(folder.join(WORDS), table).unwrap();
        let book = Book::open(root.path(), "book/en".as_ref());
        let note = |page: &str, text: &str, is_code| {
            let note = note(&book, page.as_ref(), text, is_code)?;
            let texts = note.split('<').filter_map(|it| it.split_once('>'));
            Ok::<_, Refusal>(texts.map(|it| it.1).collect::<String>())
        };
        let tex = r"z_w = w^{(l)\,\mathsf T} \tilde{x} - \text{dw}\,dw \odot z";
        let found = note("ch02.md", tex, false).unwrap();
        let shapes = "z, x˜&ensp;in × mw, dw&ensp;out × in";
        assert_eq!(found, format!("rows × columns{shapes}"));
        let code = "let seen = 2 * z; // w\nweights.dw += seen.len()";
        let found = note("ch02.md", code, true).unwrap();
        let shapes = "seen, z&ensp;in × mweights, dw&ensp;out × in";
        assert_eq!(found, format!("rows × columns{shapes}"));
        assert!(note("ch08.md", "m^2", false).is_ok());
        assert_eq!(note("ch02.md", "m^2", false), Err(Refusal::NoShape));
    }
}
