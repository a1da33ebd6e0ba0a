//! Chapter 9: the same training on many machines, over MPI.
//!
//! Started by mpirun, the program is one rank of a training. Started alone, it
//! calls mpirun itself, once for each number of ranks, and sets their results
//! beside what one process computes.

mod args;
mod exchange;
mod figures;
mod launch;
mod measure;
mod model;
mod probe;
mod rank;
mod record;

use std::io::Write;
use std::process::ExitCode;

use args::Args;
use chapters::cli::{self, Failure, Outcome};
use shared::digest::digest;
use shared::run::{End, over_shards, whole_batch};

fn main() -> ExitCode {
    cli::main(run)
}

fn run(args: Args, out: &mut dyn Write) -> Outcome {
    if launch::is_rank() {
        rank::run(&args, out)
    } else if args.redraw {
        let folder = args.figures.open()?;
        let record = record::COMMITTED;
        model::print(out, &record::Record::new(record))?;
        folder.save_all(out, figures::all(&record::Record::new(record)))
    } else if args.measure {
        measure::run(out, args.quick)
    } else if args.allreduce {
        several_sums(out, &args)
    } else {
        several_ranks(out, &args)
    }
}

/// The same training with each number of ranks, and in one process.
fn several_ranks(out: &mut dyn Write, args: &Args) -> Outcome {
    writeln!(out, "{}\n", args.headline())?;
    writeln!(out, "{:>5} {:>22} parameters", "ranks", "loss")?;
    let mut rows = Vec::new();
    for ranks in args.ranks() {
        let row = launch::row(args, ranks, &[])?;
        writeln!(out, "{row}")?;
        out.flush()?;
        rows.push(row);
    }
    if rows.len() < 2 {
        return Ok(());
    }
    let one = end(over_shards(&args.setting))?;
    let whole = end(whole_batch(&args.setting))?;
    writeln!(out, "\none process, without MPI")?;
    let digests = [digest(&one.parameters), digest(&whole.parameters)];
    for (name, end, digest) in
        [("shards", &one, digests[0]), ("whole", &whole, digests[1])]
    {
        writeln!(out, "{name:>6} {:>21} {digest:016x}", end.loss)?;
    }
    let [one, whole] = [one.loss, whole.loss];
    let same = rows.iter().all(|row| {
        let mut words = row.split_whitespace().skip(1);
        let (loss, digest) = (words.next(), words.next());
        loss == Some(&one.to_string())
            && digest == Some(&format!("{:016x}", digests[0]))
    });
    let same = if same { "yes" } else { "no" };
    writeln!(out, "\nthe same bits as one process over the shards: {same}")?;
    let apart = ((one - whole) / whole).abs();
    writeln!(out, "the whole batch at once, relative to that: {apart:.1e}")?;
    Ok(())
}

/// The same training with MPI's own sum, under three of its algorithms.
fn several_sums(out: &mut dyn Write, args: &Args) -> Outcome {
    writeln!(out, "{}", args.headline())?;
    let ranks = args.ranks().into_iter().max().unwrap_or(1);
    writeln!(out, "MPI_Allreduce, {ranks} ranks\n")?;
    let heads = ["algorithm", "loss", "parameters", "not as the tree's"];
    let [name, loss, parameters, other] = heads;
    writeln!(out, "{name:<20} {loss:>22} {parameters:<16} {other}")?;
    let mut rows = Vec::new();
    for (number, name) in
        [(1, "reduce, broadcast"), (3, "recursive doubling"), (4, "ring")]
    {
        let row = launch::row(args, ranks, &launch::algorithm(number))?;
        writeln!(out, "{number} {name:<18} {row}")?;
        out.flush()?;
        rows.push(row);
    }
    rows.sort();
    rows.dedup();
    writeln!(out, "\ndifferent results: {}", rows.len())?;
    Ok(())
}

fn end(result: Result<End, shared::run::Diverged>) -> Result<End, Failure> {
    result.map_err(|(step, error)| Failure::at(step)(error))
}
