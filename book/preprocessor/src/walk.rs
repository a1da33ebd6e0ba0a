//! A walk over the Markdown of a page, which checks it and makes it a page for mdBook.

use crate::book::Book;
use crate::edits::Edits;
use crate::faults::{Fault, Refusal};
use crate::html::{Piece, pieces};
use crate::ids::heading_text;
use crate::loads::line_at;
use crate::page::Page;
use crate::{figures, live, loads, math, unseen};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// Where an event stands in the text.
pub(crate) type Place = Range<usize>;

/// The Markdown that mdBook reads.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// The state of a walk over `text`, a page or the caption of a figure in it.
pub(crate) struct Walk<'a> {
    pub(crate) book: &'a Book,
    pub(crate) page: &'a mut Page,
    pub(crate) text: &'a str,
    pub(crate) edits: Edits,
    /// The live figure that is open.
    live: Option<live::Open>,
    /// The line of the page that `text` begins on.
    first_line: usize,
}

impl<'a> Walk<'a> {
    /// Walks over `text`; what it finds goes into `page`.
    pub(crate) fn over(
        book: &'a Book,
        page: &'a mut Page,
        text: &'a str,
        first_line: usize,
    ) -> String {
        let mut walk = Walk {
            book,
            page,
            text,
            edits: Edits::default(),
            live: None,
            first_line,
        };
        let events: Vec<_> =
            Parser::new_ext(text, options()).into_offset_iter().collect();
        let unseen = unseen::links(text).into_iter();
        for (offset, refusal) in unseen.chain(unseen::formulas(text, &events)) {
            walk.refuse(offset, refusal);
        }
        let mut index = 0;
        while index < events.len() {
            index += walk.step(&events[index..]);
        }
        if let Some((offset, refusal)) = walk.live.map(live::Open::left) {
            walk.refuse(offset, refusal);
        }
        walk.edits.apply(text)
    }

    /// Handles the event at the front; returns how many events that took.
    fn step(&mut self, events: &[(Event<'_>, Place)]) -> usize {
        let (event, place) = &events[0];
        match event {
            Event::Start(Tag::CodeBlock(_)) => return self.blocks(events),
            Event::Start(Tag::Paragraph) if is_figure(events) => {
                return self.figure(events);
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                return self.image(events, dest_url);
            }
            Event::Start(Tag::HtmlBlock) => {
                self.html(place);
                return until(events, |event| {
                    matches!(event, Event::End(TagEnd::HtmlBlock))
                });
            }
            Event::InlineHtml(_) => self.html(place),
            Event::Code(tex) => self.inline_formula(place, tex),
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link(place.start, dest_url)
            }
            Event::Start(Tag::Heading { id, .. }) => {
                self.heading(events, id.as_deref())
            }
            Event::Start(Tag::DefinitionListTitle) => {
                self.heading(events, None)
            }
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.id(place.start, &format!("footnote-{name}"));
            }
            Event::FootnoteReference(name) => {
                self.page.ids.add_note_reference(name)
            }
            _ => {}
        }
        1
    }

    /// Notes a fault at a byte of the text.
    pub(crate) fn refuse(&mut self, offset: usize, refusal: Refusal) {
        let path = self.book.src.join(&self.page.path);
        self.page.faults.push(Fault::new(path, self.line(offset), refusal));
    }

    fn line(&self, offset: usize) -> usize {
        self.first_line + line_at(self.text, offset) - 1
    }

    /// The lines that a place covers.
    pub(crate) fn lines(
        &self,
        place: &Place,
    ) -> std::ops::RangeInclusive<usize> {
        self.line(place.start)..=self.line(place.end)
    }

    fn link(&mut self, offset: usize, target: &str) {
        self.page.links.push((self.line(offset), target.to_owned()));
    }

    fn id(&mut self, offset: usize, id: &str) {
        if let Err(refusal) = self.page.ids.add(id) {
            self.refuse(offset, refusal);
        }
    }

