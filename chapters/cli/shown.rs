//! Texts from outside, as a part of one line.

/// A text with everything escaped that is not seen as itself: line breaks,
/// codes that steer a terminal, marks that turn the direction of reading.
pub fn shown(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        if c.is_control() || UNSEEN.iter().any(|range| range.contains(&c)) {
            shown.extend(c.escape_default());
        } else {
            shown.push(c);
        }
    }
    shown
}

/// Without width, line breaks of Unicode, and turns of direction.
const UNSEEN: [std::ops::RangeInclusive<char>; 5] = [
    '\u{61c}'..='\u{61c}',
    '\u{200b}'..='\u{200f}',
    '\u{2028}'..='\u{202e}',
    '\u{2060}'..='\u{206f}',
    '\u{feff}'..='\u{feff}',
];
