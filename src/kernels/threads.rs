//! The rows of a large product, shared among threads.

use std::sync::Mutex;
use std::thread::{self, Builder};

/// Multiply–adds below which one thread is faster than two: starting a thread
/// and waiting for it takes about as long as a million of them.
const WORTH_A_THREAD: usize = 2_000_000;

/// Shares for each thread. A thread takes some time to start; while it does,
/// the others take more of them.
const SHARES: usize = 8;

/// The rows of a result, `length` numbers each, in some pieces for each of the
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
    let shares = if threads == 1 || work < WORTH_A_THREAD {
        1
    } else {
        threads.saturating_mul(SHARES)
    };
    // Whole tiles, whatever their height.
    rows.div_ceil(shares).next_multiple_of(24)
}

/// Does `work` on every piece, in a thread for each of `own`, which it has for
/// itself; the first of them is this one. Where the system starts no further
/// thread, those that there are do what is left.
pub(super) fn each<O: Send, P>(
    own: &mut [O],
    pieces: impl ExactSizeIterator<Item = P> + Send,
    work: impl Fn(&mut O, P) + Sync,
) {
    let (this, others) = own.split_first_mut().expect("one thread at least");
    let more = pieces.len().saturating_sub(1).min(others.len());
    // In WebAssembly there are no threads to start.
    if cfg!(target_family = "wasm") || more == 0 {
        return pieces.for_each(|piece| work(this, piece));
    }
    let pieces = Mutex::new(pieces);
    let next = || pieces.lock().ok()?.next();
    let work_on = |own: &mut O| {
        while let Some(piece) = next() {
            work(own, piece);
        }
    };
    thread::scope(|scope| {
        for own in &mut others[..more] {
            if Builder::new().spawn_scoped(scope, || work_on(own)).is_err() {
                break;
            }
        }
        work_on(this);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_whole_tiles_and_some_for_each_thread() {
        let (some, much) = (WORTH_A_THREAD - 1, WORTH_A_THREAD);
        for (threads, work, rows, expected) in [
            (2, some, 800, 1),
            (1, much, 800, 1),
            (2, much, 800, 12),
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
        for threads in [1, 2, 30] {
            let (mut worked, mut rows) = (vec![0; threads], vec![0.0; 100]);
            each(&mut worked, rows.chunks_mut(7), |worked, piece| {
                *worked += piece.len();
                piece.iter_mut().for_each(|x| *x += 1.0);
            });
            assert_eq!(rows, [1.0; 100]);
            assert_eq!(worked.iter().sum::<usize>(), 100);
        }
    }
}
