//! The whole sources as pages of the book, so that an excerpt can link to where it lives.

use crate::anchors::Source;
use crate::book::Book;
use crate::html::escape;
use crate::paths;
use std::path::{Path, PathBuf};

/// The page of the summary below which the sources stand.
pub const PAGE: &str = "source.md";

/// A source file as a page.
#[derive(Debug)]
pub struct SourcePage {
    /// The file's path, which is also the page's title.
    pub title: String,
    /// Where the page stands: `source/src/forward.md`.
    pub path: PathBuf,
    /// Its text.
    pub markdown: String,
    /// The first sentence of the file's own documentation.
    pub about: String,
}

/// The files that have a page: the core in the order of its modules, then the
/// chapters, then the scripts that NumPy runs.
pub fn files(root: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    in_module_order(root, Path::new("src/lib.rs"), &mut files);
    for (folder, extension) in
        [("src", "rs"), ("chapters", "rs"), ("tests/parity", "py")]
    {
        let mut below =
            paths::files_below(root, Path::new(folder), &[extension]);
        // A program stands before its parts.
        below.sort_by_key(|file| match file.ends_with("main.rs") {
            true => file.with_file_name(""),
            false => file.with_extension(""),
        });
        for file in below {
            if !files.contains(&file) {
                files.push(file);
            }
        }
    }
    files
}

/// `file`, then the files of the modules it declares.
fn in_module_order(root: &Path, file: &Path, files: &mut Vec<PathBuf>) {
    let Ok(source) = Source::read(root, file) else { return };
    files.push(file.to_path_buf());
    let is_top = matches!(
        file.file_stem().and_then(|stem| stem.to_str()),
        Some("lib" | "mod")
    );
    let folder =
        if is_top { file.with_file_name("") } else { file.with_extension("") };
    for module in source.lines.iter().filter_map(|line| declared_module(line)) {
        let flat = folder.join(format!("{module}.rs"));
        let nested = folder.join(module).join("mod.rs");
        for file in [flat, nested] {
            if !files.contains(&file) {
                in_module_order(root, &file, files);
            }
        }
    }
}

/// `forward` for the line `pub mod forward;`.
fn declared_module(line: &str) -> Option<&str> {
    let line = line.split("//").next()?.trim().strip_suffix(';')?;
    let (visibility, name) = line.split_once("mod ")?;
    let alone =
        matches!(visibility, "" | "pub " | "pub(crate) " | "pub(super) ");
    alone.then_some(name)
}

/// The pages of all files that the book shows.
pub fn pages(book: &Book) -> Vec<SourcePage> {
    book.shown
        .iter()
        .filter_map(|file| Some(page(&Source::read(&book.root, file).ok()?)))
        .collect()
}

fn page(source: &Source) -> SourcePage {
    let title = paths::url(&source.path);
    let language = if title.ends_with(".py") { "python" } else { "rust" };
    let lines = source.shown(0..source.lines.len());
    let code = lines.into_iter().map(|index| {
        let text = escape(&source.lines[index]);
        format!(r#"<span class="line" id="L{}">{text}</span>"#, index + 1)
    });
    let code = code.collect::<Vec<_>>().join("&#10;");
    SourcePage {
        markdown: format!(
            "# {title}\n\n<pre class=\"source\"><code class=\"language-{language}\">{code}</code></pre>\n"
        ),
        path: Path::new("source").join(&source.path).with_extension("md"),
        about: about(source),
        title,
    }
}

/// The first sentence of `//! …` or of a Python docstring.
fn about(source: &Source) -> String {
    let prose = source.lines.iter().map(|line| line.trim());
    let prose =
        prose.skip_while(|line| line.is_empty() || line.starts_with("#!"));
    let lines = prose.map_while(|line| match line.strip_prefix("//!") {
        Some(text) => Some(text.trim()).filter(|text| !text.is_empty()),
        None => line
            .strip_prefix("\"\"\"")
            .map(|text| text.trim_end_matches("\"\"\"")),
    });
    let paragraph = lines.collect::<Vec<_>>().join(" ");
    let sentence = paragraph
        .split_once(". ")
        .map_or(paragraph.as_str(), |(first, _)| first);
    // A link to an item means nothing outside the crate's documentation.
    sentence.trim_end_matches(['.', ':']).replace("[`", "`").replace("`]", "`")
}

/// The list of the files, for the end of their common page.
pub fn list(pages: &[SourcePage]) -> String {
    let item = |page: &SourcePage| {
        let about = if page.about.is_empty() {
            String::new()
        } else {
            format!(": {}", page.about)
        };
        format!("- [{}]({}){about}\n", page.title, paths::url(&page.path))
    };
    format!("\n\n{}", pages.iter().map(item).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_stands_in_the_order_of_its_modules() {
        let root = tempfile::tempdir().unwrap();
        for (file, text) in [
            ("src/lib.rs", "mod z;\npub mod nest;\nmod inline { mod x; }\n"),
            ("src/z.rs", ""),
            ("src/nest.rs", "pub(crate) mod b; // why\nmod a;\n"),
            ("src/nest/a.rs", ""),
            ("src/nest/b.rs", ""),
            ("src/stray.rs", ""),
            ("chapters/ch01/figures.rs", ""),
            ("chapters/ch01/main.rs", ""),
            ("tests/parity/x.py", ""),
        ] {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let found: Vec<String> =
            files(root.path()).iter().map(|file| paths::url(file)).collect();
        assert_eq!(
            found,
            [
                "src/lib.rs",
                "src/z.rs",
                "src/nest.rs",
                "src/nest/b.rs",
                "src/nest/a.rs",
                "src/stray.rs",
                "chapters/ch01/main.rs",
                "chapters/ch01/figures.rs",
                "tests/parity/x.py"
            ]
        );
    }

    #[test]
    fn each_line_keeps_its_number_when_anchors_go() {
        let text = "//! The [`Pass`]. More.\n// ANCHOR: a\nfn f() {}\n// ANCHOR_END: a\n";
        let page = page(&Source::parse(Path::new("src/f.rs"), text));
        assert!(
            page.markdown.contains(
                r#"<span class="line" id="L3">fn f() &#123;}</span>"#
            )
        );
        assert!(!page.markdown.contains("ANCHOR"), "{}", page.markdown);
        assert_eq!(page.about, "The `Pass`");
    }
}
