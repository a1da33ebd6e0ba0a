//! Code blocks: which kinds a page may hold, and what becomes of each.

use crate::excerpts::Excerpt;
use crate::faults::Refusal;
use crate::walk::{Place, Walk};
use crate::{directives, math};
use crate::{shell, snapshots};
use pulldown_cmark::{CodeBlockKind, Event, Tag};

const INCLUDE: &str = "{{#include path}} or {{#include path:anchor}}";

/// A code block as it is written.
struct Block {
    /// The whole info string; none for an indented block.
    info: Option<String>,
    body: String,
    place: Place,
    /// How many events it takes up.
    events: usize,
}

impl Block {
    /// The block that begins at `events[0]`, if one does.
    fn read(events: &[(Event, Place)]) -> Option<Self> {
        let (Event::Start(Tag::CodeBlock(kind)), place) = events.first()?
        else {
            return None;
        };
        let info = match kind {
            CodeBlockKind::Fenced(info) => Some(info.trim().to_owned()),
            CodeBlockKind::Indented => None,
        };
        let texts = events[1..].iter().map_while(|(event, _)| match event {
            Event::Text(text) => Some(text.as_ref()),
            _ => None,
        });
        let events = texts.clone().count() + 2;
        Some(Block {
            info,
            body: texts.collect(),
            place: place.clone(),
            events,
        })
    }

    /// `python` or `rust`, for a block that includes code.
    fn language(&self) -> Option<&str> {
        let language = self
            .info
            .as_deref()
            .filter(|info| matches!(*info, "python" | "rust"))?;
        directives::alone(&self.body).map(|_| language)
    }

    fn is_beside(&self, other: &Block) -> bool {
        self.language().is_some()
            && other.language().is_some()
            && self.info != other.info
    }
}

impl Walk<'_> {
    /// Handles the block, or the pair of blocks, that begins at `events[0]`;
    /// returns how many events that took.
    pub(crate) fn blocks(&mut self, events: &[(Event, Place)]) -> usize {
        let Some(block) = Block::read(events) else { return 1 };
        let pair = Block::read(events.get(block.events..).unwrap_or_default());
        let pair = pair.filter(|next| next.is_beside(&block));
        let Some(next) = pair else {
            if let Some(html) = self.block(&block) {
                self.edits.block(self.text, block.place, html);
            }
            return block.events;
        };
        if let (Some(left), Some(right)) =
            (self.pair_item(&block), self.pair_item(&next))
        {
            let html = format!(r#"<div class="pair">{left}{right}</div>"#);
            self.edits.block(
                self.text,
                block.place.start..next.place.end,
                html,
            );
        }
        block.events + next.events
    }

    fn pair_item(&mut self, block: &Block) -> Option<String> {
        let label =
            if block.language()? == "python" { "NumPy" } else { "Rust" };
        let code = self.block(block)?;
        Some(format!(
            r#"<div class="pair-item"><div class="pair-label">{label}</div>{code}</div>"#
        ))
    }

    /// The HTML of a block; none if it stays as it is, or is refused.
    fn block(&mut self, block: &Block) -> Option<String> {
        if self.excused(block) {
            return None;
        }
        let html = match block.info.as_deref() {
            Some(language @ ("rust" | "python")) => {
                self.excerpt(block, language)
            }
            Some("output") => self.output(block),
            Some("math") => {
                self.page.formulas += 1;
                math::display(&block.body)
            }
            Some("sh") => {
                self.commands(block);
                return None;
            }
            Some("") => Err(Refusal::Pasted("unlabelled".to_owned())),
            Some(info) => Err(Refusal::Pasted(info.to_owned())),
            None => Err(Refusal::Pasted("indented".to_owned())),
        };
        html.map_err(|refusal| self.refuse(block.place.start, refusal)).ok()
    }

    fn excerpt(
        &mut self,
        block: &Block,
        language: &str,
    ) -> Result<String, Refusal> {
        self.page.directives.extend(self.lines(&block.place));
        let pasted = || Refusal::Pasted(language.to_owned());
        let directive = directives::alone(&block.body).ok_or_else(pasted)?;
        let [target] = directive.words.as_slice() else {
            return Err(Refusal::Usage(INCLUDE));
        };
        if directive.name != "include" {
            return Err(Refusal::Usage(INCLUDE));
        }
        let excerpt = Excerpt::find(self.book, &self.page.path, &target.value)?;
        self.page
            .included
            .push((excerpt.path().clone(), excerpt.anchor.clone()));
        let code = excerpt.html(self.book, &self.page.path, language);
        Ok(format!(r#"<div class="listing">{code}</div>"#))
    }

    fn output(&mut self, block: &Block) -> Result<String, Refusal> {
        self.page.directives.extend(self.lines(&block.place));
        let directive = directives::alone(&block.body)
            .filter(|found| found.name == "output");
        let directive =
            directive.ok_or_else(|| Refusal::Pasted("output".to_owned()))?;
        snapshots::output(&self.book.root, &directive)
    }

    /// A block of commands stays as it is, if it is one.
    fn commands(&mut self, block: &Block) {
        // Directives have a message of their own.
        if directives::alone(&block.body).is_some() {
            return;
        }
        let found = shell::problem(&self.book.root, &block.body);
        if let Some((line, problem)) = found {
            let before = self.text[block.place.start..].split_inclusive('\n');
            let offset: usize = before.take(line + 1).map(str::len).sum();
            let offset = block.place.start + offset;
            self.refuse(offset, Refusal::BadCommand(problem));
        }
    }

    fn excused(&mut self, block: &Block) -> bool {
        let page = self.book.page_name(&self.page.path);
        let first = block.body.lines().next().unwrap_or_default().trim();
        let exceptions = self.book.exceptions.iter();
        let matching =
            exceptions.filter(|e| e.page == page && e.starts == first);
        let lines: Vec<usize> =
            matching.map(|exception| exception.line).collect();
        self.page.excused.extend(&lines);
        !lines.is_empty()
    }
}
