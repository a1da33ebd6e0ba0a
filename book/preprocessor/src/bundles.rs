//! The theme in few files: a page that comes over a slow line waits for each.
//! The sources stay apart, and are put together below `target`, where mdBook
//! fetches them as `book.toml` names them.

use crate::{live, paths};
use std::path::{Path, PathBuf};

/// Where the bundles are written.
pub const FOLDER: &str = "target/theme";

/// The fonts, for the style sheet.
const FONTS: &str = "book/theme/fonts/fonts.css";

/// The bundles of text that the theme in `root` comes to, by name.
pub fn texts(root: &Path) -> Vec<(&'static str, String)> {
    let bundles = [
        ("page.css", styles(root)),
        ("page.js", page_scripts(root)),
        ("live.js", scripts(root)),
    ];
    let bundles = bundles.into_iter().filter(|(_, files)| !files.is_empty());
    bundles.map(|(name, files)| (name, joined(root, &files))).collect()
}

/// The names of the bundles that hold the bytes of a file: the module, and the
/// weights of each chapter that has any.
pub fn data(root: &Path) -> Vec<(String, PathBuf)> {
    let module = Path::new(live::MODULE).to_path_buf();
    let module = Some(("module".to_owned(), module));
    let module = module.filter(|(_, file)| root.join(file).is_file());
    let weights = paths::files_below(root, "book/live", &["weights"]);
    let weights = weights.into_iter().filter_map(|file| {
        let stem = file.file_stem()?.to_string_lossy().into_owned();
        Some((stem, file))
    });
    module.into_iter().chain(weights).collect()
}

/// The names of the bundles that the live figures of a page need, in order: the
/// scripts find the bytes there when they run.
pub fn of_live_figures(root: &Path, page: &Path) -> String {
    let weights = page.file_stem().unwrap_or_default().to_string_lossy();
    let data = data(root).into_iter().map(|(name, _)| name);
    let data = data.filter(|name| name == "module" || *name == weights);
    data.chain(["live".to_owned()]).collect::<Vec<_>>().join(" ")
}

/// The settings of `book.toml` that fetch the bundles: each list, and what it
/// has to hold.
pub fn settings(root: &Path) -> Vec<(&'static str, String)> {
    let texts = texts(root).into_iter().map(|(name, _)| name.to_owned());
    let data = data(root).into_iter().map(|(name, _)| format!("{name}.js"));
    let setting = |name: String| {
        let list = if name.ends_with(".css") {
            "additional-css"
        } else {
            "additional-js"
        };
        (list, format!("{FOLDER}/{name}"))
    };
    texts.chain(data).map(setting).collect()
}

/// The style sheets: the fonts and the colours first, since the others use
/// them, and then words, which the others make exceptions of.
fn styles(root: &Path) -> Vec<PathBuf> {
    let mut files = paths::files_below(root, "book/theme/css", &["css"]);
    let rank = |file: &PathBuf| match file.file_stem()?.to_str()? {
        "palette" => Some(0),
        "type" => Some(1),
        _ => None,
    };
    files.sort_by_key(|file| (rank(file).unwrap_or(2), file.clone()));
    let fonts = Some(PathBuf::from(FONTS));
    let fonts = fonts.filter(|file| root.join(file).is_file());
    fonts.into_iter().chain(files).collect()
}

/// The scripts of every page, beside those of the live figures.
fn page_scripts(root: &Path) -> Vec<PathBuf> {
    let files = paths::files_below(root, "book/theme", &["js"]).into_iter();
    let top = Some(Path::new("book/theme"));
    files.filter(|file| file.parent() == top).collect()
}

/// The scripts of the live figures: `live.js` makes the name that they share,
/// and `element.js` starts the figures when all are there.
fn scripts(root: &Path) -> Vec<PathBuf> {
    let mut files = live::scripts(root);
    let rank = |file: &PathBuf| match file.file_stem()?.to_str()? {
        "live" => Some(0),
        "element" => Some(2),
        _ => None,
    };
    files.sort_by_key(|file| (rank(file).unwrap_or(1), file.clone()));
    files
}

/// The files behind each other, without what is said to those who read them.
fn joined(root: &Path, files: &[PathBuf]) -> String {
    let read = |file: &PathBuf| {
        let text = std::fs::read_to_string(root.join(file)).unwrap_or_default();
        match paths::has_extension(file, "css") {
            true => without_comments(&text),
            false => without_comment_lines(&text),
        }
    };
    files.iter().map(read).collect()
}

/// A style sheet without its comments and the blanks before its lines.
fn without_comments(css: &str) -> String {
    let mut parts = css.split("/*");
    let first = parts.next().unwrap_or_default().to_owned();
    let rest = parts.map(|it| it.split_once("*/").map_or("", |(_, it)| it));
    let text = first + &rest.collect::<String>();
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

/// A script without the lines that are comments.
fn without_comment_lines(script: &str) -> String {
    let lines = script.lines().map(str::trim_end);
    let lines = lines.filter(|line| {
        !line.is_empty() && !line.trim_start().starts_with("//")
    });
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_joined_in_the_order_that_they_need() {
        let root = tempfile::tempdir().unwrap();
        for file in [
            "css/code.css",
            "css/palette.css",
            "css/type.css",
            "fonts/fonts.css",
            "keyboard.js",
            "live/clock.js",
            "live/element.js",
            "live/figures/mask.js",
            "live/live.js",
        ] {
            let path = root.path().join("book/theme").join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        let styles =
            "fonts/fonts.css\ncss/palette.css\ncss/type.css\ncss/code.css\n";
        let live = "live/live.js\nlive/clock.js\nlive/figures/mask.js\nlive/element.js\n";
        let expected = [
            ("page.css", styles),
            ("page.js", "keyboard.js\n"),
            ("live.js", live),
        ];
        let expected = expected.map(|(name, text)| (name, text.to_owned()));
        assert_eq!(texts(root.path()), expected);
    }

    #[test]
    fn comments_stay_behind() {
        let css = "/* a */\nb {\n  /* c\n  d */\n  e: url('f');\n}\n";
        assert_eq!(without_comments(css), "b {\ne: url('f');\n}\n");
        let script = "// a\nb('//c');\n\n  // d\n  e();\n";
        assert_eq!(without_comment_lines(script), "b('//c');\n  e();\n");
    }
}
