//! What takes how long, as the ranks see it.

use std::io::Write;
use std::time::Instant;

use chapters::cli::Outcome;
use cpu_time::ThreadTime;
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;
use shared::run::Run;
use shared::tree::{Branch, branches, own, sum};

use crate::args::{Args, Probe};
use crate::exchange::exchange;

/// Times what is asked for, and prints it from rank 0.
pub fn run(
    world: &SimpleCommunicator,
    args: &Args,
    what: Probe,
    out: &mut dyn Write,
) -> Outcome {
    match what {
        Probe::Messages => messages(world, args, out),
        Probe::Steps => steps(world, args, out),
    }
}

/// A message of one number, and one as long as the gradient.
fn messages(
    world: &SimpleCommunicator,
    args: &Args,
    out: &mut dyn Write,
) -> Outcome {
    let size = Run::start(&args.setting)?.size();
    for (size, times) in [(1, 5000), (size, 20 * args.setting.steps)] {
        let seconds = ping_pong(world, size, times);
        if world.rank() == 0 {
            let bytes = 8 * size;
            writeln!(out, "bytes {bytes:>12}  µs {:>10.2}", 1e6 * seconds)?;
        }
    }
    Ok(())
}

/// Seconds for a message from rank 0 to rank 1: half of there and back.
// ANCHOR: ping_pong
fn ping_pong(world: &SimpleCommunicator, size: usize, times: usize) -> f64 {
    let mut message = vec![1.0_f64; size];
    let other = world.process_at_rank(1 - world.rank());
    let mut seconds = Vec::new();
    for _ in 0..times {
        let start = Instant::now();
        if world.rank() == 0 {
            other.send(&message[..]);
            other.receive_into(&mut message[..]);
        } else {
            other.receive_into(&mut message[..]);
            other.send(&message[..]);
        }
        seconds.push(start.elapsed().as_secs_f64() / 2.0);
    }
    median(seconds)
}
// ANCHOR_END: ping_pong

/// A step by the wall's clock; and its two parts, what the rank computes alone,
/// by the time its processor gives it, and the exchange.
fn steps(
    world: &SimpleCommunicator,
    args: &Args,
    out: &mut dyn Write,
) -> Outcome {
    let (rank, ranks) = (world.rank() as usize, world.size() as usize);
    let shards = args.setting.shards;
    let mut run = Run::start(&args.setting)?;
    let (root, own) = (0..shards, own(rank, ranks, shards));
    let [mut whole, mut computing, mut exchanges] = [vec![], vec![], vec![]];
    for step in 0..args.setting.steps {
        world.barrier();
        let (start, own_time) = (Instant::now(), ThreadTime::now());
        let leaves: Vec<Branch> =
            own.clone().map(|k| run.leaf(step, k)).collect();
        let nodes = branches(&root, &own).into_iter();
        let ours: Vec<Branch> = nodes
            .map(|node| Branch { sum: sum(&node, &leaves), node })
            .collect();
        computing.push(own_time.elapsed().as_secs_f64());
        world.barrier(); // who waits for another does not exchange
        let computed = start.elapsed().as_secs_f64();
        let total = exchange(world, shards, &ours);
        let exchanged = start.elapsed().as_secs_f64();
        run.apply(&total)?;
        whole.push(start.elapsed().as_secs_f64());
        exchanges.push(exchanged - computed);
    }
    if rank == 0 {
        let times = [whole, computing, exchanges].map(|it| 1e3 * least(it));
        let cells = times.map(|it| format!(" {it:>12.3}")).concat();
        writeln!(out, "real {ranks:>5}{cells}")?;
    }
    Ok(())
}

/// The fastest: where more ranks than processors, or other programs, take turns,
/// it is the one that nothing came between.
fn least(values: Vec<f64>) -> f64 {
    values.into_iter().fold(f64::INFINITY, f64::min)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
