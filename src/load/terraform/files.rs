//! `file` and `templatefile`: what other files say, where the caller brought them.

use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::module::joined_path;
use crate::load::terraform::template;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Piece;
use crate::load::terraform::term::Term;
use crate::source::SourceId;
use crate::source::Span;
use crate::syntax::hcl;
use crate::syntax::hcl::Body;
use crate::syntax::hcl::Expression;
use crate::syntax::hcl::ExpressionKind;
use crate::syntax::hcl::Part;

/// The text of a file; a template is filled in with the names that the call gives it.
pub(super) fn term(scope: &Scope<'_>, function: &str, arguments: &[Term], span: Span) -> Term {
    let path = arguments.first().and_then(Term::text).unwrap_or_default();
    let tree = scope.module.tree;
    let Some(source) = find(scope, &path) else {
        return Term::unknown(span, format!("the file `{path}` was not given"));
    };
    let text = &tree.sources.get(source).text;
    if function == "file" {
        let whole = Span { source, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
        return Term { span: whole, kind: Kind::Text(vec![Piece { text: text.clone(), span: whole, gap: None }]) };
    }
    match hcl::parse_template(source, text) {
        Ok(parts) => {
            let names = match arguments.get(1).map(|argument| &argument.kind) {
                Some(Kind::Object(members)) => {
                    members.iter().map(|(name, value)| (name.value.clone(), value.clone())).collect()
                }
                _ => Vec::new(),
            };
            let whole = Span { source, start: 0, end: u32::try_from(text.len()).unwrap_or(u32::MAX) };
            template::term(&scope.with(names), &parts, whole)
        }
        Err(error) => Term::unknown(error.span, format!("the template `{path}` can't be read")),
    }
}

/// Relative paths are relative to the root module, which is taken for the folder of the module where it is not the same.
fn find(scope: &Scope<'_>, path: &str) -> Option<SourceId> {
    let tree = scope.module.tree;
    let beside = joined_path(&scope.module.folder.path, path);
    let plain = joined_path("", path);
    let named = |wanted: &str| {
        let given = tree.sources.iter().find(|(_, source)| source.name == wanted).map(|(id, _)| id);
        given.or_else(|| tree.included.iter().find(|(known, _)| known == wanted).map(|&(_, id)| id))
    };
    named(path).or_else(|| named(&plain)).or_else(|| named(&beside))
}

/// The files that a configuration reads, as paths from its own folder; those whose names are made at deployment are left out.
pub(in crate::load) fn references(body: &Body) -> Vec<String> {
    let mut found = Vec::new();
    let mut bodies = vec![body];
    while let Some(body) = bodies.pop() {
        body.attributes.iter().for_each(|attribute| in_expression(&attribute.value, &mut found));
        bodies.extend(body.blocks.iter().map(|block| &block.body));
    }
    found
}

fn in_expression(expression: &Expression, found: &mut Vec<String>) {
    match &expression.kind {
        ExpressionKind::Call(name, arguments, _) => {
            if matches!(name.as_str(), "file" | "templatefile") {
                found.extend(arguments.first().and_then(literal_path));
            }
            for argument in arguments {
                in_expression(argument, found);
            }
        }
        ExpressionKind::List(items) => items.iter().for_each(|item| in_expression(item, found)),
        ExpressionKind::Object(members) => members.iter().for_each(|(_, value)| in_expression(value, found)),
        ExpressionKind::Conditional(conditional) => {
            in_expression(&conditional.yes, found);
            in_expression(&conditional.no, found);
        }
        _ => {}
    }
}

/// A path of literals behind `${path.module}/` or nothing.
fn literal_path(expression: &Expression) -> Option<String> {
    let ExpressionKind::Template(parts) = &expression.kind else { return None };
    let parts = match &parts[..] {
        [Part::Interpolation(filled), rest @ ..] if matches!(&filled.value.kind, ExpressionKind::Access(base, _) if base.kind == ExpressionKind::Name("path".to_owned())) => {
            rest
        }
        all => all,
    };
    let text = |part: &Part| match part {
        Part::Literal(literal) => Some(literal.value.clone()),
        _ => None,
    };
    let path = parts.iter().map(text).collect::<Option<String>>()?;
    Some(path.trim_start_matches('/').to_owned())
}
