//! `${source(argument):address, fallback}`: what variables of the Serverless Framework stand for, as far as the files decide.
//!
//! <https://www.serverless.com/framework/docs/guides/variables>. A tree enters, the same tree with its variables written out leaves; a
//! variable that only deployment knows stays as it was written, and [`left`] finds it. `${AWS::Region}` and its like are none of these.

use crate::load::definition::Given;
use crate::load::template::Unresolved;
use crate::source::Span;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::Value;

/// A service, and how much may still be written out.
pub(super) struct Variables<'t> {
    given: &'t Given<'t>,
    budget: u32,
    /// Where the variable stands that is looked at: the place of a literal fallback.
    place: Span,
}

/// Nodes that variables may stand for at most, in one service.
const BUDGET: u32 = 200_000;

/// Variables within variables are followed this far.
const DEEPEST: u32 = 30;

/// The stage of a service that names none.
pub(super) const DEFAULT_STAGE: &str = "dev";

/// The reason why a text is not known: a variable that is left in it.
pub(super) fn left(node: &Node) -> Option<Unresolved> {
    let text = node.as_str()?;
    let variable = innermost(text)?;
    let why = match variable.address.split_once('(') {
        Some(("file", path)) => format!("the file `{}` was not given", path.split(')').next().unwrap_or_default()),
        _ => format!("`${{{}}}` is only known at deployment", variable.address),
    };
    Some(Unresolved { why, span: node.span })
}

impl<'t> Variables<'t> {
    /// Starts with a whole budget.
    pub(super) const fn of(given: &'t Given<'t>) -> Self {
        Self { given, budget: BUDGET, place: given.root.span }
    }

    /// A node with all of its variables written out.
    pub(super) fn expand(&mut self, node: &Node, depth: u32) -> Node {
        self.budget = self.budget.saturating_sub(1);
        if self.budget == 0 || depth > DEEPEST {
            return node.clone();
        }
        let value = match &node.value {
            Value::String(text) => return self.text(node, text, depth),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.expand(item, depth)).collect()),
            Value::Object(members) => {
                let expanded =
                    |member: &Member| Member { key: member.key.clone(), value: self.expand(&member.value, depth) };
                Value::Object(members.iter().map(expanded).collect())
            }
            other => other.clone(),
        };
        Node { span: node.span, value }
    }

    /// Fills in the innermost variables first. A text that is nothing but one variable becomes what that stands for.
    fn text(&mut self, node: &Node, text: &str, depth: u32) -> Node {
        let mut text = text.to_owned();
        let mut changed = false;
        let mut from = 0;
        while let Some(variable) = text.get(from..).and_then(innermost) {
            let (start, end) = (from + variable.start, from + variable.end);
            let whole = text.trim().len() == end - start;
            self.place = node.span;
            match self.value(variable.address, depth) {
                Some(found) if whole => return self.expand(&found, depth + 1),
                Some(found) => {
                    let found = self.expand(&found, depth + 1);
                    let Some(filled) = found.scalar() else { return node.clone() };
                    text.replace_range(start..end, filled);
                    changed = true;
                    // What was filled in may be a part of the address of the variable around it.
                    from = 0;
                }
                None => from = end,
            }
            self.budget = self.budget.saturating_sub(1);
            if self.budget == 0 || text.len() > 10_000 {
                break;
            }
        }
        if changed { Node { span: node.span, value: Value::String(text) } } else { node.clone() }
    }

    /// The first alternative that the files know.
    fn value(&mut self, address: &str, depth: u32) -> Option<Node> {
        alternatives(address).into_iter().find_map(|alternative| self.alternative(alternative.trim(), depth))
    }

    fn alternative(&mut self, alternative: &str, depth: u32) -> Option<Node> {
        let root = self.given.root;
        if let Some(path) = alternative.strip_prefix("self:") {
            return match self.lookup(root, path, depth) {
                None if path == "provider.stage" => Some(self.literal(DEFAULT_STAGE)),
                None if path == "provider.region" => Some(self.literal("us-east-1")),
                found => found,
            };
        }
        match alternative {
            "sls:stage" => return Some(self.stage(depth)),
            "sls:service" => return self.lookup(root, "service", depth),
            "aws:region" => return self.value("self:provider.region", depth),
            _ => {}
        }
        if let Some(name) = alternative.strip_prefix("param:") {
            let stage = self.stage(depth);
            let stage = stage.scalar().unwrap_or(DEFAULT_STAGE);
            let of = |stage: &str| root.get("params")?.get(stage)?.get(name).cloned();
            return of(stage).or_else(|| of("default"));
        }
        if let Some((path, address)) = alternative.strip_prefix("file(").and_then(|rest| rest.split_once(')')) {
            let path = path.trim().trim_matches(['"', '\'']);
            let plain = path.trim_start_matches("./");
            let file = self.given.included.find(path).or_else(|| self.given.included.find(plain))?;
            return self.lookup(file, address.trim_start_matches(':'), depth);
        }
        self.literal_alternative(alternative)
    }

    /// `'text'`, `"text"`, a number or a truth value.
    fn literal_alternative(&self, alternative: &str) -> Option<Node> {
        let quoted = |quote: char| alternative.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        if let Some(text) = quoted('\'').or_else(|| quoted('"')) {
            return Some(self.literal(text));
        }
        let value = match alternative {
            "true" | "false" => Value::Bool(alternative == "true"),
            "null" => Value::Null,
            _ if alternative.parse::<f64>().is_ok() => Value::Number(alternative.to_owned()),
            _ => return None,
        };
        Some(Node { span: self.place, value })
    }

    fn literal(&self, text: &str) -> Node {
        Node { span: self.place, value: Value::String(text.to_owned()) }
    }

    fn stage(&mut self, depth: u32) -> Node {
        match self.value("self:provider.stage", depth) {
            Some(found) => self.expand(&found, depth + 1),
            None => self.literal(DEFAULT_STAGE),
        }
    }

    /// The value at a path of keys; variables on the way are written out. Only what is found is copied: a service asks for its root often.
    fn lookup(&mut self, mut node: &Node, path: &str, depth: u32) -> Option<Node> {
        if depth > DEEPEST {
            return None;
        }
        let mut rest = path.trim_start_matches('.');
        while !rest.is_empty() {
            if node.as_str().is_some_and(|text| text.contains("${")) {
                let expanded = self.expand(node, depth + 1);
                return if expanded.as_str().is_some() { None } else { self.lookup(&expanded, rest, depth + 1) };
            }
            let (step, after) = rest.split_once('.').unwrap_or((rest, ""));
            node = match &node.value {
                Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
                _ => node.get(step)?,
            };
            rest = after.trim_start_matches('.');
        }
        Some(node.clone())
    }
}

