//! What makes the module stale, and what does not.

mod workspace;

use workspace::Workspace;

#[test]
fn a_change_of_what_is_compiled_makes_it_stale() {
    let workspace = Workspace::new();
    for change in [
        // Code.
        ("src/mask.rs", "u32::MAX", "u32::MIN"),
        ("src/mask.rs", "// mask", "// masks"),
        ("src/mask.rs", "    0\n", "    1\n"),
        ("src/mask.rs", "    largest\n", "    largest + 1\n"),
        ("src/tasks/gap.rs", "0.5", "0.6"),
        ("src/lib.rs", "mod mask;", "pub mod mask;"),
        ("book/live/src/lib.rs", "= 0", "= 1"),
        // Conditions.
        ("src/lib.rs", "#[cfg(test)]", ""),
        ("src/lib.rs", "#[cfg(feature = \"notebook\")]", ""),
        (
            "book/live/Cargo.toml",
            "\"../..\"",
            "\"../..\", features = [\"notebook\"]",
        ),
        // Dependencies.
        ("vendor/ndarray/Cargo.toml", "0.17.1", "0.17.2"),
        ("vendor/rawpointer/Cargo.toml", "0.2.0", "0.2.1"),
        ("Cargo.toml", "[\"std\"]", "[\"std\", \"rayon\"]"),
        ("Cargo.toml", "[dev-dependencies]\n", ""),
        // The compiler's settings.
        ("Cargo.toml", "panic = \"abort\"\n", ""),
        ("Cargo.toml", "[profile.dev]", "[profile.release]"),
    ] {
        assert!(workspace.is_stale_after(change), "not after {change:?}");
    }
}

#[test]
fn a_change_of_anything_else_does_not() {
    let workspace = Workspace::new();
    for change in [
        // Comments.
        ("src/lib.rs", "The core", "The whole core"),
        ("src/lib.rs", "// for all", "// for everybody"),
        ("src/mask.rs", "//! The mask.\n\n", ""),
        ("src/mask.rs", "The largest number", "The \"largest\" number"),
        ("src/mask.rs", "// It fits.\n", "// It\n    // fits.\n\n"),
        ("src/mask.rs", " // always", ""),
        ("src/mask.rs", "As it is", "As\nit is"),
        ("src/tasks/gap.rs", "pub", "//! The gap.\n\n/// It.\npub"),
        ("book/live/src/lib.rs", "\n", " // accepted\n"),
        ("Cargo.toml", "The workspace", "All"),
        ("Cargo.toml", "No unwinding", "It traps"),
        // Line ends.
        ("src/mask.rs", "// mask\n", "// mask\r\n"),
        // Unit tests.
        ("src/mask.rs", "1_000", "2_000"),
        ("src/mask.rs", "use std::fmt", "use std::io"),
        ("src/checks.rs", "check()", "checks()"),
        // Features that the module does not have.
        ("src/notebook/mod.rs", "mod show", "pub mod show"),
        ("src/notebook/show.rs", "7", "8"),
        ("src/lib.rs", "pub mod notebook", "mod notebook"),
        ("vendor/plotters/Cargo.toml", "0.3.0", "0.3.1"),
        // Other dependencies.
        ("vendor/insta/Cargo.toml", "1.0.0", "1.0.1"),
        ("vendor/thiserror/Cargo.toml", "2.0.0", "2.0.1"),
        ("book/live/Cargo.toml", "[dev-dependencies]\ninsta = \"1\"\n", ""),
        // Our own version, and other profiles.
        ("Cargo.toml", "version = \"0.1.0\"", "version = \"0.2.0\""),
        ("Cargo.toml", "opt-level = 3", "opt-level = 2"),
    ] {
        assert!(!workspace.is_stale_after(change), "after {change:?}");
    }
}

#[test]
fn a_feature_that_the_module_has_counts() {
    let workspace = Workspace::new();
    workspace.change((
        "book/live/Cargo.toml",
        "\"../..\"",
        "\"../..\", features = [\"notebook\"]",
    ));
    for change in [
        ("src/notebook/show.rs", "7", "8"),
        ("vendor/plotters/Cargo.toml", "0.3.0", "0.3.1"),
    ] {
        assert!(workspace.is_stale_after(change), "not after {change:?}");
    }
}

#[test]
fn a_new_file_makes_it_stale_where_it_is_compiled() {
    let workspace = Workspace::new();
    let before = workspace.mark();
    workspace.write("src/notebook/heat.rs", "pub const HEAT: u32 = 1;\n");
    workspace.write("src/notes.md", "Nothing for the compiler.\n");
    assert_eq!(workspace.mark(), before);
    workspace.write("src/tasks/sine.rs", "pub const SINE: u32 = 1;\n");
    assert_ne!(workspace.mark(), before);
}

#[test]
fn the_mark_does_not_depend_on_the_folder() {
    assert_eq!(Workspace::new().mark(), Workspace::new().mark());
}

#[test]
fn what_is_no_workspace_or_no_rust_is_an_error() {
    let workspace = Workspace::new();
    workspace.write("src/mask.rs", "pub fn largest( {");
    let error = workspace.try_mark().expect_err("no Rust").to_string();
    assert!(error.contains("mask.rs"), "{error}");
    workspace.write("book/live/Cargo.toml", "[package]\nname = \"other\"\n");
    let error = workspace.try_mark().expect_err("no module").to_string();
    assert!(error.contains("chainrule-live"), "{error}");
}
