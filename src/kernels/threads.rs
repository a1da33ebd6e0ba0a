//! The rows of a large product, shared among threads.

use std::thread;

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
) -> impl Iterator<Item = (usize, &mut [f64])> {
    let all = rows.len() / length;
    let threads = if work < WORTH_A_THREAD { 1 } else { threads };
    // Whole tiles, whatever their height.
    let share = all.div_ceil(threads).next_multiple_of(12);
    rows.chunks_mut(share * length)
        .enumerate()
        .map(move |(piece, rows)| (piece * share, rows))
}

/// Does `work` on every piece, each in a thread of its own; the first piece in
/// this one.
pub(super) fn each<P: Send>(
    mut pieces: impl Iterator<Item = P>,
    work: impl Fn(P) + Sync,
) {
    if cfg!(target_family = "wasm") {
        return pieces.for_each(work); // there are no threads to start
    }
    let Some(own) = pieces.next() else { return };
    let Some(next) = pieces.next() else { return work(own) };
    thread::scope(|scope| {
        let work = &work;
        for piece in [next].into_iter().chain(pieces) {
            scope.spawn(move || work(piece));
        }
        work(own);
    });
}
