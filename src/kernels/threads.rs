//! The rows of a large product, shared among threads.

use std::sync::Mutex;
use std::thread::{self, Builder};

/// Multiply–adds below which one thread is faster than two: starting a thread
/// and waiting for it takes about as long as a million of them.
const WORTH_A_THREAD: usize = 2_000_000;

/// The rows of a result, `length` numbers each, in as many pieces as there are
/// threads, each with the number of its first row; one piece where `work` is
/// not worth more.
pub(super) fn share(
    threads: usize,
    work: usize,
    rows: &mut [f64],
    length: usize,
) -> impl ExactSizeIterator<Item = (usize, &mut [f64])> + Send {
    let share = rows_of_a_piece(threads, work, rows.len() / length);
    rows.chunks_mut(share * length)
        .enumerate()
        .map(move |(piece, rows)| (piece * share, rows))
}

/// In how many pieces [`share`] shares so many rows.
pub(super) fn pieces(threads: usize, work: usize, rows: usize) -> usize {
    rows.div_ceil(rows_of_a_piece(threads, work, rows))
}

fn rows_of_a_piece(threads: usize, work: usize, rows: usize) -> usize {
    let threads = if work < WORTH_A_THREAD { 1 } else { threads };
    // Whole tiles, whatever their height.
    rows.div_ceil(threads).next_multiple_of(24)
}

/// Does `work` on every piece, each in a thread of its own; the first piece in
/// this one. Where the system starts no further thread, those that there are
/// do what is left.
pub(super) fn each<P>(
    pieces: impl ExactSizeIterator<Item = P> + Send,
    work: impl Fn(P) + Sync,
) {
    // In WebAssembly there are no threads to start.
    if cfg!(target_family = "wasm") || pieces.len() < 2 {
        return pieces.for_each(work);
    }
    let others = pieces.len() - 1;
    let pieces = Mutex::new(pieces);
    let next = || pieces.lock().ok()?.next();
    let work_on = || {
        while let Some(piece) = next() {
            work(piece);
        }
    };
    thread::scope(|scope| {
        for _ in 0..others {
            if Builder::new().spawn_scoped(scope, work_on).is_err() {
                break;
            }
        }
        work_on();
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_tiles_and_no_more_than_the_threads() {
        let (some, much) = (WORTH_A_THREAD - 1, WORTH_A_THREAD);
        for (threads, work, rows, expected) in [
            (2, some, 800, 1),
            (2, much, 800, 2),
            (3, much, 60, 3),
            (3, much, 48, 2),
            (usize::MAX, much, 800, 34),
            (usize::MAX, much, 1, 1),
        ] {
            let mut entries = vec![0.0; rows * 2];
            let shared = share(threads, work, &mut entries, 2);
            assert_eq!(shared.len(), expected, "{threads} {work} {rows}");
            assert_eq!(pieces(threads, work, rows), expected);
        }
    }

    #[test]
    fn every_piece_is_worked_on_once() {
        let mut rows = vec![0.0; 100];
        each(rows.chunks_mut(7), |piece| {
            piece.iter_mut().for_each(|x| *x += 1.0)
        });
        assert_eq!(rows, [1.0; 100]);
    }
}
