//! How the products of a layer are computed, by its shape (out × in).
//!
//! [`has_columns`] and [`is_fused`] decide on the last digits of a result. So
//! they may hang on the whole shape, and on nothing else: not on the
//! processor, not on the number of samples, and not on a thread's share.

use super::padded_matrix::LANES;

/// Whether a sum over the samples is taken from the first to the last, for
/// sixteen columns of dw at a time; in the order of [`dot`](super::dot) else.
pub(super) fn has_columns((out, inputs): (usize, usize)) -> bool {
    out >= LANES && inputs >= LANES
}

/// Whether each product is rounded only together with the sum that it is added
/// to: from 65,536 weights on.
///
/// A fused multiply-add is one instruction where there were two, and has the
/// same bits on every processor, since IEEE 754 says what they are. Where there
/// is no such instruction it is carried out in software, far slower. So small
/// layers, which run in a page as well, do without.
pub(super) fn is_fused((out, inputs): (usize, usize)) -> bool {
    out.saturating_mul(inputs) >= 1 << 16
}

/// Whether copying the right factor of a product first pays. It has no
/// influence on any digit.
pub(super) fn is_packed((out, inputs): (usize, usize)) -> bool {
    out >= 2 * LANES && inputs >= 2 * LANES
}
