//! Chapter 9's program for many machines: the same bits for any number of
//! ranks, and one clear line where something is wrong. Needs mpirun.

mod case;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use case::{Program, allow_root, root};
use tempfile::TempDir;

const MACHINES: Program = Program {
    path: env!("CARGO_BIN_EXE_ch09_machines"),
    command: "cargo run -p machines --",
};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Runs, and holds the output to the book's.
fn snapshot(name: &str, folder: &Path, words: &str) {
    let printed = MACHINES.prints(folder, words);
    let shown = match words {
        "" => Program { command: "cargo run -p machines", ..MACHINES },
        _ => MACHINES,
    };
    shown.assert_snapshot(name, words, &printed);
}

/// The loss and the digest of the last row, or of the one named `name`.
fn result<'a>(printed: &'a str, name: &str) -> (&'a str, &'a str) {
    let row = printed.lines().map(|l| l.split_whitespace().collect());
    let mut row = row.filter(|row: &Vec<&str>| row.first() == Some(&name));
    match row.next_back().as_deref() {
        Some([_, loss, digest]) => (loss, digest),
        other => panic!("{other:?} in {printed}"),
    }
}

#[test]
fn any_number_of_ranks_ends_with_the_bits_of_one_process() {
    let folder = folder();
    snapshot("ch09_scale_machines", folder.path(), "");
    for words in [
        "--task spirals --steps 40",
        "--task digits --samples 64 --steps 20",
        "--task spirals --shards 6 --samples 100 --ranks 1,2,4,5,6 --steps 20",
        "--shards 7 --samples 7 --hidden 3,2 --drop-prob 0.5 --steps 30",
        "--shards 5 --samples 257 --drop-prob 0 --steps 9 --learning-rate 0.3",
        "--shards 1 --ranks 1,1 --steps 1",
    ] {
        let printed = MACHINES.prints(folder.path(), words);
        let yes = "the same bits as one process over the shards: yes";
        assert!(printed.contains(yes), "{words}\n{printed}");
    }
}

/// The order in which Open MPI adds may change with its version.
#[test]
fn its_own_sum_has_another_order_under_each_algorithm() {
    let words = "--allreduce";
    let version = Command::new("mpirun").arg("--version").output();
    let version = version.expect("mpirun").stdout;
    let version = String::from_utf8_lossy(&version).into_owned();
    if !version.contains(" 4.1.") {
        eprintln!(
            "not compared: Open MPI 4.1 made the book's, here is {version}"
        );
        return;
    }
    snapshot("ch09_scale_allreduce", folder().path(), words);
}

#[test]
fn a_lost_rank_ends_the_job_and_a_restart_ends_with_the_same_bits() {
    let folder = folder();
    let path = folder.path();
    let undisturbed = MACHINES.prints(path, "--ranks 1");
    let end = result(&undisturbed, "1");

    let lost = "--ranks 4 --checkpoint run.safetensors --fail-at 570";
    let line = MACHINES.refuses(path, lost, 1);
    MACHINES.assert_snapshot(
        "ch09_scale_lost",
        lost,
        &format!("error: {line}\n"),
    );
    let resumed = "--ranks 3 --checkpoint run.safetensors --resume";
    snapshot("ch09_scale_resumed", path, resumed);

    for (file, at, rank, again) in
        [("a", 20, 0, 8), ("b", 21, 3, 1), ("c", 999, 1, 2), ("d", 613, 2, 4)]
    {
        let keep = format!("--checkpoint {file}");
        let lost =
            format!("--ranks 4 {keep} --fail-at {at} --fail-rank {rank}");
        let line = MACHINES.refuses(path, &lost, 1);
        let expected = format!(
            "one of 4 ranks was lost, and mpirun has ended the others; --resume goes on from {file}"
        );
        assert_eq!(line, expected);
        let words = format!("--ranks {again} {keep} --resume");
        let printed = MACHINES.prints(path, &words);
        assert_eq!(result(&printed, &again.to_string()), end, "{lost}");
    }
    // One that was lost before its first checkpoint begins anew.
    MACHINES.refuses(path, "--ranks 2 --checkpoint e --fail-at 19", 1);
    let line = MACHINES.refuses(path, "--ranks 2 --checkpoint e --resume", 2);
    assert_eq!(line, "e: No such file or directory (os error 2)");
}

#[test]
fn checkpoints_that_do_not_fit_are_refused() {
    let folder = folder();
    let path = folder.path();
    let keep = "--ranks 2 --checkpoint run-{rank}";
    let go_on = format!("{keep} --resume --steps 60");
    let first = MACHINES.prints(path, &format!("{keep} --steps 20"));
    let early = fs::read(path.join("run-1")).expect("a checkpoint");
    MACHINES.prints(path, &format!("{keep} --steps 40"));
    assert!(MACHINES.prints(path, &go_on) != first);

    MACHINES.prints(path, &format!("{keep} --steps 40"));
    let mut other = fs::read(path.join("run-1")).expect("a checkpoint");
    let refused = |bytes: &[u8]| {
        fs::write(path.join("run-1"), bytes).expect("written");
        MACHINES.refuses(path, &go_on, 2)
    };
    assert_eq!(
        refused(&early),
        "rank 0 has a checkpoint of step 40, rank 1 of step 20"
    );
    let end = other.len() - 1;
    other[end - 7] ^= 1; // the last bit of the last number
    assert_eq!(refused(&other), "rank 0 and rank 1 have different parameters");
    let line = refused(&other[..end]);
    assert!(
        line.starts_with("run-1: no safetensors file, or a part of"),
        "{line}"
    );
    let line = refused(b"a text");
    assert!(
        line.starts_with("run-1: no safetensors file, or a part of"),
        "{line}"
    );
    let line = MACHINES.refuses(path, &format!("{go_on} --seed 1"), 2);
    assert_eq!(
        line,
        "run-0: a checkpoint of another run: seed 0 there, 1 here"
    );
    let line =
        MACHINES.refuses(path, "--checkpoint no/such/folder --ranks 2", 2);
    assert!(line.starts_with("no/such/folder: No such file"), "{line}");
}