    /// mdBook makes an id of a heading's text, for which a formula is no good.
    fn heading(&mut self, events: &[(Event<'_>, Place)], id: Option<&str>) {
        let offset = events[0].1.start;
        if let Some(id) = id {
            return self.id(offset, id);
        }
        let inside = until(events, |event| {
            matches!(
                event,
                Event::End(TagEnd::Heading(_) | TagEnd::DefinitionListTitle)
            )
        });
        if events[..inside]
            .iter()
            .any(|(event, place)| self.is_formula(event, place))
        {
            return self.refuse(offset, Refusal::HeadingWithoutId);
        }
        if let Err(refusal) = self.page.ids.add_heading(&heading_text(events)) {
            self.refuse(offset, refusal);
        }
    }

    fn is_formula(&self, event: &Event<'_>, place: &Place) -> bool {
        matches!(event, Event::Code(_))
            && self.text[..place.start].ends_with('$')
            && self.text[place.end..].starts_with('$')
    }

    /// A code span between dollars is a formula.
    fn inline_formula(&mut self, place: &Place, tex: &str) {
        if !self.is_formula(&Event::Code(tex.into()), place) {
            return;
        }
        self.page.formulas += 1;
        match math::inline(tex) {
            Ok(math) => {
                let (math, end) = self.with_punctuation(math, place.end + 1);
                self.edits.inline(place.start - 1..end, math);
            }
            Err(refusal) => self.refuse(place.start, refusal),
        }
    }

    /// A formula together with the mark behind it: a browser may break a line
    /// after a formula, and no line should begin with a comma.
    fn with_punctuation(&self, math: String, end: usize) -> (String, usize) {
        match self.text[end..].chars().next() {
            Some(mark @ ('.' | ',' | ';' | ':' | '?' | ')')) => (
                format!(r#"<span class="keep">{math}{mark}</span>"#),
                end + mark.len_utf8(),
            ),
            _ => (math, end),
        }
    }

    /// Raw HTML: its images, links, ids and formulas, and what it loads.
    fn html(&mut self, place: &Place) {
        let html = &self.text[place.clone()];
        for piece in pieces(html) {
            let (name, attributes, offset) = match piece {
                Piece::Open { name, attributes, offset } => {
                    (name, attributes, offset)
                }
                Piece::Close { name } if name == "live-figure" => {
                    self.close_live();
                    continue;
                }
                _ => continue,
            };
            let offset = place.start + offset;
            let get =
                |name: &str| attributes.get(name).map_or("", String::as_str);
            match name.as_str() {
                "img" => self.picture(offset, get("src"), get("alt")),
                "pre" => {
                    self.refuse(offset, Refusal::Pasted("<pre>".to_owned()))
                }
                "live-figure" => self.open_live(offset, get("name")),
                "a" if attributes.contains_key("href") => {
                    self.link(offset, get("href"))
                }
                _ => {}
            }
            if let Some(id) = attributes.get("id") {
                self.id(offset, id);
            }
            let handlers = attributes.keys().filter(|k| k.starts_with("on"));
            for name in handlers {
                self.refuse(offset, Refusal::Handler(name.clone()));
            }
        }
        for (offset, url) in loads::in_html(html) {
            self.refuse(place.start + offset, Refusal::Remote(url));
        }
        self.formulas_in_html(place);
    }

    fn open_live(&mut self, offset: usize, name: &str) {
        match live::Open::new(self.book, self.page, offset, name, self.live) {
            Ok(open) => self.live = Some(open),
            Err(refusal) => self.refuse(offset, refusal),
        }
    }

    fn close_live(&mut self) {
        let problem = self.live.take().and_then(|live| live.close(self.page));
        if let Some((offset, refusal)) = problem {
            self.refuse(offset, refusal);
        }
    }

    fn formulas_in_html(&mut self, place: &Place) {
        let mut from = place.start;
        let end = place.end;
        while let Some(start) =
            self.text[from..end].find("$`").map(|at| from + at)
        {
            let Some(length) = self.text[start + 2..end].find("`$") else {
                return self.refuse(start, Refusal::UnseenFormula("$`"));
            };
            let code = start + 1..start + 2 + length + 1;
            let tex = &self.text[start + 2..start + 2 + length];
            self.inline_formula(&code, tex);
            from = code.end + 1;
        }
    }

    /// An image in the run of the text.
    fn image(&mut self, events: &[(Event<'_>, Place)], file: &str) -> usize {
        let taken =
            until(events, |event| matches!(event, Event::End(TagEnd::Image)));
        self.picture(events[0].1.start, file, &alt_text(&events[..taken]));
        taken
    }

    fn picture(&mut self, offset: usize, file: &str, alt: &str) {
        if alt.trim().is_empty() {
            self.refuse(offset, Refusal::NoAlt);
        }
        if loads::is_remote(file) {
            self.refuse(offset, Refusal::Remote(file.to_owned()));
        } else if !file.starts_with("data:") {
            let path = crate::paths::resolve(&self.page.path, file);
            let path =
                path.map(|path| self.book.root.join(&self.book.src).join(path));
            if !path.is_some_and(|path| path.is_file()) {
                self.refuse(offset, Refusal::MissingImage(file.to_owned()));
            }
        }
    }

    /// A paragraph that is nothing but a drawing becomes a figure.
    fn figure(&mut self, events: &[(Event<'_>, Place)]) -> usize {
        let taken = until(events, |event| {
            matches!(event, Event::End(TagEnd::Paragraph))
        });
        let (Event::Start(Tag::Image { dest_url, .. }), place) = &events[1]
        else {
            return 1;
        };
        self.page.figures += 1;
        let alt = alt_text(&events[1..taken]);
        if alt.trim().is_empty() {
            self.refuse(place.start, Refusal::NoAlt);
        }
        let id = figures::id(dest_url);
        self.id(place.start, &id);
        let caption = self.caption(place);
        match figures::svg(self.book, &self.page.path, dest_url, &alt) {
            Err(refusal) => self.refuse(place.start, refusal),
            Ok(svg) => {
                self.ids_in(place.start, &svg);
                let number = self.page.number.as_deref();
                let label =
                    figures::label(&self.book.src, number, self.page.figures);
                let html = figures::html(&id, &svg, &label, &caption);
                self.edits.block(self.text, events[0].1.clone(), html);
            }
        }
        taken
    }

    /// Two drawings on one page may not use the same id for different things.
    fn ids_in(&mut self, offset: usize, svg: &str) {
        for piece in pieces(svg) {
            if let Piece::Open { attributes, .. } = piece
                && let Some(id) = attributes.get("id")
            {
                self.id(offset, id);
            }
        }
    }

    /// The title of an image is Markdown; it becomes HTML without a paragraph around it.
    fn caption(&mut self, place: &Place) -> String {
        let title = figures::raw_title(&self.text[place.clone()]);
        let line = self.line(place.start);
        let markdown = Walk::over(self.book, self.page, &title, line);
        let mut html = String::new();
        pulldown_cmark::html::push_html(
            &mut html,
            Parser::new_ext(&markdown, options()),
        );
        let html = html.trim();
        let inner =
            html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
        inner.unwrap_or(html).to_owned()
    }
}

/// How many events there are up to and with the first that `is_end`.
fn until(
    events: &[(Event<'_>, Place)],
    is_end: impl Fn(&Event<'_>) -> bool,
) -> usize {
    events
        .iter()
        .position(|(event, _)| is_end(event))
        .map_or(events.len(), |index| index + 1)
}

/// Whether the paragraph that begins at `events[0]` is one drawing and nothing else.
fn is_figure(events: &[(Event<'_>, Place)]) -> bool {
    let Some((Event::Start(Tag::Image { dest_url, .. }), _)) = events.get(1)
    else {
        return false;
    };
    let end = until(events, |event| matches!(event, Event::End(TagEnd::Image)));
    let alone =
        matches!(events.get(end), Some((Event::End(TagEnd::Paragraph), _)));
    alone && dest_url.ends_with(".svg")
}

fn alt_text(events: &[(Event<'_>, Place)]) -> String {
    let parts = events.iter().filter_map(|(event, _)| match event {
        Event::Text(text) | Event::Code(text) => Some(text.as_ref()),
        Event::SoftBreak => Some(" "),
        _ => None,
    });
    parts.collect()
}
