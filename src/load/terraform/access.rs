//! References: `var.x`, `local.x`, `module.x.y`, `aws_api_gateway_resource.x["key"].id`, and steps into values.

use std::rc::Rc;

use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::module::Instances;
use crate::load::terraform::policy_document;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::hcl::Block;
use crate::syntax::hcl::Expression;
use crate::syntax::hcl::ExpressionKind;
use crate::syntax::hcl::Step;

/// What a reference comes to.
pub(super) fn term(scope: &Scope<'_>, base: &Expression, steps: &[Step], span: Span) -> Term {
    let ExpressionKind::Name(root) = &base.kind else {
        return walk(scope, scope.evaluate(base), steps, span);
    };
    if let Some(local) = scope.named(root) {
        return walk(scope, local.clone(), steps, span);
    }
    let (names, rest) = leading_names(steps);
    match (root.as_str(), &names[..]) {
        ("var", [name, ..]) => walk(scope, scope.module.variable(name, span), skip(steps, 1), span),
        ("local", [name, ..]) => walk(scope, scope.module.local(name, span), skip(steps, 1), span),
        ("module", [name, ..]) => module(scope, name, skip(steps, 1), span),
        ("data", [kind, name, ..]) => {
            let labels = [*kind, *name];
            resource(scope, "data", labels, skip(steps, 2), span)
        }
        ("path", ["module"]) => Term::text_of(span, path(scope)),
        ("path", _) => Term::text_of(span, "."),
        ("terraform", _) => Term::unknown(span, "the workspace is chosen at deployment"),
        ("each" | "count" | "self", _) => Term::unknown(span, format!("`{root}` has no meaning here")),
        (kind, [name, ..]) => resource(scope, "resource", [kind, *name], skip(steps, 1), span),
        _ => {
            let _ = rest;
            Term::unknown(span, format!("`{root}` is not known"))
        }
    }
}

fn path(scope: &Scope<'_>) -> String {
    let path = &scope.module.folder.path;
    if path.is_empty() { ".".to_owned() } else { path.clone() }
}

fn leading_names(steps: &[Step]) -> (Vec<&str>, &[Step]) {
    let names: Vec<&str> = steps
        .iter()
        .map_while(|step| match step {
            Step::Attribute(name) => Some(name.as_str()),
            _ => None,
        })
        .collect();
    let rest = skip(steps, names.len());
    (names, rest)
}

fn skip(steps: &[Step], count: usize) -> &[Step] {
    steps.get(count..).unwrap_or_default()
}

/// Steps into a value.
fn walk(scope: &Scope<'_>, mut term: Term, steps: &[Step], span: Span) -> Term {
    let mut rest = steps;
    while let Some((step, further)) = rest.split_first() {
        term = match step {
            Step::Attribute(name) => member(&term, name, span),
            Step::Index(index) => {
                let index = scope.evaluate(index);
                match index.text() {
                    Some(key) => member(&term, &key, span),
                    None => Term::unknown(span, reason(&index)),
                }
            }
            Step::Splat => {
                let items = match term.kind {
                    Kind::List(items) => items,
                    Kind::Null => Vec::new(),
                    Kind::Unknown(_) | Kind::Missing(_) => return term,
                    _ => vec![term],
                };
                return Term::list(span, items.into_iter().map(|item| walk(scope, item, further, span)).collect());
            }
        };
        rest = further;
    }
    term
}

/// The element of a list or object under a key or position.
fn member(term: &Term, key: &str, span: Span) -> Term {
    let missing = || Kind::Missing(format!("there is no `{key}` here").into());
    match &term.kind {
        Kind::Object(_) => term.get(key).cloned().unwrap_or_else(|| Term { span, kind: missing() }),
        Kind::List(items) => {
            let item = key.parse::<usize>().ok().and_then(|at| items.get(at));
            item.cloned().unwrap_or_else(|| Term { span, kind: missing() })
        }
        Kind::Resource(address) => Term { span, kind: Kind::Attribute(Rc::clone(address), key.into()) },
        Kind::Null => Term { span, kind: missing() },
        _ => Term { span, kind: term.gap().map_or_else(missing, Kind::Unknown) },
    }
}

/// `module.name.output`, `module.name[key].output`
fn module(scope: &Scope<'_>, name: &str, steps: &[Step], span: Span) -> Term {
    let Some(block) = scope.module.block("module", &[name]) else {
        return Term::unknown(span, format!("module `{name}` is not declared in the files given"));
    };
    let (key, steps) = match key(scope, steps) {
        Ok(found) => found,
        Err(why) => return Term::unknown(span, why),
    };
    let names = names_of(scope, block, &key);
    let called = names.and_then(|names| scope.module.called(block, &key, names));
    match (called, steps.split_first()) {
        (Ok(called), Some((Step::Attribute(output), rest))) => walk(scope, called.output(output, span), rest, span),
        (Ok(_), _) => Term::unknown(span, format!("all outputs of module `{name}` at once")),
        (Err(why), _) => Term::unknown(span, why),
    }
}

