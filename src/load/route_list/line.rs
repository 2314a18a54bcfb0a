//! One line of a route list: an [`Excerpt`] enters, a [`Line`] leaves.

use crate::load::route_list::Problem;
use crate::load::route_list::RouteListError;
use crate::load::route_list::authorizer;
use crate::load::route_list::authorizer::AuthorizerLine;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::near::nearest;
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
    /// Says what is wrong with it.
    pub(super) fn is(self, problem: Problem) -> RouteListError {
        RouteListError { span: self.span, problem }
    }

    /// The word as a value with its place.
    pub(super) fn owned(self) -> Spanned<String> {
        Spanned::new(self.text.to_owned(), self.span)
    }
}

/// Reads a line; nothing for an empty line, a comment, and a line with errors.
pub(super) fn read(excerpt: &Excerpt<'_>, errors: &mut Vec<RouteListError>) -> Option<Line> {
    let words = words(excerpt);
    let (&first, rest) = words.split_first()?;
    if first.text.starts_with('@') {
        return authorizer::read(first, rest, excerpt, errors).map(Line::Authorizer);
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
    Some(Line::Route(key, rest.first().map_or(Column::Absent, |word| column(*word))))
}

/// Reads a method and a path, or a route key with a `$`.
pub(super) fn route(first: Word<'_>, path: Option<Word<'_>>) -> Result<Spanned<RouteKey>, RouteListError> {
    let Some(path) = path else {
        return Ok(Spanned::new(special(first)?, first.span));
    };
    let methods = method(first)?;
    let template = Template::parse(path.text).map_err(|error| path.is(Problem::Path(path.text.to_owned(), error)))?;
    let span = Span { end: path.span.end, ..first.span };
    Ok(Spanned::new(RouteKey::Path { methods, template }, span))
}

/// Reads a third column.
pub(super) fn column(word: Word<'_>) -> Column {
    if word.text == "-" { Column::Dash } else { Column::Name(word.owned()) }
}

/// The words up to a comment.
fn words<'t>(excerpt: &'t Excerpt<'_>) -> Vec<Word<'t>> {
    let text = excerpt.text();
    let mut words = Vec::new();
    let mut end = 0;
    for word in text.split_whitespace().take_while(|word| !word.starts_with('#')) {
        let start = end + text.get(end..).and_then(|rest| rest.find(word)).unwrap_or_default();
        end = start + word.len();
        words.push(Word { text: word, span: excerpt.span(start..end), at: start });
    }
    words
}

fn special(word: Word<'_>) -> Result<RouteKey, RouteListError> {
    match word.text {
        "$default" => Ok(RouteKey::Default),
        "$connect" => Ok(RouteKey::Connect),
        "$disconnect" => Ok(RouteKey::Message("$disconnect".to_owned())),
        text => Err(unknown_method(word, nearest(text, ["$default", "$connect", "$disconnect"].into_iter()))),
    }
}

fn method(word: Word<'_>) -> Result<Methods, RouteListError> {
    if word.text == "ANY" {
        return Ok(Methods::Any);
    }
    let names = Method::ALL.iter().map(|method| method.name()).chain(["ANY"]);
    Method::parse(word.text).map(Methods::One).ok_or_else(|| unknown_method(word, nearest(word.text, names)))
}

fn unknown_method(word: Word<'_>, meant: Option<&'static str>) -> RouteListError {
    word.is(Problem::UnknownMethod(word.text.to_owned(), meant))
}
