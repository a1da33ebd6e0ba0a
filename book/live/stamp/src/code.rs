//! What the compiler sees of a Rust file.

use proc_macro2::{Delimiter, Group, LexError, TokenStream, TokenTree};

/// The code of one file.
pub struct Code {
    /// Token after token, without comments.
    pub text: String,
    /// Modules in other files that are not compiled.
    pub modules_left_out: Vec<String>,
}

/// Drops comments, documentation, and items under `#[cfg(test)]` or under a
/// feature that is off. Other conditions are taken as met.
pub fn read(text: &str, features: &[String]) -> Result<Code, LexError> {
    let tokens = without_documentation(text.parse()?);
    let (left_out, kept): (Vec<_>, Vec<_>) = tokens
        .split_inclusive(ends_an_item)
        .partition(|item| is_off(item, features));
    let kept: TokenStream = kept.concat().into_iter().collect();
    let modules_left_out =
        left_out.into_iter().filter_map(declared_module).collect();
    Ok(Code { text: kept.to_string(), modules_left_out })
}

/// The lexer makes attributes of documentation: `#[doc = "…"]`, `#![doc = "…"]`.
fn without_documentation(tokens: TokenStream) -> Vec<TokenTree> {
    let mut kept: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if is_documentation(&group) => {
                // With the # or #! before it.
                while kept.pop_if(starts_an_attribute).is_some() {}
            }
            TokenTree::Group(group) => {
                let inside = without_documentation(group.stream());
                let inside = inside.into_iter().collect();
                kept.push(Group::new(group.delimiter(), inside).into());
            }
            token => kept.push(token),
        }
    }
    kept
}

fn starts_an_attribute(token: &mut TokenTree) -> bool {
    is(token, '#') || is(token, '!')
}

fn is_documentation(group: &Group) -> bool {
    group.delimiter() == Delimiter::Bracket
        && squeezed(group).starts_with("doc=\"")
}

/// No item goes on past the first of these, but for the last few tokens of some
/// (`use a::{b};`). Those are kept: too much rather than too little counts.
fn ends_an_item(token: &TokenTree) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        token => is(token, ';'),
    }
}

/// Whether one of the item's attributes keeps it out of the module.
fn is_off(item: &[TokenTree], features: &[String]) -> bool {
    let attributes = item.chunks(2).map_while(|pair| match pair {
        [hash, TokenTree::Group(group)] if is(hash, '#') => Some(group),
        _ => None,
    });
    attributes.map(squeezed).any(|attribute| {
        let feature = attribute
            .strip_prefix("cfg(feature=\"")
            .and_then(|rest| rest.strip_suffix("\")"));
        attribute == "cfg(test)"
            || feature.is_some_and(|name| !features.iter().any(|on| on == name))
    })
}

/// The name in `mod name;`.
fn declared_module(item: &[TokenTree]) -> Option<String> {
    let [.., TokenTree::Ident(keyword), TokenTree::Ident(name), end] = item
    else {
        return None;
    };
    (*keyword == "mod" && is(end, ';')).then(|| name.to_string())
}

fn is(token: &TokenTree, mark: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == mark)
}

/// What stands in a group, without spaces.
fn squeezed(group: &Group) -> String {
    group.stream().to_string().replace(char::is_whitespace, "")
}
