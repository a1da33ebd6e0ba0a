//! One rank: computes its shards, and adds them up with the others.

use std::io::Write;
use std::path::{Path, PathBuf};

use chapters::cli::{Failure, Outcome, shown};
use mpi::topology::SimpleCommunicator;
use mpi::traits::*;
use shared::checkpoint::{Checkpoint, Unfit, load, save};
use shared::digest::digest;
use shared::run::{Run, over_shards};
use shared::tree::{Branch, branches, own, sum};

use crate::args::Args;
use crate::exchange::{allreduce, exchange};
use crate::probe;

/// The exit code that all ranks leave with, after one has said why.
struct Stop(i32);

/// Trains, with as many others as mpirun has started.
///
/// # Errors
/// That MPI has been started before; everything else ends the process.
pub fn run(args: &Args, out: &mut dyn Write) -> Outcome {
    let Some(universe) = mpi::initialize() else {
        return Err(Failure::Lost("MPI could not be started".to_owned()));
    };
    let world = universe.world();
    let outcome = match args.probe {
        Some(what) => agreed(&world, probe::run(&world, args, what, out)),
        None => train(&world, args, out),
    };
    // MPI has to be left before the process ends.
    drop(universe);
    if let Err(Stop(code)) = outcome {
        std::process::exit(code);
    }
    Ok(())
}

fn train(
    world: &SimpleCommunicator,
    args: &Args,
    out: &mut dyn Write,
) -> Result<(), Stop> {
    let (rank, ranks) = (world.rank() as usize, world.size() as usize);
    let shards = args.setting.shards;
    let fits = args.fits(ranks).and_then(|()| args.is_for_ranks());
    agreed(world, fits.map_err(Failure::Refused))?;
    let run = Run::start(&args.setting).map_err(Failure::from);
    let mut run = agreed(world, run)?;
    let (mut first, mut loss) = (0, f64::NAN);
    if args.resume {
        let checkpoint = agreed(world, resumed(args, rank))?;
        agreed(world, alike(world, &checkpoint))?;
        (first, loss) = (checkpoint.step, checkpoint.loss);
        run.parameters = checkpoint.parameters;
    }

    // ANCHOR: rank
    let root = 0..shards;
    let own = own(rank, ranks, shards);
    for step in first..args.setting.steps {
        if args.fail_at == Some(step) && args.fail_rank == rank {
            end_as_if_killed();
        }
        let leaves: Vec<Branch> =
            own.clone().map(|k| run.leaf(step, k)).collect();
        let ours: Vec<Branch> = branches(&root, &own)
            .into_iter()
            .map(|node| Branch { sum: sum(&node, &leaves), node })
            .collect();
        let total = match args.allreduce {
            false => exchange(world, shards, &ours),
            true => allreduce(world, &ours),
        };
        let applied = run.apply(&total).map_err(Failure::at(step));
        loss = applied.or_else(|why| agreed(world, Err(why)))?;
        if is_due(args, step + 1) {
            let parameters = run.parameters.clone();
            let checkpoint = Checkpoint { step: step + 1, loss, parameters };
            agreed(world, kept(args, rank, &checkpoint))?;
        }
    }
    // ANCHOR_END: rank

    let end = Checkpoint { step: 0, loss, parameters: run.parameters };
    agreed(world, alike(world, &end))?;
    let row = match rank {
        0 => row(args, ranks, &end, out),
        _ => Ok(()),
    };
    agreed(world, row)
}

/// What rank 0 says at the end.
fn row(
    args: &Args,
    ranks: usize,
    end: &Checkpoint,
    out: &mut dyn Write,
) -> Outcome {
    let (loss, digest) = (end.loss, digest(&end.parameters));
    if !args.allreduce {
        writeln!(out, "{ranks:>5} {loss:>22} {digest:016x}")?;
        return Ok(out.flush()?);
    }
    let alone = over_shards(&args.setting)
        .map_err(|(step, error)| Failure::at(step)(error))?;
    let bits = |it: &chainrule::Parameters| {
        let layers = it.layers().to_vec().into_iter();
        let values = layers.flat_map(|l| l.weights.into_iter().chain(l.bias));
        values.map(f64::to_bits).collect::<Vec<_>>()
    };
    let pairs = bits(&end.parameters).into_iter().zip(bits(&alone.parameters));
    let other = pairs.filter(|(one, other)| one != other).count();
    let count = end.parameters.count();
    writeln!(out, "{loss:>22} {digest:016x} {other:>6} of {count}")?;
    Ok(out.flush()?)
}

