//! Who computes: which instructions, and how many threads.

use std::thread;

use super::batch::Batch;
use super::instructions::Instructions;
use super::outer::{Room, is_large};
use super::products::{self, Matrix, entries_mut};

/// Multiply–adds below which one thread is faster than two: starting a thread
/// and waiting for it takes about as long as a million of them.
const WORTH_A_THREAD: usize = 2_000_000;

/// The instructions and the threads that a pass uses. Results depend on
/// neither: threads share the rows of a product, never a sum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Workers {
    pub(crate) instructions: Instructions,
    pub(crate) threads: usize,
}

impl Workers {
    /// z = w·a + b: w is (out × in), a is (in × m), b is (out × 1), z is
    /// (out × m).
    pub(crate) fn affine(
        self,
        z: &mut Batch,
        w: &Matrix,
        a: &Batch,
        b: &Matrix,
    ) {
        let stride = z.stride();
        let pieces = self.share(w.len() * stride, z.entries_mut(), stride);
        each(pieces, |(first, z)| {
            products::affine(self.instructions, z, first, w, a, b);
        });
    }

    /// da = wᵀ·dz: w is (out × in), dz is (out × m), da is (in × m).
    pub(crate) fn transposed_product(
        self,
        da: &mut Batch,
        w: &Matrix,
        dz: &Batch,
    ) {
        let stride = da.stride();
        let pieces = self.share(w.len() * stride, da.entries_mut(), stride);
        each(pieces, |(first, da)| {
            products::transposed_product(self.instructions, da, first, w, dz);
        });
    }

    /// dw = dz·aᵀ / m: dz is (out × m), a is (in × m), dw is (out × in).
    /// `rooms` has one for each thread.
    pub(crate) fn outer_product_mean(
        self,
        dw: &mut Matrix,
        dz: &Batch,
        a: &Batch,
        rooms: &mut [Room],
    ) {
        let (inputs, stride) = (dw.ncols(), dz.stride());
        let large = is_large(dw.nrows(), inputs);
        let pieces =
            self.share(dw.len() * stride, entries_mut(dw), inputs).zip(rooms);
        each(pieces, |((first, dw), room)| {
            let dz =
                &dz.entries()[first * stride..][..dw.len() / inputs * stride];
            let with = self.instructions;
            if large {
                products::outer_product_mean_packed(with, dw, dz, a, room);
            } else {
                products::outer_product_mean(with, dw, dz, a);
            }
        });
    }

    /// db: the mean of each row of dz (out × m).
    pub(crate) fn row_means(self, db: &mut Matrix, dz: &Batch) {
        products::row_means(self.instructions, db, dz);
    }

    /// The rows of a result in as many pieces as there are threads, each with
    /// the number of its first row; one piece where `work` is not worth more.
    fn share(
        self,
        work: usize,
        rows: &mut [f64],
        length: usize,
    ) -> impl Iterator<Item = (usize, &mut [f64])> {
        let all = rows.len() / length;
        let threads = if work < WORTH_A_THREAD { 1 } else { self.threads };
        // Whole tiles, whatever their height.
        let share = all.div_ceil(threads).next_multiple_of(12);
        rows.chunks_mut(share * length)
            .enumerate()
            .map(move |(piece, rows)| (piece * share, rows))
    }
}

/// Does `work` on every piece, each in a thread of its own; the first piece in
/// this one.
fn each<P: Send>(mut pieces: impl Iterator<Item = P>, work: impl Fn(P) + Sync) {
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Shares of fewer rows than sixteen, of a layer that has more.
    #[test]
    fn small_shares_have_the_bits_of_the_whole() {
        let (out, inputs, m) = (20, 1000, 100);
        let noise = |r: usize, factor: f64| {
            let mut batch = Batch::zeros(r, m);
            for ((i, s), entry) in batch.view_mut().indexed_iter_mut() {
                *entry = libm::sin(factor * (1 + i * m + s) as f64);
            }
            batch
        };
        let (dz, a) = (noise(out, 2.9), noise(inputs, 1.7));
        let product = |threads| {
            let mut dw = Matrix::zeros((out, inputs));
            let mut rooms = vec![Room::new(&[(out, inputs)], m); threads];
            let workers =
                Workers { instructions: Instructions::best(), threads };
            workers.outer_product_mean(&mut dw, &dz, &a, &mut rooms);
            dw.mapv(f64::to_bits)
        };
        assert_eq!(product(2), product(1));
    }
}