#[test]
fn what_makes_no_sense_is_refused_in_a_line() {
    let folder = folder();
    for (words, code, expected) in [
        ("--ranks 9", 2, "9 ranks: at most one for each of the 8 shards"),
        ("--ranks 0", 2, "'0' is not numbers from 1 to 4096, such as 1,2,4"),
        (
            "--shards 97",
            2,
            "--shards 97: at most one for each of the 96 samples",
        ),
        ("--hidden 0", 2, "'0' is not one to eight sizes from 1 to 2048"),
        ("--task cosine", 2, "'cosine' is not sine, spirals or digits"),
        ("--resume", 2, "--checkpoint"),
        ("--every 5", 2, "--checkpoint"),
        ("--fail-rank 1", 2, "--fail-at"),
        ("--figures a --ranks 1", 2, "--figures: nothing is drawn but by"),
        ("--redraw --measure", 2, "--redraw: not together with --measure"),
        (
            "--redraw --steps 3",
            2,
            "--steps: --redraw has a training of its own",
        ),
        (
            "--allreduce --checkpoint a",
            2,
            "--allreduce: it keeps no checkpoint",
        ),
        ("--learning-rate 1e300 --ranks 2", 1, "diverged at step 1: "),
    ] {
        let line = MACHINES.refuses(folder.path(), words, code);
        assert!(line.contains(expected), "{words}: {line}");
    }
    let mut alone = Command::new(MACHINES.path);
    allow_root(&mut alone);
    let ended = alone.env("PATH", "").output().expect("it starts");
    let line = String::from_utf8_lossy(&ended.stderr).into_owned();
    assert_eq!(ended.status.code(), Some(2));
    assert_eq!(
        line,
        "error: mpirun cannot be started: No such file or directory (os error 2); \
         install Open MPI (Debian: openmpi-bin libopenmpi-dev)\n"
    );
}

/// As one starts it with a hostfile: every rank has the flags, and rank 0 says
/// what came out, or what is wrong.
#[test]
fn mpirun_starts_it_too() {
    let folder = folder();
    let mpirun = |ranks: &str, words: &[&str]| {
        let mut mpirun = Command::new("mpirun");
        allow_root(&mut mpirun);
        mpirun.args(["--quiet", "--oversubscribe", "-n", ranks]);
        mpirun.arg(MACHINES.path).args(words).current_dir(folder.path());
        mpirun.output().expect("mpirun")
    };
    let ended = mpirun("2", &["--steps", "10"]);
    let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
    let ours = MACHINES.prints(folder.path(), "--steps 10 --ranks 4");
    assert_eq!(result(&printed, "2"), result(&ours, "4"));
    let ended = mpirun("2", &["--redraw"]);
    assert_eq!(ended.status.code(), Some(2));
    let ended = mpirun("3", &["--shards", "2"]);
    assert_eq!(ended.status.code(), Some(2));
    let said = String::from_utf8_lossy(&ended.stderr).into_owned();
    let lines: Vec<_> = said.lines().filter(|l| l.contains("rank")).collect();
    let line = "error: 3 ranks: at most one for each of the 2 shards";
    assert_eq!(lines, [line], "{said}");
}

#[test]
fn the_model_is_drawn_from_the_record() {
    let folder = folder();
    snapshot("ch09_scale_model", folder.path(), "--redraw");
    let ours = |folder: &Path| -> BTreeSet<String> {
        let files = fs::read_dir(folder).expect("a folder").flatten();
        let names =
            files.map(|it| it.file_name().into_string().expect("UTF-8"));
        names.filter(|name| name.starts_with("ch09")).collect()
    };
    let drawn = folder.path().join("target/figures");
    let book = root().join("book/figures");
    assert_eq!(ours(&drawn), ours(&book));
    for name in ours(&drawn) {
        let read =
            |folder: &Path| fs::read(folder.join(&name)).expect("a file");
        assert!(
            read(&drawn) == read(&book),
            "{name} is not what the chapter draws; look at the new one with\n  \
             cargo run -p machines -- --redraw --figures ../../book/figures"
        );
    }
}

/// What a short measurement says is something that the model can be made of.
#[test]
fn a_measurement_is_a_record() {
    let printed = MACHINES.prints(folder().path(), "--measure --quick");
    let mut lines = printed.lines();
    assert_eq!(
        lines.next(),
        Some("$ cargo run -p machines -- --measure --quick")
    );
    assert!(lines.next().is_some_and(|it| it.starts_with("measured on 20")));
    let rows =
        |label| printed.lines().filter(|it| it.starts_with(label)).count();
    assert_eq!((rows("bytes "), rows("real ")), (2, 3), "{printed}");
}

/// A command that cannot be read is refused otherwise than for want of mpirun.
#[test]
fn what_a_reader_is_told_to_type_is_accepted() {
    let folder = folder();
    let commands = MACHINES.shown_commands();
    assert!(commands.len() > 3, "{commands:?}");
    for words in commands {
        let mut alone = Command::new(MACHINES.path);
        allow_root(&mut alone);
        alone.args(words.split_whitespace()).env("PATH", "");
        let ended =
            alone.current_dir(folder.path()).output().expect("it starts");
        let line = String::from_utf8_lossy(&ended.stderr).into_owned();
        let accepted = line.is_empty() || line.contains("mpirun cannot be");
        assert!(accepted, "{words}: {line}");
    }
}