/// The checkpoint's file of this rank.
fn file(args: &Args, rank: usize) -> Option<PathBuf> {
    let path = args.checkpoint.as_ref()?;
    let text = path.to_string_lossy();
    match text.contains("{rank}") {
        true => Some(text.replace("{rank}", &rank.to_string()).into()),
        false => Some(path.clone()),
    }
}

fn is_due(args: &Args, steps: usize) -> bool {
    args.checkpoint.is_some()
        && (steps.is_multiple_of(args.every) || steps == args.setting.steps)
}

/// Writes the checkpoint: rank 0 for all, or each for itself.
fn kept(args: &Args, rank: usize, checkpoint: &Checkpoint) -> Outcome {
    let Some(path) = file(args, rank) else { return Ok(()) };
    if rank > 0 && args.checkpoint.as_deref() == Some(&*path) {
        return Ok(());
    }
    save(&path, checkpoint, &args.setting)
        .map_err(|reason| unfit(&path, &reason))
}

fn resumed(args: &Args, rank: usize) -> Result<Checkpoint, Failure> {
    let path = file(args, rank).unwrap_or_default();
    load(&path, &args.setting).map_err(|reason| unfit(&path, &reason))
}

fn unfit(path: &Path, reason: &Unfit) -> Failure {
    let (path, reason) = (path.display().to_string(), reason.to_string());
    Failure::File { path, reason }
}

/// Refuses ranks of which one has other parameters than the first.
// ANCHOR: alike
fn alike(world: &SimpleCommunicator, it: &Checkpoint) -> Outcome {
    let ours = [it.step as u64, digest(&it.parameters)];
    let all = of_all(world, &ours);
    let mut others = all.chunks(2).enumerate();
    let Some((rank, other)) = others.find(|(_, other)| **other != all[..2])
    else {
        return Ok(());
    };
    // ANCHOR_END: alike
    let line = if other[0] == all[0] {
        format!("rank 0 and rank {rank} have different parameters")
    } else {
        let (one, other) = (all[0], other[0]);
        format!(
            "rank 0 has a checkpoint of step {one}, rank {rank} of step {other}"
        )
    };
    Err(Failure::Refused(line))
}

/// Goes on if every rank can. Otherwise the first that cannot says why, and all
/// stop: a rank that left alone would keep the others waiting.
fn agreed<T>(
    world: &SimpleCommunicator,
    result: Result<T, Failure>,
) -> Result<T, Stop> {
    let code = result.as_ref().err().map_or(0, Failure::code);
    let codes = of_all(world, &[code]);
    let Some(first) = codes.iter().position(|code| *code != 0) else {
        return result.map_err(|_| Stop(1)); // it is none
    };
    if let Err(failure) = &result
        && first == world.rank() as usize
    {
        eprintln!("{}", shown(&format!("error: {failure}")));
    }
    // mpirun ends all ranks once one has left with an error.
    world.barrier();
    Err(Stop(codes[first].into()))
}

/// What every rank says, in the order of the ranks. One type for both sides: MPI
/// would not notice that they differ.
fn of_all<T>(world: &SimpleCommunicator, ours: &[T]) -> Vec<T>
where
    T: Equivalence + Default + Clone,
{
    let mut all = vec![T::default(); ours.len() * world.size() as usize];
    world.all_gather_into(ours, &mut all[..]);
    all
}

/// What the system does to a process that gets `kill -9`: nothing is closed,
/// nobody is told.
fn end_as_if_killed() {
    use rustix::process::{Signal, getpid, kill_process};
    let _ = kill_process(getpid(), Signal::KILL);
    std::process::abort(); // where that was not possible
}
