//! One colour means one thing, in the drawings and in the style sheet; and
//! letters are large enough, and lines told apart without their colours.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chainrule::figures::Colour;

fn palette() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    fs::read_to_string(root.join("book/theme/css/palette.css")).expect("text")
}

/// The rules of the style sheet: each with what it is for, and its variables
/// that are a plain colour.
fn rules(css: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut rules = Vec::new();
    let mut rest = css;
    while let Some(end) = rest.find('}') {
        let (rule, after) = (&rest[..end], &rest[end + 1..]);
        rest = after;
        let Some(open) = rule.rfind('{') else { continue };
        let variables = rule[open + 1..].split(';').filter_map(|line| {
            let (name, value) = line.rsplit_once("--")?.1.split_once(':')?;
            let value = value.trim();
            (value.len() == 7 && value.starts_with('#'))
                .then(|| (name.to_owned(), value.to_owned()))
        });
        let head = rule[..open].rsplit("*/").next().unwrap_or_default();
        rules.push((head.trim().to_owned(), variables.collect()));
    }
    rules
}

#[test]
fn the_drawings_have_the_colours_of_the_style_sheet() {
    let rules = rules(&palette());
    let (_, root) = rules.iter().find(|(head, _)| head == ":root").expect("it");
    let css: BTreeSet<_> = root
        .iter()
        .map(|(name, hex)| (name.as_str(), hex.to_uppercase()))
        .collect();
    let drawn = Colour::ALL.map(|it| (it.name(), it.hex().to_owned()));
    assert_eq!(css, BTreeSet::from(drawn));
    let hues: BTreeSet<_> = Colour::ALL.iter().map(|it| it.hex()).collect();
    assert_eq!(hues.len(), Colour::ALL.len(), "two things, one colour");
}

/// What letters of a colour are written with, on light and on dark grounds.
fn light_and_dark<'a>(css: &'a str, name: &str) -> [&'a str; 2] {
    let (_, value) = css
        .split_once(&format!("--{name}-ink: light-dark("))
        .unwrap_or_else(|| panic!("{name} has two inks"));
    let (both, _) = value.split_once(')').expect("closed");
    let (light, dark) = both.split_once(", ").expect("two");
    [light, dark]
}

/// The page and the code ground of each theme. The style sheet leaves three
/// pages as mdBook has them.
const GROUNDS: [(&str, [&str; 2]); 5] = [
    ("light", ["#fdfcfa", "#f4f3ee"]),
    ("rust", ["#e1e1db", "#d6d6cd"]),
    ("coal", ["#15181b", "#1d2125"]),
    ("navy", ["#161923", "#1d2233"]),
    ("ayu", ["#0f1419", "#191f26"]),
];

#[test]
fn coloured_letters_can_be_read_on_every_ground() {
    let css = palette();
    for (theme, grounds) in GROUNDS {
        for ground in grounds {
            let ours = ["light", "coal"].contains(&theme);
            assert!(css.contains(ground) || !ours, "{theme}: {ground}");
            let is_dark = !["light", "rust"].contains(&theme);
            for colour in Colour::ALL {
                if colour == Colour::Ink {
                    continue; // letters have the page's own
                }
                let inks = light_and_dark(&css, colour.name());
                let ink = inks[usize::from(is_dark)];
                let found = contrast(ink, ground);
                assert!(found >= 4.5, "{colour:?} on {theme}: {found:.2}");
            }
        }
    }
}

/// What is drawn is seen: 3:1, but for what recedes.
#[test]
fn marks_can_be_seen_on_light_and_on_coal() {
    for colour in Colour::ALL {
        let least = if colour == Colour::Dropped { 2.5 } else { 3.0 };
        for ground in ["#fdfcfa", "#15181b"] {
            let found = contrast(colour.hex(), ground);
            assert!(found >= least, "{colour:?} on {ground}: {found:.2}");
        }
    }
}

/// The figures of the book: each with its name and its text.
fn drawings() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let entries = fs::read_dir(root.join("book/figures")).expect("a folder");
    let files = entries.map(|entry| entry.expect("readable").path());
    let mut drawings: Vec<_> = files
        .filter(|file| file.extension().is_some_and(|it| it == "svg"))
        .map(|file| {
            let name = file.file_name().expect("a name").to_string_lossy();
            (name.into_owned(), fs::read_to_string(&file).expect("text"))
        })
        .collect();
    drawings.sort();
    drawings
}