/// `[key]` at the start of steps, as it stands in an address; nothing where there is none.
fn key<'s>(scope: &Scope<'_>, steps: &'s [Step]) -> Result<(String, &'s [Step]), Rc<str>> {
    let Some((Step::Index(index), rest)) = steps.split_first() else {
        return Ok((String::new(), steps));
    };
    let index = scope.evaluate(index);
    match (&index.kind, index.text()) {
        (Kind::Number(_), Some(number)) => Ok((format!("[{number}]"), rest)),
        (_, Some(text)) => Ok((format!("[\"{text}\"]"), rest)),
        (_, None) => Err(reason(&index)),
    }
}

/// The names that the instance of a block with this key has.
fn names_of(scope: &Scope<'_>, block: &Block, key: &str) -> Result<Vec<(String, Term)>, Rc<str>> {
    match scope.module.instances(block) {
        Instances::One => Ok(Vec::new()),
        Instances::Each(instances) => {
            let found = instances.into_iter().find(|(known, _)| known == key);
            found.map(|(_, names)| names).ok_or_else(|| format!("there is no instance `{key}`").into())
        }
        Instances::Unknown(why) => Err(why),
    }
}

/// A resource or a data source, one instance of it, or an attribute.
fn resource(scope: &Scope<'_>, kind: &str, labels: [&str; 2], steps: &[Step], span: Span) -> Term {
    let [type_name, name] = labels;
    let prefix = if kind == "data" { "data." } else { "" };
    let base = format!("{}{prefix}{type_name}.{name}", scope.module.path);
    let Some(block) = scope.module.block(kind, &labels) else {
        return Term::unknown(span, format!("`{prefix}{type_name}.{name}` is not declared in the files given"));
    };
    let repeated = block.body.attribute("count").or_else(|| block.body.attribute("for_each")).is_some();
    if repeated && !matches!(steps.first(), Some(Step::Index(_))) {
        return walk(scope, all_instances(scope, block, &base, span), steps, span);
    }
    let (key, steps) = match key(scope, steps) {
        Ok(found) => found,
        Err(why) => return Term::unknown(span, why),
    };
    let missing = match (repeated, scope.module.instances(block)) {
        (true, Instances::Each(instances)) => !instances.iter().any(|(known, _)| *known == key),
        _ => false,
    };
    let address: Rc<str> = format!("{base}{key}").into();
    match steps.split_first() {
        _ if missing => Term { span, kind: Kind::Missing(format!("there is no `{address}`").into()) },
        Some((Step::Attribute(attribute), rest)) => {
            let value = attribute_of(scope, block, &key, attribute, &address, span);
            walk(scope, value, rest, span)
        }
        _ => Term { span, kind: Kind::Resource(address) },
    }
}

/// An argument that the block states, else an attribute that only deployment knows.
fn attribute_of(scope: &Scope<'_>, block: &Block, key: &str, name: &str, address: &Rc<str>, span: Span) -> Term {
    let is_policy = block.labels.first().is_some_and(|label| label.value == "aws_iam_policy_document");
    let names = || names_of(scope, block, key).unwrap_or_default();
    let inner = || super::evaluate::Scope { module: scope.module, names: names() };
    if block.kind == "data" && is_policy && name == "json" {
        return policy_document::term(&inner(), block);
    }
    match block.body.attribute(name) {
        Some(attribute) => inner().evaluate(&attribute.value),
        None => Term { span, kind: Kind::Attribute(Rc::clone(address), name.into()) },
    }
}

/// All instances of a block with `count` or `for_each`: a list, or an object.
fn all_instances(scope: &Scope<'_>, block: &Block, base: &str, span: Span) -> Term {
    let instances = match scope.module.instances(block) {
        Instances::One => return Term { span, kind: Kind::Resource(base.into()) },
        Instances::Unknown(why) => return Term::unknown(span, why),
        Instances::Each(instances) => instances,
    };
    let instance = |key: &str| Term { span, kind: Kind::Resource(format!("{base}{key}").into()) };
    if block.body.attribute("count").is_some() {
        return Term::list(span, instances.iter().map(|(key, _)| instance(key)).collect());
    }
    let member = |(key, _): &(String, _)| {
        let name = key.trim_start_matches("[\"").trim_end_matches("\"]").to_owned();
        (Spanned::new(name, span), instance(key))
    };
    Term { span, kind: Kind::Object(instances.iter().map(member).collect()) }
}
