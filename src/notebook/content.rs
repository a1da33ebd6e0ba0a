//! What a cell shows, in the form that the evcxr kernel reads from stdout.

use std::io::{self, Write};

/// One value in several forms; a notebook shows the richest it can.
pub(super) struct Content {
    /// `image/svg+xml` or `text/html`, and the text of that kind.
    pub rich: (&'static str, String),
    /// The same in words and digits, for a terminal or a screen reader.
    pub plain: String,
}

impl Content {
    /// Hands the value to the kernel.
    pub fn show(&self) {
        // A kernel that does not listen any more has nobody to be told.
        let _ = io::stdout().lock().write_all(self.blocks().as_bytes());
    }

    fn blocks(&self) -> String {
        let (kind, rich) = &self.rich;
        [(*kind, rich), ("text/plain", &self.plain)]
            .map(|(kind, text)| {
                format!(
                    "EVCXR_BEGIN_CONTENT {kind}\n{text}\nEVCXR_END_CONTENT\n"
                )
            })
            .concat()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_finds_both_forms() {
        let content = Content {
            rich: ("text/html", "<b>1</b>".to_owned()),
            plain: "1".to_owned(),
        };
        assert_eq!(
            content.blocks(),
            "EVCXR_BEGIN_CONTENT text/html\n<b>1</b>\nEVCXR_END_CONTENT\n\
             EVCXR_BEGIN_CONTENT text/plain\n1\nEVCXR_END_CONTENT\n"
        );
    }
}
