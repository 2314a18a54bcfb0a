//! Functions that make lists, sets and objects of each other. Elements may be unknown: they are only moved.

use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::source::Span;
use crate::source::Spanned;

/// What a function of collections comes to; nothing where it is none, or was given something else.
pub(super) fn call(name: &str, arguments: &[Term], span: Span) -> Option<Kind> {
    let first = arguments.first();
    match name {
        "length" => Some(Kind::Number(length(first?)?)),
        "concat" => arguments.iter().map(items).collect::<Option<Vec<_>>>().map(|lists| Kind::List(lists.concat())),
        "toset" | "distinct" => Some(Kind::List(distinct(items(first?)?))),
        "setunion" => {
            let all = arguments.iter().map(items).collect::<Option<Vec<_>>>()?.concat();
            Some(Kind::List(distinct(all)))
        }
        "setsubtract" => {
            let taken: Vec<_> = items(arguments.get(1)?)?.iter().map(Term::text).collect();
            Some(Kind::List(items(first?)?.into_iter().filter(|item| !taken.contains(&item.text())).collect()))
        }
        "tolist" => items(first?).map(Kind::List),
        "compact" => {
            let is_empty = |item: &Term| item.is_null() || item.text().is_some_and(|text| text.is_empty());
            Some(Kind::List(items(first?)?.into_iter().filter(|item| !is_empty(item)).collect()))
        }
        "flatten" => Some(Kind::List(flatten(items(first?)?))),
        "reverse" => Some(Kind::List(items(first?)?.into_iter().rev().collect())),
        "sort" => {
            let mut sorted = items(first?)?;
            sorted.sort_by_key(Term::text);
            Some(Kind::List(sorted))
        }
        "slice" => slice(first?, arguments.get(1)?, arguments.get(2)?),
        "element" => element(first?, arguments.get(1)?),
        "one" => match &items(first?)?[..] {
            [] => Some(Kind::Null),
            [only] => Some(only.kind.clone()),
            _ => None,
        },
        "range" => range(arguments, span),
        _ => of_objects(name, arguments, span),
    }
}

fn of_objects(name: &str, arguments: &[Term], span: Span) -> Option<Kind> {
    let first = arguments.first();
    match name {
        "keys" => {
            Some(Kind::List(sorted(first?)?.into_iter().map(|(key, _)| Term::text_of(key.span, key.value)).collect()))
        }
        "values" => Some(Kind::List(sorted(first?)?.into_iter().map(|(_, value)| value).collect())),
        "merge" => merge(arguments),
        "zipmap" => zipmap(first?, arguments.get(1)?),
        "setproduct" => setproduct(arguments, span),
        _ => None,
    }
}

fn items(term: &Term) -> Option<Vec<Term>> {
    match &term.kind {
        Kind::List(items) => Some(items.clone()),
        _ => None,
    }
}

fn length(term: &Term) -> Option<f64> {
    let count = match &term.kind {
        Kind::List(items) => items.len(),
        Kind::Object(members) => members.len(),
        _ => term.text()?.chars().count(),
    };
    u32::try_from(count).ok().map(f64::from)
}

fn distinct(items: Vec<Term>) -> Vec<Term> {
    let mut seen = Vec::new();
    let mut kept = Vec::new();
    for item in items {
        match item.text() {
            Some(text) if seen.contains(&text) => {}
            text => {
                seen.extend(text);
                kept.push(item);
            }
        }
    }
    kept
}

fn flatten(items: Vec<Term>) -> Vec<Term> {
    let mut flat = Vec::new();
    for item in items {
        match item.kind {
            Kind::List(inner) => flat.extend(flatten(inner)),
            _ => flat.push(item),
        }
    }
    flat
}

fn slice(list: &Term, start: &Term, end: &Term) -> Option<Kind> {
    let items = items(list)?;
    let position = |term: &Term| term.text()?.parse::<usize>().ok();
    items.get(position(start)?..position(end)?).map(|part| Kind::List(part.to_vec()))
}

/// Positions wrap around.
fn element(list: &Term, at: &Term) -> Option<Kind> {
    let items = items(list)?;
    let at = at.text()?.parse::<usize>().ok()?.checked_rem(items.len())?;
    items.get(at).map(|item| item.kind.clone())
}

fn range(arguments: &[Term], span: Span) -> Option<Kind> {
    let numbers = arguments.iter().map(Term::number).collect::<Option<Vec<_>>>()?;
    let (start, end) = match numbers[..] {
        [end] => (0.0, end),
        [start, end] => (start, end),
        _ => return None,
    };
    let steps = (0..1000).map(|step| start + f64::from(step)).take_while(|at| *at < end);
    Some(Kind::List(steps.map(|at| Term { span, kind: Kind::Number(at) }).collect()))
}

/// By key, as Terraform walks an object.
fn sorted(term: &Term) -> Option<Vec<(Spanned<String>, Term)>> {
    let Kind::Object(members) = &term.kind else { return None };
    let mut members = members.clone();
    members.sort_by(|(one, _), (other, _)| one.value.cmp(&other.value));
    Some(members)
}

/// A later object wins, and keeps the place of the earlier in the order.
fn merge(arguments: &[Term]) -> Option<Kind> {
    let mut merged: Vec<(Spanned<String>, Term)> = Vec::new();
    for argument in arguments.iter().filter(|argument| !argument.is_null()) {
        let Kind::Object(members) = &argument.kind else { return None };
        for (key, value) in members {
            match merged.iter_mut().find(|(known, _)| known.value == key.value) {
                Some(known) => *known = (key.clone(), value.clone()),
                None => merged.push((key.clone(), value.clone())),
            }
        }
    }
    Some(Kind::Object(merged))
}

fn zipmap(keys: &Term, values: &Term) -> Option<Kind> {
    let keys = items(keys)?.into_iter().map(|key| Some(Spanned::new(key.text()?, key.span)));
    let keys = keys.collect::<Option<Vec<_>>>()?;
    Some(Kind::Object(keys.into_iter().zip(items(values)?).collect()))
}

/// Every combination; the count is bounded by the budget of what made the lists, and here.
fn setproduct(arguments: &[Term], span: Span) -> Option<Kind> {
    let mut combinations: Vec<Vec<Term>> = vec![Vec::new()];
    for argument in arguments {
        let items = items(argument)?;
        if combinations.len().saturating_mul(items.len()) > 10_000 {
            return None;
        }
        let longer = |combination: Vec<Term>| {
            let with = |item: &Term| combination.iter().cloned().chain([item.clone()]).collect::<Vec<Term>>();
            items.iter().map(with).collect::<Vec<_>>()
        };
        combinations = combinations.into_iter().flat_map(longer).collect();
    }
    Some(Kind::List(combinations.into_iter().map(|combination| Term::list(span, combination)).collect()))
}
