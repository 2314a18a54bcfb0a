//! Templates: text with something to fill in, piece by piece, so that each piece keeps its place.

use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::evaluate::elements;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Piece;
use crate::load::terraform::term::Term;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::hcl::Expression;
use crate::syntax::hcl::Part;

/// What a template comes to. A template that is nothing but one value to fill in is that value.
pub(super) fn term(scope: &Scope<'_>, parts: &[Part], span: Span) -> Term {
    if let [Part::Interpolation(only)] = parts {
        return scope.evaluate(&only.value);
    }
    let mut pieces = Vec::new();
    fill(scope, parts, &mut pieces);
    if pieces.is_empty() {
        return Term::text_of(span, "");
    }
    Term { span, kind: Kind::Text(pieces) }
}

fn fill(scope: &Scope<'_>, parts: &[Part], pieces: &mut Vec<Piece>) {
    for part in parts {
        match part {
            Part::Literal(literal) => {
                pieces.push(Piece { text: literal.value.clone(), span: literal.span, gap: None });
            }
            Part::Interpolation(place) => pieces.extend(interpolated(scope, place)),
            Part::If(choice) => {
                let condition = scope.evaluate(&choice.condition);
                match condition.truth() {
                    Some(true) => fill(scope, &choice.yes, pieces),
                    Some(false) => fill(scope, &choice.no, pieces),
                    None => pieces.push(gap(&condition)),
                }
            }
            Part::For(repeated) => {
                let collection = scope.evaluate(&repeated.collection);
                let Some(elements) = elements(&collection) else {
                    pieces.push(gap(&collection));
                    continue;
                };
                for (key, value) in elements {
                    let named = repeated.key_name.clone().map(|name| (name, key));
                    let inner = scope.with(named.into_iter().chain([(repeated.value_name.clone(), value)]));
                    fill(&inner, &repeated.body, pieces);
                }
            }
        }
    }
}

/// The pieces that `${…}` is filled in with.
fn interpolated(scope: &Scope<'_>, place: &Spanned<Expression>) -> Vec<Piece> {
    let sources = scope.module.tree.sources;
    let mut filled = scope.evaluate(&place.value).pieces(sources);
    for piece in &mut filled {
        // A gap shows where it is filled in, not where a variable was declared.
        if piece.gap.is_some() {
            piece.text = format!("${{{}}}", sources.slice(place.value.span));
        }
        // The parts of one text stand in one file.
        if piece.gap.is_some() || piece.span.source != place.span.source {
            piece.span = place.span;
        }
    }
    filled
}

/// A part that can't be told.
fn gap(term: &Term) -> Piece {
    Piece { text: String::new(), span: term.span, gap: Some(reason(term)) }
}
