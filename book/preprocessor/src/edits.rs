//! Replacing parts of a Markdown text by HTML.

use std::ops::Range;

/// The replacements to make in one text.
#[derive(Debug, Default)]
pub struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Replaces a range inside a paragraph.
    pub fn inline(&mut self, range: Range<usize>, html: String) {
        self.0.push((range, html));
    }

    /// Replaces a whole block by one line of HTML.
    ///
    /// Such a line ends at a blank one, so if text follows at once, a blank
    /// line is added that stays in the same quotation or list item.
    pub fn block(&mut self, text: &str, range: Range<usize>, mut html: String) {
        let end = range.start + text[range.clone()].trim_end().len();
        let next = text[end..].lines().nth(1).unwrap_or_default();
        if !next.trim_start_matches(['>', ' ', '\t']).is_empty() {
            let line = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
            let container = text[line..range.start].chars();
            html.push('\n');
            html.extend(container.map(|c| if c == '>' { '>' } else { ' ' }));
        }
        self.0.push((range.start..end, html));
    }

    /// Whether the byte at `offset` is replaced.
    pub fn cover(&self, offset: usize) -> bool {
        self.0.iter().any(|(range, _)| range.contains(&offset))
    }

    /// Makes the replacements.
    pub fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| range.start);
        let mut out = String::with_capacity(2 * text.len());
        let mut done = 0;
        for (range, html) in self.0 {
            out.push_str(text.get(done..range.start).unwrap_or_default());
            out.push_str(&html);
            done = range.end;
        }
        out + text.get(done..).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_ends_before_what_follows_in_its_container() {
        for (text, expected) in [
            ("> - a\n>   BLOCK\n>   b\n", "> - a\n>   <div>\n>   \n>   b\n"),
            ("BLOCK\n\nb\n", "<div>\n\nb\n"),
        ] {
            let start = text.find("BLOCK").unwrap();
            let mut edits = Edits::default();
            edits.block(text, start..start + 5, "<div>".to_owned());
            assert_eq!(edits.apply(text), expected);
        }
    }
}
