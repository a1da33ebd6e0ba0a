//! What the live figures must show, computed by the native crate, as JSON.
//!
//! The tests in a browser (`book/live/browser`) work the controls of a figure
//! and compare what the page then shows with these numbers: one file a figure.

mod band;
mod cover;
mod descent;
mod digit;
mod inside;
mod mask;
mod regularize;
mod weights;

use serde_json::json;

fn main() -> chainrule::Result<()> {
    let expected = json!({
        "mask": mask::expected()?,
        "descent": descent::expected()?,
        "cover": cover::expected()?,
        "inside": inside::expected()?,
        "regularize": regularize::expected()?,
        "band": band::expected()?,
        "digit": digit::expected()?,
    });
    println!("{expected:#}");
    Ok(())
}
