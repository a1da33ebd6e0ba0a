//! The figures of chapter 8.

use chainrule::figures::{Colour, Figure, Sketch};
use chapters::ch08_digits::data::{INK, SIDE};
use chapters::ch08_digits::digits::{CLASSES, Digits};

/// A pixel's width in the figure of a hundred, and the room of a digit.
const PIXEL: i32 = 16;
const ROOM: i32 = 156;

/// The first ten of each digit, a row a digit.
pub fn hundred(digits: &Digits) -> Figure {
    let mut sketch = Sketch::new(1600, 1580);
    for digit in 0..CLASSES {
        let all = 0..digits.count();
        let these = all.filter(|&which| digits.label(which) == digit);
        for (column, which) in these.take(10).enumerate() {
            let at = |place: usize| 30 + ROOM * place as i32;
            image(
                &mut sketch,
                digits.image(which),
                (at(column), at(digit)),
                PIXEL,
            );
        }
    }
    sketch.figure()
}

/// One digit, its pixels so wide, from its upper left corner on.
fn image(sketch: &mut Sketch, bytes: &[u8], (x, y): (i32, i32), pixel: i32) {
    for (k, &byte) in bytes.iter().enumerate() {
        if byte > 0 {
            let place = |i: usize| pixel * i as i32;
            let corner = (x + place(k % SIDE), y + place(k / SIDE));
            let share = f64::from(byte) / f64::from(INK);
            sketch.shade(corner, (pixel, pixel), Colour::Data, share);
        }
    }
}
