//! A sum whose order depends on the number of its terms alone, and not on who
//! adds which of them.

use std::ops::Range;

/// The sum of some neighbouring shards, which is a node of the tree.
#[derive(Clone, Debug, PartialEq)]
pub struct Branch {
    /// Which shards.
    pub node: Range<usize>,
    /// Their sum, one number for every parameter.
    pub sum: Vec<f64>,
}

/// The two halves of a node. The left one has a power of two of shards, so that
/// eight are four and four, and six are four and two.
// ANCHOR: halves
fn halves(node: &Range<usize>) -> [Range<usize>; 2] {
    let left = node.len().next_power_of_two() / 2;
    let middle = node.start + left;
    [node.start..middle, middle..node.end]
}
// ANCHOR_END: halves

/// The sum of a node: known, or the sum of its halves, left plus right.
///
/// # Panics
/// If a shard of the node is in no branch, or not alone in it.
// ANCHOR: sum
pub fn sum(node: &Range<usize>, known: &[Branch]) -> Vec<f64> {
    if let Some(branch) = known.iter().find(|branch| branch.node == *node) {
        return branch.sum.clone();
    }
    let [left, right] = halves(node);
    let mut total = sum(&left, known);
    for (total, right) in total.iter_mut().zip(sum(&right, known)) {
        *total += right;
    }
    total
}
// ANCHOR_END: sum

/// The largest nodes below `node` whose shards are all among `own`: what one
/// rank can add without any other.
// ANCHOR: branches
pub fn branches(node: &Range<usize>, own: &Range<usize>) -> Vec<Range<usize>> {
    if node.end <= own.start || own.end <= node.start {
        return vec![]; // none of it is ours
    }
    if own.start <= node.start && node.end <= own.end {
        return vec![node.clone()]; // all of it is
    }
    halves(node).iter().flat_map(|half| branches(half, own)).collect()
}
// ANCHOR_END: branches

/// The shards of rank `rank` of `ranks`: as many for each as can be.
pub fn own(rank: usize, ranks: usize, shards: usize) -> Range<usize> {
    rank * shards / ranks..(rank + 1) * shards / ranks
}

#[cfg(test)]
mod tests {
    use super::*;
    use chainrule::rand::RngExt;
    use chainrule::seeded;

    /// Whoever adds what, the bits are those of one who adds everything.
    #[test]
    fn the_sum_does_not_depend_on_the_number_of_ranks() {
        let mut rng = seeded(0);
        let mut plain = 0;
        for shards in 1..=17 {
            let leaves: Vec<Branch> = (0..shards)
                .map(|k| Branch {
                    node: k..k + 1,
                    sum: (0..9).map(|_| rng.random::<f64>() - 0.5).collect(),
                })
                .collect();
            let root = 0..shards;
            let alone = sum(&root, &leaves);
            for ranks in 1..=shards {
                let mut known = Vec::new();
                for rank in 0..ranks {
                    let own = own(rank, ranks, shards);
                    for node in branches(&root, &own) {
                        let sum = sum(&node, &leaves[own.clone()]);
                        known.push(Branch { node, sum });
                    }
                }
                assert_eq!(sum(&root, &known), alone, "{shards}, {ranks}");
            }
            // One after the other is another sum, or the test shows nothing.
            let mut one_by_one = leaves[0].sum.clone();
            for leaf in &leaves[1..] {
                let terms = one_by_one.iter_mut().zip(&leaf.sum);
                terms.for_each(|(total, term)| *total += term);
            }
            plain += usize::from(one_by_one != alone);
        }
        assert!(plain > 10, "{plain}");
    }

    #[test]
    fn the_brackets_are_those_of_the_page() {
        let terms: Vec<f64> = (1..=7).map(|k| 1.0 / f64::from(k)).collect();
        let leaf = |k: usize| Branch { node: k..k + 1, sum: vec![terms[k]] };
        let leaves: Vec<Branch> = (0..7).map(leaf).collect();
        let [a, b, c, d, e, f, g] = terms[..] else { unreachable!() };
        let by_hand = ((a + b) + (c + d)) + ((e + f) + g);
        assert_eq!(sum(&(0..7), &leaves), [by_hand]);
    }

    #[test]
    fn three_ranks_of_eight_shards() {
        let of = |rank| format!("{:?}", branches(&(0..8), &own(rank, 3, 8)));
        assert_eq!(of(0), "[0..2]");
        assert_eq!(of(1), "[2..4, 4..5]");
        assert_eq!(of(2), "[5..6, 6..8]");
    }
}