/// A variable in a text.
struct Variable<'t> {
    start: usize,
    end: usize,
    address: &'t str,
}

/// The first variable of the framework that has no other inside.
fn innermost(text: &str) -> Option<Variable<'_>> {
    let mut from = 0;
    while let Some(close) = text.get(from..)?.find('}').map(|at| from + at) {
        let open = text.get(..close)?.rfind("${");
        if let Some(start) = open {
            let address = text.get(start + 2..close)?;
            if is_ours(address) && !address.contains('}') {
                return Some(Variable { start, end: close + 1, address });
            }
        }
        from = close + 1;
    }
    None
}

/// Whether an address starts with a source: `self:`, `file(…)`, `opt:` and so on, but not `AWS::`.
fn is_ours(address: &str) -> bool {
    let end =
        address.find(|character: char| !character.is_ascii_alphanumeric() && !matches!(character, '-' | '_' | '.'));
    let rest = end.and_then(|end| address.get(end..)).unwrap_or_default();
    end != Some(0) && (rest.starts_with('(') || rest.starts_with(':') && !rest.starts_with("::"))
}

/// The alternatives between commas that are outside quotes and brackets.
fn alternatives(address: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote) = (0, 0_u32, None);
    for (at, character) in address.char_indices() {
        match (quote, character) {
            (Some(open), _) => quote = (character != open).then_some(open),
            (None, '\'' | '"') => quote = Some(character),
            (None, '(') => depth += 1,
            (None, ')') => depth = depth.saturating_sub(1),
            (None, ',') if depth == 0 => {
                parts.push(address.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(address.get(start..).unwrap_or_default());
    parts
}

/// The data files that a service refers to; scripts and texts say nothing that could be read here.
pub(in crate::load) fn references(root: &Node) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = vec![root];
    while let Some(node) = rest.pop() {
        let texts = node.as_str().unwrap_or_default().split("file(").skip(1);
        let paths = texts.filter_map(|text| text.split(')').next()).map(|path| path.trim().trim_matches(['"', '\'']));
        let is_data =
            |path: &&str| [".yml", ".yaml", ".json"].iter().any(|ending| path.ends_with(ending)) && !path.contains('$');
        found.extend(paths.filter(is_data).map(str::to_owned));
        rest.extend(node.members().iter().map(|member| &member.value).chain(node.items()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_variable_comes_first_and_others_are_left_alone() {
        let first = |text: &str| innermost(text).map(|variable| format!("${{{}}}", variable.address));
        assert_eq!(first("a-${self:b.${opt:c}}").as_deref(), Some("${opt:c}"));
        assert_eq!(first("${AWS::Region}-${sls:stage}").as_deref(), Some("${sls:stage}"));
        assert_eq!(first("/verify/{id}"), None);
        assert_eq!(first("${stageVariables.x} ${unclosed"), None);
        assert_eq!(alternatives("opt:a, self:b, 'c, d', file(x,y):z"), ["opt:a", " self:b", " 'c, d'", " file(x,y):z"]);
    }
}
