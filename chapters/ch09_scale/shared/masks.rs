//! A rank's part of a mask, without the rest of it.

use std::ops::Range;

use chainrule::ndarray::Array2;
use chainrule::{ChaCha8Rng, Dropout, Mask, Result};

/// Some columns of the mask (units × m) whose first coin is the generator's
/// word number `word`: exactly those that a draw of all columns would have.
///
/// A coin costs one 32-bit word, and the coins of a mask lie in the generator's
/// stream row by row. ChaCha computes any block of its stream from the block's
/// number, so a rank can turn to where its columns are, once a row.
///
/// # Errors
/// As [`Dropout::draw`].
// ANCHOR: columns
pub fn columns(
    dropout: Dropout,
    (units, m): (usize, usize),
    columns: &Range<usize>,
    word: u128,
    rng: &mut ChaCha8Rng,
) -> Result<Mask> {
    let mut kept = Array2::default((units, columns.len()));
    for (unit, mut row) in kept.rows_mut().into_iter().enumerate() {
        rng.set_word_pos(word + (unit * m + columns.start) as u128);
        row.assign(&dropout.draw(columns.len(), rng)?.kept());
    }
    Ok(Mask::from_kept(kept, dropout))
}
// ANCHOR_END: columns

/// How many words the masks of one step take: one an entry, and none where
/// nothing is dropped.
pub fn words_a_step(dropout: Dropout, units: &[usize], m: usize) -> u128 {
    let entries = units.iter().map(|units| (units * m) as u128).sum();
    if dropout == Dropout::NONE { 0 } else { entries }
}

/// The word that `rng` gives next.
pub fn next_word(rng: &ChaCha8Rng) -> u128 {
    rng.get_word_pos()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chainrule::ndarray::s;
    use chainrule::rand::Rng;
    use chainrule::seeded;

    #[test]
    fn columns_are_those_of_the_whole_mask() -> Result<()> {
        for (p, units, m, cut) in
            [(0.2, 25, 96, 12..24), (0.5, 3, 7, 0..1), (0.9, 130, 257, 64..257)]
        {
            let dropout = Dropout::new(p)?;
            let mut rng = seeded(5);
            rng.next_u32(); // a mask may begin anywhere
            let word = next_word(&rng);
            let whole = dropout.draw((units, m), &mut rng)?;
            assert_eq!(
                next_word(&rng) - word,
                words_a_step(dropout, &[units], m)
            );
            let mut other = seeded(5);
            let part = columns(dropout, (units, m), &cut, word, &mut other)?;
            assert_eq!(part.kept(), whole.kept().slice(s![.., cut]));
        }
        Ok(())
    }
}
