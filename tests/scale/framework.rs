//! Chapter 9's program for a framework: the same losses, the same masks, the
//! same file.

mod case;

use case::Program;

const FRAMEWORK: Program = Program {
    path: env!("CARGO_BIN_EXE_ch09_framework"),
    command: "cargo run -p framework --",
};

#[test]
fn burn_computes_what_the_core_crate_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = FRAMEWORK.prints(folder.path(), "");
    assert!(!printed.contains("not below"), "{printed}");
    let plain = Program { command: "cargo run", ..FRAMEWORK };
    plain.assert_snapshot("ch09_scale", "", &printed);
}

#[test]
fn so_it_does_in_other_trainings() {
    let folder = tempfile::tempdir().expect("a folder");
    for words in
        ["--seed 3 --drop-prob 0.5 --steps 200", "--drop-prob 0 --steps 20"]
    {
        let printed = FRAMEWORK.prints(folder.path(), words);
        assert!(!printed.contains("not below"), "{words}\n{printed}");
        assert!(!printed.contains("other bytes"), "{words}\n{printed}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_in_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("a"), "a file").expect("written");
    for (words, code, expected) in [
        ("--drop-prob 1", 2, "'1' is not a number in [0, 1)"),
        ("--steps 0", 2, "'0' is not a whole number from 1 to"),
        ("--learning-rate 1e300", 1, "diverged at step "),
        ("--weights a --steps 1", 2, "a: File exists"),
        ("--weights a --device wgpu", 2, "--weights: in 64 bits, so with"),
        ("--device cuda", 2, "'cuda' is not flex or wgpu"),
        ("--widths", 2, "--widths: with cargo run --release, or it times"),
        ("--widths --steps 3", 2, "--steps: --widths has a training"),
    ] {
        let line = FRAMEWORK.refuses(folder.path(), words, code);
        assert!(line.contains(expected), "{words}: {line}");
    }
}

/// A flag that is not there would be refused.
#[test]
fn what_a_reader_is_told_to_type_is_accepted() {
    let folder = tempfile::tempdir().expect("a folder");
    let commands = FRAMEWORK.shown_commands();
    assert!(!commands.is_empty(), "{commands:?}");
    for words in commands {
        FRAMEWORK.prints(folder.path(), &words);
    }
}

/// On a Vulkan that imitates a GPU, which is the same on every machine.
#[cfg(feature = "wgpu")]
mod on_a_gpu {
    use std::process::{Command, Output};

    use super::{FRAMEWORK, Program};

    const LAVAPIPE: &str = "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json";

    /// Runs with this Vulkan and no other.
    fn run(vulkan: &str, words: &str) -> Output {
        let folder = tempfile::tempdir().expect("a folder");
        let mut command = Command::new(FRAMEWORK.path);
        for name in ["VK_DRIVER_FILES", "VK_ICD_FILENAMES"] {
            command.env(name, vulkan);
        }
        // Nor OpenGL, which would be taken where there is no Vulkan.
        for name in ["__EGL_VENDOR_LIBRARY_FILENAMES", "LIBGL_DRIVERS_PATH"] {
            command.env(name, "/nothing/there");
        }
        command.env("XDG_RUNTIME_DIR", folder.path());
        command.args(words.split(' ')).current_dir(folder.path());
        command.output().expect("the program starts")
    }

    #[test]
    fn the_losses_are_the_same_to_the_digits_it_has() {
        let words = "--device wgpu";
        let ended = run(LAVAPIPE, words);
        let stderr = String::from_utf8_lossy(&ended.stderr);
        assert!(ended.status.success(), "{stderr}");
        let printed = String::from_utf8(ended.stdout).expect("UTF-8");
        assert!(!printed.contains("not below"), "{printed}");
        let gpu = Program {
            command: "cargo run -p framework --features wgpu --",
            ..FRAMEWORK
        };
        gpu.assert_snapshot("ch09_scale_gpu", words, &printed);
    }

    #[test]
    fn without_one_there_is_a_line() {
        let ended = run("/nothing/there", "--device wgpu");
        let stderr = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(2), "{stderr}");
        assert_eq!(
            stderr,
            "error: --device wgpu: no GPU is found, nor a Vulkan that imitates \
             one (Debian: mesa-vulkan-drivers)\n"
        );
    }
}

#[cfg(not(feature = "wgpu"))]
#[test]
fn a_gpu_that_was_not_built_in_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let line = FRAMEWORK.refuses(folder.path(), "--device wgpu", 2);
    assert_eq!(
        line,
        "--device wgpu: not built in; add --features wgpu before --"
    );
}