/// The values of an attribute, in the order of the drawing.
fn values<'a>(svg: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    let parts = svg.split(&start).skip(1);
    parts.filter_map(|part| part.split('"').next()).collect()
}

/// What is wrong with the letters of a drawing that is shown from this width
/// on, in pixels of the page.
fn too_small(svg: &str, least: f64) -> Option<String> {
    let width = values(svg, "viewBox").first()?.split(' ').nth(2)?;
    let width: f64 = width.parse().ok()?;
    let sizes = values(svg, "font-size");
    let sizes = sizes.iter().filter_map(|size| size.parse::<f64>().ok());
    let smallest = sizes.fold(f64::INFINITY, f64::min) * least / width;
    (svg.contains("<text") && smallest < 12.0)
        .then(|| format!("{smallest:.1} pixels"))
}

/// The style sheet shows one drawing from 600 pixels on, the other from 288.
#[test]
fn letters_are_twelve_pixels_high_at_every_width() {
    let drawings = drawings();
    for (name, svg) in &drawings {
        let stem = name.trim_end_matches(".svg");
        let other = format!("{stem}.narrow.svg");
        let has_other = drawings.iter().any(|(name, _)| *name == other);
        let least = if has_other { 600.0 } else { 288.0 };
        assert_eq!(too_small(svg, least), None, "{name}");
    }
    let letters = "<svg viewBox=\"0 0 720 9\" font-size=\"15\"><text>";
    assert_eq!(too_small(letters, 600.0), None);
    assert!(too_small(letters, 288.0).is_some());
}

/// A letter in a colour says which, so that the page can make it legible.
#[test]
fn coloured_letters_have_a_class() {
    for (name, svg) in drawings() {
        for text in svg.split("<text").skip(1) {
            let tag = text.split('>').next().unwrap_or_default();
            let (class, fill) = (values(tag, "class"), values(tag, "fill"));
            let known = Colour::ALL.iter().any(|colour| {
                class == [colour.name()] && fill == [colour.hex()]
            });
            let plain = class.is_empty() && fill.is_empty();
            assert!(plain || known, "{name}: {tag}");
        }
    }
}

/// Of two samples in a legend, one has other dashes, markers or widths.
#[test]
fn no_two_lines_differ_in_their_colour_alone() {
    for (name, svg) in drawings() {
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for sample in svg.split("<g class=\"sample\">").skip(1) {
            let sample = sample.split("</g>").next().unwrap_or_default();
            let paths = sample.split("<path").skip(1).map(|path| {
                let path = path.split("/>").next().unwrap_or_default();
                without_place(path)
            });
            let look: String = paths.collect();
            let text = svg.split(sample).nth(1).unwrap_or_default();
            let text = text.split("</text>").next().unwrap_or_default();
            // Panels that lie side by side have a legend each.
            let again = format!("{look}{}", label(text));
            assert!(
                !seen.contains(&look) || seen.contains(&again),
                "{name}: {look}"
            );
            seen.extend([look, again]);
        }
    }
}

/// The words of a legend's text.
fn label(text: &str) -> String {
    let parts = text.split('>').filter_map(|part| part.split('<').next());
    parts.map(str::trim).collect()
}

/// A path's shape and style, without its colour and where it begins.
fn without_place(path: &str) -> String {
    let mut out = path.to_owned();
    for colour in Colour::ALL {
        out = out.replace(colour.hex(), "");
    }
    let (style, data) = out.split_once(" d=\"m").unwrap_or((&out, ""));
    // Both numbers of the place, and none of the steps from there.
    let number = |c: char| c.is_ascii_digit() || c == '.';
    let data = data.trim_start_matches(number).trim_start();
    format!("{style} {}", data.trim_start_matches(number))
}

/// The contrast of two colours, from 1 to 21, as the Web Content Accessibility
/// Guidelines define it.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(hex: &str) -> f64 {
    let part = |at: usize| {
        let byte = u8::from_str_radix(&hex[at..at + 2], 16).expect("hex");
        let share = f64::from(byte) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}
