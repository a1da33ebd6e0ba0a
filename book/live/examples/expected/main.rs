//! What the live figures must show, computed by the native crate, as JSON.
//!
//! The tests in a browser (`book/live/browser`) work the controls of a figure
//! and compare what the page then shows with these numbers: one file a figure.

mod descent;
mod mask;

use serde_json::json;

fn main() -> chainrule::Result<()> {
    let expected = json!({
        "mask": mask::expected()?,
        "descent": descent::expected()?,
    });
    println!("{expected:#}");
    Ok(())
}
