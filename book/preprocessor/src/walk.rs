//! A walk over the Markdown of a page, or of a piece of it, which makes it ready
//! for mdBook and refuses what does not belong there.

use crate::blocks::{self, Block};
use crate::book::Book;
use crate::edits::Edits;
use crate::faults::{Fault, Refusal, line_at};
use crate::html::{Piece, Tag as HtmlTag, inline, pieces};
use crate::markdown::{self, Placed, extent, is_formula, plain_text};
use crate::page::Page;
use crate::{directives, figures, left_as_text, live, margin, math, remote};
use pulldown_cmark::{Event, Tag};
use std::ops::Range;

/// The HTML of a piece of the page that begins on this line of it.
pub fn html(book: &Book, page: &mut Page, text: &str, line: usize) -> String {
    let markdown = Walk::over(book, page, text, line);
    let mut html = String::new();
    let events = markdown::events(&markdown).into_iter();
    pulldown_cmark::html::push_html(&mut html, events.map(|(it, _)| it));
    html.trim().to_owned()
}

/// A walk over the whole text of a page: its Markdown, made ready for mdBook.
pub fn over(book: &Book, page: &mut Page, text: &str) -> String {
    let mut edits = Edits::default();
    beside(book, page, text, &mut edits);
    Walk::with(book, page, text, 1, edits)
}

/// Adds notes behind the first link to each work and the first mention of each
/// word that is explained, and what tables need.
fn beside(book: &Book, page: &mut Page, text: &str, edits: &mut Edits) {
    let events = markdown::events(text);
    let mut table_ends = 0;
    for (index, (event, place)) in events.iter().enumerate() {
        let element = || &events[index..index + extent(&events[index..])];
        match event {
            Event::Start(Tag::Table(_)) => {
                table_ends = place.end;
                // One in a list stands between its blanks.
                if place.start == 0 || text[..place.start].ends_with('\n') {
                    let before = margin::before_table(element());
                    let before = format!("{before}\n\n");
                    edits.inline(place.start..place.start, before);
                    let after = "\n\n</div>\n\n".to_owned();
                    edits.inline(place.end..place.end, after);
                }
            }
            // Nothing can stand beside a cell.
            Event::Start(Tag::Link { dest_url, .. })
                if place.start >= table_ends =>
            {
                let Some(id) = margin::cited(dest_url) else { continue };
                let Some(note) = margin::note(book, id) else { continue };
                if page.cited.insert(id.to_owned()) {
                    edits.inline(place.end..place.end, note);
                }
            }
            Event::Start(Tag::Emphasis) if place.start >= table_ends => {
                let word = plain_text(element());
                let Some(note) = margin::definition(book, &word) else {
                    continue;
                };
                // Two words may share an explanation.
                let (_, meaning) = note.split_once("</b>").unwrap_or_default();
                if page.cited.insert(meaning.to_owned()) {
                    edits.inline(place.end..place.end, note);
                }
            }
            _ => {}
        }
    }
}

/// A figure with marks around its drawing: the search, which cannot tell text
/// from the numbers of an axis, leaves out what is between them (later.js).
fn not_for_search(figure: &str) -> String {
    let mark = |c| format!("<span hidden>{c}</span>");
    let start = figure.find("<svg").unwrap_or(0);
    let end = figure.rfind("</svg>").map_or(0, |at| at + "</svg>".len());
    let Some(drawing) = figure.get(start..end) else {
        return figure.to_owned();
    };
    let (before, after) = (&figure[..start], &figure[end..]);
    [before, &mark('\u{e000}'), drawing, &mark('\u{e001}'), after].concat()
}

/// The state of a walk over `text`, a page or the caption of a figure in it.
struct Walk<'a> {
    book: &'a Book,
    page: &'a mut Page,
    text: &'a str,
    edits: Edits,
    /// Where the open live figure began, and how many drawings came before it.
    live: Option<(usize, usize)>,
    /// The line of the page that `text` begins on.
    first_line: usize,
}

impl<'a> Walk<'a> {
    /// Walks over `text`; what it finds goes into `page`.
    fn over(
        book: &'a Book,
        page: &'a mut Page,
        text: &'a str,
        first_line: usize,
    ) -> String {
        Walk::with(book, page, text, first_line, Edits::default())
    }

