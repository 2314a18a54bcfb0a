//! The `@authorizer` line of a route list.

use std::ops::Range;

use crate::load::route_list::Problem;
use crate::load::route_list::RouteListError;
use crate::load::route_list::line::Word;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::near::nearest;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::excerpt::Excerpt;

/// An `@authorizer` line.
#[derive(Debug)]
pub(super) struct AuthorizerLine {
    /// The name.
    pub(super) name: Spanned<String>,
    /// `api`
    pub(super) api: Option<Spanned<ApiKind>>,
    /// `type`
    pub(super) kind: Option<Spanned<AuthorizerKind>>,
    /// `ttl`
    pub(super) ttl: Option<Spanned<u32>>,
    /// `identity-source`
    pub(super) sources: Option<Spanned<Vec<Spanned<String>>>>,
}

/// Reads the words of a line that starts with `@`; a setting with an error is left out.
pub(super) fn read(
    directive: Word<'_>,
    rest: &[Word<'_>],
    excerpt: &Excerpt<'_>,
    errors: &mut Vec<RouteListError>,
) -> Option<AuthorizerLine> {
    if directive.text != "@authorizer" {
        errors.push(directive.is(Problem::UnknownDirective(directive.text.to_owned())));
        return None;
    }
    let Some((name, settings)) = rest.split_first().filter(|(name, _)| !name.text.contains('=')) else {
        errors.push(directive.is(Problem::MissingName));
        return None;
    };
    let mut line = AuthorizerLine { name: name.owned(), api: None, kind: None, ttl: None, sources: None };
    for &word in settings {
        if let Err(error) = setting(word, excerpt, &mut line) {
            errors.push(error);
        }
    }
    Some(line)
}

fn setting(word: Word<'_>, excerpt: &Excerpt<'_>, line: &mut AuthorizerLine) -> Result<(), RouteListError> {
    let (key, value) = word.text.split_once('=').ok_or_else(|| word.is(Problem::NoValue(word.text.to_owned())))?;
    let value = Value { text: value, word, excerpt };
    match key {
        "api" => set("api", &mut line.api, value, api_kind),
        "type" => set("type", &mut line.kind, value, authorizer_kind),
        "ttl" => set("ttl", &mut line.ttl, value, seconds),
        "identity-source" => set("identity-source", &mut line.sources, value, sources),
        _ => {
            let meant = nearest(key, ["api", "type", "ttl", "identity-source"].into_iter());
            Err(word.is(Problem::UnknownKey(key.to_owned(), meant)))
        }
    }
}

/// The part of a word behind `=`.
#[derive(Clone, Copy)]
struct Value<'t> {
    text: &'t str,
    word: Word<'t>,
    excerpt: &'t Excerpt<'t>,
}

impl Value<'_> {
    /// The place of a range of the value.
    fn span(self, range: Range<usize>) -> Span {
        let start = self.word.at + self.word.text.len() - self.text.len();
        self.excerpt.span(start + range.start..start + range.end)
    }
}

fn set<T>(
    key: &'static str,
    slot: &mut Option<Spanned<T>>,
    value: Value<'_>,
    read: fn(Value<'_>) -> Result<T, &'static str>,
) -> Result<(), RouteListError> {
    if slot.is_some() {
        return Err(value.word.is(Problem::RepeatedKey(key)));
    }
    let span = value.span(0..value.text.len());
    match read(value) {
        Ok(read) => *slot = Some(Spanned::new(read, span)),
        Err(known) => {
            return Err(RouteListError {
                span,
                problem: Problem::UnknownValue { key, text: value.text.to_owned(), known },
            });
        }
    }
    Ok(())
}

fn api_kind(value: Value<'_>) -> Result<ApiKind, &'static str> {
    let kinds = [ApiKind::Rest, ApiKind::Http, ApiKind::WebSocket];
    let kind = kinds.into_iter().find(|kind| kind.name() == value.text);
    kind.ok_or("`rest`, `http` or `websocket`")
}

fn authorizer_kind(value: Value<'_>) -> Result<AuthorizerKind, &'static str> {
    let kinds = [
        AuthorizerKind::Token,
        AuthorizerKind::Request,
        AuthorizerKind::Cognito,
        AuthorizerKind::Jwt,
        AuthorizerKind::Iam,
    ];
    let kind = kinds.into_iter().find(|kind| kind.name() == value.text);
    kind.ok_or("`token`, `request`, `cognito`, `jwt` or `iam`")
}

/// Whether API Gateway allows so many seconds is for a rule to say.
fn seconds(value: Value<'_>) -> Result<u32, &'static str> {
    let digits = value.text.bytes().all(|byte| byte.is_ascii_digit());
    let seconds = if digits { value.text.parse().ok() } else { None };
    seconds.ok_or("a number of seconds, such as `300`; `0` is no caching")
}

fn sources(value: Value<'_>) -> Result<Vec<Spanned<String>>, &'static str> {
    if value.text.is_empty() {
        return Ok(Vec::new());
    }
    let mut sources = Vec::new();
    let mut start = 0;
    for source in value.text.split(',') {
        let end = start + source.len();
        if source.is_empty() {
            return Err("mapping expressions with one comma between each two");
        }
        sources.push(Spanned::new(source.to_owned(), value.span(start..end)));
        start = end + 1;
    }
    Ok(sources)
}
