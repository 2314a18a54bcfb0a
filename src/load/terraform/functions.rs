//! The plain functions of Terraform: those that only rearrange what they are given.
//!
//! <https://developer.hashicorp.com/terraform/language/functions>; any other function is unknown, with its name.

use crate::load::terraform::collections;
use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::evaluate::equal;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::files;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::load::terraform::texts;
use crate::source::Span;

/// What a call comes to.
pub(super) fn call(scope: &Scope<'_>, name: &str, arguments: &[Term], span: Span) -> Term {
    if let Some(term) = lenient(name, arguments, span) {
        return term;
    }
    if let Some(unknown) = arguments.iter().find(|argument| argument.gap().is_some()) {
        return Term::unknown(span, reason(unknown));
    }
    if matches!(name, "file" | "templatefile") {
        return files::term(scope, name, arguments, span);
    }
    let kind = texts::call(name, arguments, span).or_else(|| collections::call(name, arguments, span));
    kind.map_or_else(|| Term::unknown(span, format!("`{name}(…)` is not evaluated here")), |kind| Term { span, kind })
}

/// Functions for which an argument that is not known can still mean something.
fn lenient(name: &str, arguments: &[Term], span: Span) -> Option<Term> {
    match name {
        "try" => {
            let found = arguments.iter().find(|argument| !matches!(argument.kind, Kind::Missing(_)));
            Some(found.cloned().unwrap_or_else(|| Term::unknown(span, "none of its values is there")))
        }
        "can" => Some(Term::bool(span, !matches!(arguments.first()?.kind, Kind::Missing(_)))),
        "coalesce" => {
            let empty = |term: &&Term| term.is_null() || term.text().is_some_and(|text| text.is_empty());
            Some(arguments.iter().find(|argument| !empty(argument))?.clone())
        }
        "jsonencode" | "yamlencode" => {
            let inner = arguments.first()?;
            match &inner.kind {
                Kind::Unknown(_) | Kind::Missing(_) => None,
                _ => Some(Term { span, kind: Kind::Json(Box::new(inner.clone())) }),
            }
        }
        "jsondecode" => match &arguments.first()?.kind {
            Kind::Json(inner) => Some((**inner).clone()),
            _ => None,
        },
        "tostring" | "tonumber" | "tobool" | "sensitive" | "nonsensitive" | "tomap" => arguments.first().cloned(),
        "lookup" => {
            let [object, key, rest @ ..] = arguments else { return None };
            let found = object.get(&key.text()?).or(rest.first());
            matches!(object.kind, Kind::Object(_)).then(|| found.cloned()).flatten()
        }
        "contains" => {
            let [list, wanted] = arguments else { return None };
            let Kind::List(items) = &list.kind else { return None };
            let mut known = items.iter().map(|item| equal(item, wanted));
            let all: Option<Vec<bool>> = known.by_ref().collect();
            all.map(|same| Term::bool(span, same.contains(&true)))
        }
        _ => None,
    }
}