    /// The same, with `edits` that are made besides.
    fn with(
        book: &'a Book,
        page: &'a mut Page,
        text: &'a str,
        first_line: usize,
        edits: Edits,
    ) -> String {
        let mut walk = Walk { book, page, text, edits, live: None, first_line };
        let events = markdown::events(text);
        let formulas = left_as_text::formulas(text, &events);
        let minuses = left_as_text::minuses(&events);
        for (at, refusal) in
            left_as_text::links(text).into_iter().chain(formulas).chain(minuses)
        {
            walk.refuse(at, refusal);
        }
        let mut index = 0;
        while index < events.len() {
            index += walk.step(&events[index..]);
        }
        if let Some((offset, _)) = walk.live {
            walk.refuse(offset, Refusal::LiveFigure("is not closed"));
        }
        walk.refuse_misplaced();
        walk.edits.apply(text)
    }

    /// Handles the event at the front; returns how many events that took.
    fn step(&mut self, events: &[Placed<'_>]) -> usize {
        let (event, place) = &events[0];
        match event {
            Event::Start(Tag::CodeBlock(_)) => return self.blocks(events),
            Event::Start(Tag::Paragraph) => {
                if let Some((file, place)) = figures::alone(events) {
                    let paragraph = &events[..extent(events)];
                    self.figure(paragraph, file, place);
                    return paragraph.len();
                }
            }
            Event::Start(Tag::Image { dest_url, .. }) => {
                let taken = extent(events);
                let alt = plain_text(&events[..taken]);
                self.picture(place.start, dest_url, &alt);
                return taken;
            }
            Event::Start(Tag::HtmlBlock) => {
                self.html(place);
                return extent(events);
            }
            Event::InlineHtml(_) => self.html(place),
            Event::Text(_) => self.keep_together(place),
            Event::Code(tex) if is_formula(self.text, &events[0]) => {
                self.inline_formula(place, tex)
            }
            // mdBook makes an id of the text, for which a formula is no good.
            Event::Start(
                Tag::Heading { id: None, .. } | Tag::DefinitionListTitle,
            ) => {
                let heading = &events[..extent(events)];
                if heading.iter().any(|it| is_formula(self.text, it)) {
                    self.refuse(place.start, Refusal::HeadingWithoutId);
                }
            }
            _ => {}
        }
        1
    }

    /// Notes a fault at a byte of the text.
    fn refuse(&mut self, offset: usize, refusal: Refusal) {
        self.refuse_line(self.line(offset), refusal);
    }

    fn refuse_line(&mut self, line: usize, refusal: Refusal) {
        let path = self.book.src.join(&self.page.path);
        self.page.faults.push(Fault::new(path, line, refusal));
    }

    fn line(&self, offset: usize) -> usize {
        self.first_line + line_at(self.text, offset) - 1
    }

    /// Refuses every include and every output that no block has taken up.
    fn refuse_misplaced(&mut self) {
        for (range, directive) in directives::all(self.text) {
            if let Ok(directive) = directive
                && !self.edits.cover(range.start)
            {
                let refusal = Refusal::MisplacedDirective(directive.name);
                self.refuse(range.start, refusal);
            }
        }
    }

    /// Handles the block, or the pair of blocks, that begins at `events[0]`.
    fn blocks(&mut self, events: &[Placed<'_>]) -> usize {
        let Some(block) = Block::read(events) else { return 1 };
        let next = Block::read(&events[block.events..]);
        let Some(next) = next.filter(|next| next.is_beside(&block)) else {
            let place = block.place.clone();
            if let Some(html) = self.block(&block) {
                self.edits.block(self.text, place, html);
            }
            return block.events;
        };
        let place = block.place.start..next.place.end;
        let html = [self.block(&block), self.block(&next)];
        let [left, right] = html.map(Option::unwrap_or_default);
        let html = blocks::pair([(&block, left), (&next, right)]);
        self.edits.block(self.text, place, html);
        block.events + next.events
    }

    /// The HTML of a block, empty if it is refused; none if it stays as it is.
    fn block(&mut self, block: &Block) -> Option<String> {
        let html = block.html(self.book, self.page);
        html.unwrap_or_else(|(below, refusal)| {
            let line = self.line(block.place.start) + below;
            self.refuse_line(line, refusal);
            Some(String::new())
        })
    }

    /// A code span between dollars.
    fn inline_formula(&mut self, place: &Range<usize>, tex: &str) {
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

    /// No line ends within the list of a network's units, [1, 25, 1], beside a
    /// ×, before a %, or before the number of a chapter.
    fn keep_together(&mut self, place: &Range<usize>) {
        let text = &self.text[place.clone()];
        for (at, _) in text.match_indices(' ') {
            let (before, after) = (&text[..at], &text[at + 1..]);
            let opened = before.rfind('[') > before.rfind(']');
            if before.ends_with('×')
                || after.starts_with(['×', '%'])
                || before.ends_with("hapter")
                    && after.starts_with(|c: char| c.is_ascii_digit())
                || opened && before.ends_with(',')
            {
                let blank = place.start + at;
                self.edits.inline(blank..blank + 1, "\u{a0}".to_owned());
            }
        }
    }

    /// Raw HTML: its images and formulas, and what it loads.
    fn html(&mut self, place: &Range<usize>) {
        let html = &self.text[place.clone()];
        for piece in pieces(html) {
            match piece {
                Piece::Open(tag) => self.tag(place.start, &tag),
                Piece::Close(name) if name == "live-figure" => {
                    self.close_live()
                }
                _ => {}
            }
        }
        for (offset, url) in remote::in_html(html) {
            self.refuse(place.start + offset, Refusal::Remote(url));
        }
        self.formulas_in_html(place);
    }

    /// A start tag of an HTML text that begins at byte `start`.
    fn tag(&mut self, start: usize, tag: &HtmlTag) {
        let offset = start + tag.place.start;
        match tag.name.as_str() {
            "img" if tag.get("alt").trim().is_empty() => {
                self.refuse(offset, Refusal::NoAlt)
            }
            "pre" => self.refuse(offset, Refusal::Pasted("<pre>".to_owned())),
            "live-figure" => self.open_live(offset, tag.get("name")),
            _ => {}
        }
        for name in tag.attributes.keys().filter(|it| it.starts_with("on")) {
            self.refuse(offset, Refusal::Handler(name.clone()));
        }
    }

    fn open_live(&mut self, offset: usize, name: &str) {
        if self.live.is_some() {
            let problem = Refusal::LiveFigure("stands in another one");
            self.refuse(offset, problem);
        } else if name.is_empty() || !live::exists(&self.book.root, name) {
            self.refuse(offset, Refusal::UnknownLiveFigure(name.to_owned()));
        } else {
            self.page.live.insert(name.to_owned());
            self.live = Some((offset, self.page.figures));
        }
    }

    fn close_live(&mut self) {
        if let Some((offset, before)) = self.live.take()
            && self.page.figures != before + 1
        {
            let problem = "needs one drawing of its own, as a paragraph";
            self.refuse(offset, Refusal::LiveFigure(problem));
        }
    }

    fn formulas_in_html(&mut self, place: &Range<usize>) {
        let mut from = place.start;
        while let Some(at) = self.text[from..place.end].find("$`") {
            let start = from + at;
            let rest = &self.text[start + 2..place.end];
            let Some((tex, _)) = rest.split_once("`$") else {
                return self.refuse(start, Refusal::UnseenFormula("$`"));
            };
            let code = start + 1..start + 2 + tex.len() + 1;
            self.inline_formula(&code, tex);
            from = code.end + 1;
        }
    }

    /// An image in the run of the text.
    fn picture(&mut self, offset: usize, file: &str, alt: &str) {
        if alt.trim().is_empty() {
            self.refuse(offset, Refusal::NoAlt);
        }
        if remote::is_remote(file) {
            self.refuse(offset, Refusal::Remote(file.to_owned()));
        }
    }

    /// A paragraph that is nothing but a drawing becomes a figure.
    fn figure(
        &mut self,
        events: &[Placed<'_>],
        file: &str,
        place: &Range<usize>,
    ) {
        self.page.figures += 1;
        let alt = plain_text(events);
        if alt.trim().is_empty() {
            self.refuse(place.start, Refusal::NoAlt);
        }
        let caption = self.caption(place);
        let is_table = file.ends_with(".html");
        let read = if is_table { figures::table } else { figures::svg };
        match read(self.book, &self.page.path, file, &alt) {
            Err(refusal) => self.refuse(place.start, refusal),
            Ok(svg) => {
                let html =
                    figures::html(self.book, self.page, file, &svg, &caption);
                let html = not_for_search(&html);
                self.edits.block(self.text, events[0].1.clone(), html);
            }
        }
    }

    /// The title of an image is Markdown; it becomes HTML without a paragraph around it.
    fn caption(&mut self, place: &Range<usize>) -> String {
        let title = figures::raw_title(&self.text[place.clone()]);
        let line = self.line(place.start);
        inline(&html(self.book, self.page, &title, line)).to_owned()
    }
}
