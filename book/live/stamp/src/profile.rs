//! How the module is compiled.

/// The lines of the profile `wasm`, and of `release`, which it inherits from.
pub fn lines(manifest: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    manifest
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim())
        .filter(move |line| {
            if line.starts_with('[') {
                inside = ["[profile.wasm", "[profile.release"]
                    .iter()
                    .any(|profile| line.starts_with(profile));
            }
            inside && !line.is_empty()
        })
}
