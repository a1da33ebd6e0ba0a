//! The sum over all ranks: what MPI moves, in an order of adding that is ours.

use std::ops::Range;

use mpi::collective::SystemOperation;
use mpi::datatype::{Partition, PartitionMut};
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;
use shared::tree::{Branch, branches, own, sum};

// ANCHOR: exchange
/// The sum over all shards, from the branches that each rank has added up.
pub fn exchange(
    world: &SimpleCommunicator,
    shards: usize,
    ours: &[Branch],
) -> Vec<f64> {
    let ranks = world.size() as usize;
    let root = 0..shards;
    let nodes: Vec<Vec<Range<usize>>> = (0..ranks)
        .map(|rank| branches(&root, &own(rank, ranks, shards)))
        .collect();
    let size = ours[0].sum.len();
    let slice = size.div_ceil(ranks);

    // All to all: every rank gets its slice of every branch …
    let mut send = Vec::new();
    for to in 0..ranks {
        ours.iter().for_each(|it| send.extend(part(&it.sum, to, slice)));
    }
    let received = all_to_all(world, &send, &nodes, slice);

    // … finishes the tree for this slice …
    let slices = received.chunks(slice).map(<[f64]>::to_vec);
    let known = nodes.into_iter().flatten().zip(slices);
    let known: Vec<Branch> =
        known.map(|(node, sum)| Branch { node, sum }).collect();
    let mine = sum(&root, &known);

    // … and hands it round.
    let mut total = vec![0.0; slice * ranks];
    world.all_gather_into(&mine[..], &mut total[..]);
    total.truncate(size);
    total
}
// ANCHOR_END: exchange

/// Slice number `to`, filled up with zeros where there is nothing left.
fn part(
    sum: &[f64],
    to: usize,
    slice: usize,
) -> impl Iterator<Item = f64> + '_ {
    let rest = sum.iter().skip(to * slice).copied();
    rest.chain(std::iter::repeat(0.0)).take(slice)
}

/// A slice for each branch of each rank; a rank may have more than one.
fn all_to_all(
    world: &SimpleCommunicator,
    send: &[f64],
    nodes: &[Vec<Range<usize>>],
    slice: usize,
) -> Vec<f64> {
    let ranks = nodes.len();
    let counts: Vec<i32> =
        nodes.iter().map(|it| (it.len() * slice) as i32).collect();
    let mut received = vec![0.0; counts.iter().sum::<i32>() as usize];
    let sent = vec![(send.len() / ranks) as i32; ranks];
    let sent_at = starts(&sent);
    let received_at = starts(&counts);
    let from = Partition::new(send, sent, sent_at);
    let mut to = PartitionMut::new(&mut received[..], counts, received_at);
    world.all_to_all_varcount_into(&from, &mut to);
    received
}

/// Where each part begins, if they lie one after the other.
fn starts(counts: &[i32]) -> Vec<i32> {
    let sums = counts.iter().scan(0, |sum, count| {
        let start = *sum;
        *sum += count;
        Some(start)
    });
    sums.collect()
}

/// The same by MPI's own sum, in whatever order it adds.
// ANCHOR: allreduce
pub fn allreduce(world: &SimpleCommunicator, ours: &[Branch]) -> Vec<f64> {
    let mut one = ours[0].sum.clone();
    for branch in &ours[1..] {
        one.iter_mut().zip(&branch.sum).for_each(|(a, b)| *a += b);
    }
    let mut total = vec![0.0; one.len()];
    world.all_reduce_into(&one[..], &mut total[..], SystemOperation::sum());
    total
}
// ANCHOR_END: allreduce
