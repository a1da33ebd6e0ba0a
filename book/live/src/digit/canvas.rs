//! The canvas: cells that are on or off, and how many are on in each block.

/// Cells on a side.
const SIDE: usize = 32;

/// Cells on a side of a block.
const BLOCK: usize = 4;

/// Blocks on a side.
pub const BLOCKS: usize = SIDE / BLOCK;

/// The pen is round; half its width, in cells. Most strokes of the data are four
/// or five cells wide.
const RADIUS: f64 = 2.0;

/// How often the outline of a picture is smoothed.
const ROUNDS: usize = 4;

/// The cells, row by row.
#[derive(Clone)]
pub struct Canvas([[bool; SIDE]; SIDE]);

impl Default for Canvas {
    fn default() -> Canvas {
        Canvas([[false; SIDE]; SIDE])
    }
}

impl Canvas {
    pub fn clear(&mut self) {
        *self = Canvas::default();
    }

    pub fn cells(&self) -> impl Iterator<Item = bool> {
        self.0.iter().flatten().copied()
    }

    /// Draws on every cell whose middle the pen passes over; `None` for a place
    /// that is none.
    pub fn stroke(&mut self, from: [f64; 2], to: [f64; 2]) -> Option<()> {
        if !from.iter().chain(&to).all(|place| place.is_finite()) {
            return None;
        }
        for (r, row) in self.0.iter_mut().enumerate() {
            for (c, on) in row.iter_mut().enumerate() {
                let middle = [c as f64 + 0.5, r as f64 + 0.5];
                *on |= is_near(middle, from, to);
            }
        }
        Some(())
    }

    /// How many cells of each block are on, row by row: how the data were made.
    // ANCHOR: blocks
    pub fn blocks(&self) -> [u8; BLOCKS * BLOCKS] {
        let mut blocks = [0; BLOCKS * BLOCKS];
        for (r, row) in self.0.iter().enumerate() {
            for (c, &on) in row.iter().enumerate() {
                blocks[r / BLOCK * BLOCKS + c / BLOCK] += u8::from(on);
            }
        }
        blocks
    }
    // ANCHOR_END: blocks

    /// A drawing with these blocks: of the many that there are, one with a
    /// smooth outline. In each block the cells are on that have most ink around
    /// them, first by the numbers alone, then by the drawing itself.
    pub fn of_blocks(blocks: &[u8; BLOCKS * BLOCKS]) -> Canvas {
        let mut ink = [[0.0; SIDE]; SIDE];
        for (r, row) in ink.iter_mut().enumerate() {
            for (c, ink) in row.iter_mut().enumerate() {
                *ink = f64::from(blocks[r / BLOCK * BLOCKS + c / BLOCK]);
            }
        }
        let mut canvas = Canvas::default();
        for _ in 0..ROUNDS {
            canvas = fullest(&around(&ink), blocks);
            ink = canvas.0.map(|row| row.map(|on| f64::from(u8::from(on))));
        }
        canvas
    }
}

/// Whether a place is no further from the line between two others than the pen
/// reaches.
fn is_near(place: [f64; 2], from: [f64; 2], to: [f64; 2]) -> bool {
    let minus = |a: [f64; 2], b: [f64; 2]| [a[0] - b[0], a[1] - b[1]];
    let dot = |a: [f64; 2], b: [f64; 2]| a[0] * b[0] + a[1] * b[1];
    let line = minus(to, from);
    let length = dot(line, line);
    // How far along the line the nearest point of it lies.
    let share = match length > 0.0 {
        true => (dot(minus(place, from), line) / length).clamp(0.0, 1.0),
        false => 0.0,
    };
    let nearest = [from[0] + share * line[0], from[1] + share * line[1]];
    let apart = minus(place, nearest);
    dot(apart, apart) <= RADIUS * RADIUS
}

/// The ink around each cell, less of it the further away.
fn around(ink: &[[f64; SIDE]; SIDE]) -> [[f64; SIDE]; SIDE] {
    let mut sums = [[0.0; SIDE]; SIDE];
    for (r, row) in sums.iter_mut().enumerate() {
        for (c, sum) in row.iter_mut().enumerate() {
            for (i, inks) in ink.iter().enumerate() {
                for (j, ink) in inks.iter().enumerate() {
                    let (down, right) = (r.abs_diff(i), c.abs_diff(j));
                    let apart = (4 + down * down + right * right) as f64;
                    *sum += ink / (apart * apart);
                }
            }
        }
    }
    sums
}

/// In each block as many cells as it is to have, those with the highest sums.
fn fullest(
    sums: &[[f64; SIDE]; SIDE],
    blocks: &[u8; BLOCKS * BLOCKS],
) -> Canvas {
    let mut canvas = Canvas::default();
    for (b, &count) in blocks.iter().enumerate() {
        let (top, left) = (b / BLOCKS * BLOCK, b % BLOCKS * BLOCK);
        for _ in 0..count {
            let cells = (0..BLOCK * BLOCK)
                .map(|i| (top + i / BLOCK, left + i % BLOCK))
                .filter(|&(r, c)| !canvas.0[r][c]);
            let next = cells
                .max_by(|&(r, c), &(i, j)| sums[r][c].total_cmp(&sums[i][j]));
            if let Some((r, c)) = next {
                canvas.0[r][c] = true;
            }
        }
    }
    canvas
}
