//! One line of a route list: an [`Excerpt`] enters, a [`Line`] leaves.

use std::ops::Range;

use crate::load::near::nearest;
use crate::load::route_list::Problem;
use crate::load::route_list::RouteListError;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::excerpt::Excerpt;

/// What a line says.
#[derive(Debug)]
pub(super) enum Line {
    /// A route, and what its third column says.
    Route(Spanned<RouteKey>, Column),
    /// An authorizer with its settings.
    Authorizer(AuthorizerLine),
}

/// The third column.
#[derive(Debug)]
pub(super) enum Column {
    /// Nothing: the default authorizer.
    Absent,
    /// `-`: no authorizer.
    Dash,
    /// A name.
    Name(Spanned<String>),
}

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

/// A word and where it stands.
#[derive(Clone, Copy)]
pub(super) struct Word<'t> {
    /// The word.
    pub(super) text: &'t str,
    /// Its place.
    pub(super) span: Span,
    /// Its position in the line; 0 for a value of the JSON twin.
    pub(super) at: usize,
}

impl Word<'_> {
    fn is(self, problem: Problem) -> RouteListError {
        RouteListError {
            span: self.span,
            problem,
        }
    }

    fn owned(self) -> Spanned<String> {
        Spanned::new(self.text.to_owned(), self.span)
    }
}

/// Reads a line; nothing for an empty line, a comment, and a line with errors.
pub(super) fn read(excerpt: &Excerpt<'_>, errors: &mut Vec<RouteListError>) -> Option<Line> {
    let words = words(excerpt);
    let (&first, rest) = words.split_first()?;
    if first.text.starts_with('@') {
        return authorizer(first, rest, excerpt, errors);
    }
    let columns = if first.text.starts_with('$') {
        route(first, None).map(|key| (key, rest))
    } else {
        match rest.split_first() {
            Some((&path, rest)) => route(first, Some(path)).map(|key| (key, rest)),
            None => Err(method(first).map_or_else(|error| error, |_| first.is(Problem::MissingPath))),
        }
    };
    let (key, rest) = columns.map_err(|error| errors.push(error)).ok()?;
    if let Some(surplus) = rest.get(1) {
        errors.push(surplus.is(Problem::SurplusColumn(surplus.text.to_owned())));
    }
    Some(Line::Route(
        key,
        rest.first().map_or(Column::Absent, |word| column(*word)),
    ))
}

/// Reads a method and a path, or a route key with a `$`.
pub(super) fn route(first: Word<'_>, path: Option<Word<'_>>) -> Result<Spanned<RouteKey>, RouteListError> {
    let Some(path) = path else {
        return Ok(Spanned::new(special(first)?, first.span));
    };
    let methods = method(first)?;
    let template = Template::parse(path.text).map_err(|error| path.is(Problem::Path(path.text.to_owned(), error)))?;
    let span = Span {
        end: path.span.end,
        ..first.span
    };
    Ok(Spanned::new(RouteKey::Path { methods, template }, span))
}

/// Reads a third column.
pub(super) fn column(word: Word<'_>) -> Column {
    if word.text == "-" {
        Column::Dash
    } else {
        Column::Name(word.owned())
    }
}

/// The words up to a comment.
fn words<'t>(excerpt: &'t Excerpt<'_>) -> Vec<Word<'t>> {
    let text = excerpt.text();
    let mut words = Vec::new();
    let mut end = 0;
    for word in text.split_whitespace().take_while(|word| !word.starts_with('#')) {
        let start = end + text.get(end..).and_then(|rest| rest.find(word)).unwrap_or_default();
        end = start + word.len();
        words.push(Word {
            text: word,
            span: excerpt.span(start..end),
            at: start,
        });
    }
    words
}

fn special(word: Word<'_>) -> Result<RouteKey, RouteListError> {
    match word.text {
        "$default" => Ok(RouteKey::Default),
        "$connect" => Ok(RouteKey::Connect),
        "$disconnect" => Ok(RouteKey::Message("$disconnect".to_owned())),
        text => Err(unknown_method(
            word,
            nearest(text, ["$default", "$connect", "$disconnect"].into_iter()),
        )),
    }
}

fn method(word: Word<'_>) -> Result<Methods, RouteListError> {
    if word.text == "ANY" {
        return Ok(Methods::Any);
    }
    let names = Method::ALL.iter().map(|method| method.name()).chain(["ANY"]);
    Method::parse(word.text)
        .map(Methods::One)
        .ok_or_else(|| unknown_method(word, nearest(word.text, names)))
}

fn unknown_method(word: Word<'_>, meant: Option<&'static str>) -> RouteListError {
    word.is(Problem::UnknownMethod(word.text.to_owned(), meant))
}

fn authorizer(
    directive: Word<'_>,
    rest: &[Word<'_>],
    excerpt: &Excerpt<'_>,
    errors: &mut Vec<RouteListError>,
) -> Option<Line> {
    if directive.text != "@authorizer" {
        errors.push(directive.is(Problem::UnknownDirective(directive.text.to_owned())));
        return None;
    }
    let Some((name, settings)) = rest.split_first().filter(|(name, _)| !name.text.contains('=')) else {
        errors.push(directive.is(Problem::MissingName));
        return None;
    };
    let mut line = AuthorizerLine {
        name: name.owned(),
        api: None,
        kind: None,
        ttl: None,
        sources: None,
    };
    for &word in settings {
        if let Err(error) = setting(word, excerpt, &mut line) {
            errors.push(error);
        }
    }
    Some(Line::Authorizer(line))
}

fn setting(word: Word<'_>, excerpt: &Excerpt<'_>, line: &mut AuthorizerLine) -> Result<(), RouteListError> {
    let (key, value) = word
        .text
        .split_once('=')
        .ok_or_else(|| word.is(Problem::NoValue(word.text.to_owned())))?;
    let value = Value {
        text: value,
        word,
        excerpt,
    };
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
                problem: Problem::UnknownValue {
                    key,
                    text: value.text.to_owned(),
                    known,
                },
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
