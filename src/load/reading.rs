//! The reading of one definition: how values are asked for, and what is noted on the way.
//!
//! What the definition leaves to deployment is noted once and then stands in the model as what it is: a TTL that is unknown, a list of
//! identity sources with [`UNKNOWN_SOURCE`] in it.

use std::borrow::Cow;

use crate::load::LoadError;
use crate::load::default_ttl::default_ttl;
use crate::load::definition_error::DefinitionError;
use crate::load::definition_error::DefinitionProblem;
use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::load::template::is_filled_in_later;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Setting;
use crate::model::authorizer::Ttl;
use crate::model::authorizer::UNKNOWN_SOURCE;
use crate::model::project::IgnoredSetting;
use crate::model::project::Unknown;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;

/// A definition while it is read.
#[derive(Debug)]
pub(super) struct Reading<'t> {
    /// Says what functions stand for.
    pub(super) resolver: Resolver<'t>,
    /// What is left to deployment.
    pub(super) unknown: Vec<Unknown>,
    /// What is said in vain.
    pub(super) ignored: Vec<IgnoredSetting>,
    /// What can't be read.
    pub(super) errors: Vec<LoadError>,
}

impl<'t> Reading<'t> {
    /// Starts to read.
    pub(super) const fn new(resolver: Resolver<'t>) -> Self {
        Self { resolver, unknown: Vec::new(), ignored: Vec::new(), errors: Vec::new() }
    }

    /// Notes a part that can't be read.
    pub(super) fn refuse(&mut self, span: Span, problem: DefinitionProblem) {
        self.errors.push(LoadError::Definition(DefinitionError { span, problem }));
    }

    /// Notes what is said in vain.
    pub(super) fn ignore(&mut self, found: IgnoredSetting) {
        // Several routes may refer to one block.
        if self.ignored.iter().all(|known| known.key.span != found.key.span) {
            self.ignored.push(found);
        }
    }

    /// Notes what deployment decides.
    pub(super) fn leave_open(&mut self, what: String, found: &Unresolved) {
        let found = Unknown { what, why: found.why.clone(), span: found.span };
        // The same value is met again where several routes share it.
        if !self.unknown.contains(&found) {
            self.unknown.push(found);
        }
    }

    /// The text of a value; nothing where it is left out, and a note where deployment decides it.
    pub(super) fn text(&mut self, node: Option<&'t Node>, what: impl FnOnce() -> String) -> Option<Spanned<String>> {
        match self.resolver.text(node?) {
            Ok(text) => text,
            Err(found) => {
                self.leave_open(what(), &found);
                None
            }
        }
    }

    /// What an object holds under a key, functions looked through; a note where deployment decides whether it is there.
    pub(super) fn object(&mut self, node: Option<&'t Node>, what: impl FnOnce() -> String) -> Option<&'t Node> {
        match self.resolver.value(node?) {
            Ok(Some(Cow::Borrowed(node))) => Some(node),
            Ok(_) => None,
            Err(found) => {
                self.leave_open(what(), &found);
                None
            }
        }
    }

    /// Whether a switch is on: off where it is left out, nothing where deployment decides it.
    pub(super) fn switch(&mut self, node: Option<&'t Node>, what: impl FnOnce() -> String) -> Option<bool> {
        let Some(node) = node else { return Some(false) };
        match self.resolver.text(node) {
            Ok(text) => Some(text.is_some_and(|text| text.value.eq_ignore_ascii_case("true"))),
            Err(found) => {
                self.leave_open(what(), &found);
                None
            }
        }
    }

    /// The lifetime of an authorizer's responses, written as a number or as a string.
    pub(super) fn ttl(&mut self, kind: ApiKind, authorizer: &Spanned<String>, node: Option<&'t Node>) -> Setting<Ttl> {
        let Some(node) = node else { return default_ttl(kind, authorizer.span) };
        match self.resolver.text(node) {
            Ok(None) => default_ttl(kind, authorizer.span),
            Ok(Some(text)) => Setting::Written(Spanned::new(Ttl::parse(&text.value), text.span)),
            Err(found) => {
                self.leave_open(format!("TTL of authorizer `{}`", authorizer.value), &found);
                Setting::Written(Spanned::new(Ttl::Unknown, node.span))
            }
        }
    }

    /// The identity sources of an authorizer: a list, or one text with commas.
    pub(super) fn sources(
        &mut self,
        authorizer: &Spanned<String>,
        node: Option<&'t Node>,
    ) -> Setting<Vec<Spanned<String>>> {
        let Some(node) = node else { return none_stated(authorizer.span) };
        let what = || format!("identity sources of authorizer `{}`", authorizer.value);
        let items = match self.resolver.list(node) {
            Ok(items) => items,
            Err(found) => {
                self.leave_open(what(), &found);
                return Setting::Written(Spanned::new(partly_known(node, node.span), node.span));
            }
        };
        let mut sources = Vec::new();
        for item in items {
            match item {
                Cow::Borrowed(item) => match self.resolver.value(item) {
                    Ok(Some(Cow::Borrowed(found))) if is_filled_in_later(found) => {
                        let why = "a placeholder is filled in later".to_owned();
                        self.leave_open(what(), &Unresolved { why, span: found.span });
                        sources.extend(partly_known(found, found.span));
                    }
                    Ok(Some(found)) => sources.extend(split(&found)),
                    Ok(None) => {}
                    Err(found) => {
                        self.leave_open(what(), &found);
                        sources.extend(partly_known(item, item.span));
                    }
                },
                Cow::Owned(item) => sources.extend(split(&item)),
            }
        }
        if sources.is_empty() {
            return none_stated(authorizer.span);
        }
        Setting::Written(Spanned::new(sources, node.span))
    }
}

/// The sources in a text with gaps: of `method.request.header.${Name}` it is known that it is a header.
fn partly_known(node: &Node, place: Span) -> Vec<Spanned<String>> {
    let filled = node.get("Fn::Sub").map_or(node, |argument| argument.items().first().unwrap_or(argument));
    let part = |part: &str| {
        let (known, gap) = part.split_once("${").map_or((part, ""), |(known, _)| (known, UNKNOWN_SOURCE));
        let is_telling = gap.is_empty() || known.contains(".header.") || known.contains(".querystring.");
        Spanned::new(if is_telling { format!("{known}{gap}") } else { UNKNOWN_SOURCE.to_owned() }, place)
    };
    match filled.as_str() {
        Some(text) => text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(part).collect(),
        None => vec![Spanned::new(UNKNOWN_SOURCE.to_owned(), place)],
    }
}

/// No identity source: API Gateway has none by default.
pub(super) fn none_stated(owner: Span) -> Setting<Vec<Spanned<String>>> {
    Setting::Default { value: Vec::new(), owner, origin: "none stated".to_owned() }
}

/// The sources in a text, each with its own place where the text stands as it reads.
fn split(node: &Node) -> Vec<Spanned<String>> {
    let Some(text) = node.scalar() else { return Vec::new() };
    let mut sources = Vec::new();
    let mut at = 0;
    for part in text.split(',') {
        let source = part.trim();
        if !source.is_empty() {
            let start = at + part.len() - part.trim_start().len();
            sources.push(Spanned::new(source.to_owned(), node.span_of(start..start + source.len())));
        }
        at += part.len() + 1;
    }
    sources
}
