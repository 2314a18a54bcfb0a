//! `terraform show -json`: a plan, whose ids are not known yet and whose references stand in its configuration, or a state, whose ids are.
//!
//! <https://developer.hashicorp.com/terraform/internals/json-format>

use crate::load::LoadError;
use crate::load::terraform::instance::ARGUMENTS;
use crate::load::terraform::instance::Collected;
use crate::load::terraform::instance::Instance;
use crate::load::terraform::instance::KINDS;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Piece;
use crate::load::terraform::term::Term;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::syntax::Node;
use crate::syntax::Value;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::json;

/// Whether a JSON text is a plan or a state.
pub(super) fn recognises(text: &str) -> bool {
    text.contains("\"format_version\"") && text.contains("\"root_module\"")
}

/// Takes in the resources of a plan or state.
pub(super) fn collect(sources: &Sources, id: SourceId, collected: &mut Collected) -> Result<(), LoadError> {
    let text = &sources.get(id).text;
    let root = json::parse(id, text).map_err(LoadError::Syntax)?.root;
    let values = root.get("planned_values").or_else(|| root.get("values"));
    let Some(module) = values.and_then(|values| values.get("root_module")) else {
        let span = Span { source: id, start: 0, end: 0 };
        return Err(LoadError::NoRoutes(span));
    };
    let configuration = root.get("configuration").and_then(|configuration| configuration.get("root_module"));
    let mut found = Vec::new();
    resources(module, &mut found);
    let start = collected.instances.len();
    collected.instances.extend(found.iter().filter_map(|resource| instance(text, resource)));
    if let Some(configuration) = configuration {
        let read = collected.instances.get(start..).unwrap_or_default();
        let addresses: Vec<String> = read.iter().map(|instance| instance.address.to_string()).collect();
        let references = References { configuration, addresses: &addresses };
        for instance in collected.instances.get_mut(start..).unwrap_or_default() {
            references.fill_in(instance);
        }
    }
    Ok(())
}

/// The resources of a module and of all modules below it.
fn resources<'n>(module: &'n Node, found: &mut Vec<&'n Node>) {
    found.extend(module.get("resources").into_iter().flat_map(Node::items));
    for child in module.get("child_modules").into_iter().flat_map(Node::items) {
        resources(child, found);
    }
}

fn instance(text: &str, resource: &Node) -> Option<Instance> {
    let kind = resource.get("type")?.as_str()?;
    let is_data = resource.get("mode").and_then(Node::as_str) == Some("data");
    let kind = if is_data { format!("data.{kind}") } else { kind.to_owned() };
    if !KINDS.contains(&&*kind) {
        return None;
    }
    let address = resource.get("address")?;
    let values = resource.get("values").map_or(&[][..], Node::members);
    let wanted = values.iter().filter(|member| ARGUMENTS.contains(&&*member.key.value));
    Some(Instance {
        kind,
        place: address.span,
        arguments: wanted.map(|member| (member.key.value.clone(), term(text, &member.value))).collect(),
        any_key: false,
        address: address.as_str()?.into(),
    })
}

/// A value that is known. JSON in a string is read where it stands.
fn term(text: &str, node: &Node) -> Term {
    let kind = match &node.value {
        Value::Null => Kind::Null,
        Value::Bool(value) => Kind::Bool(*value),
        Value::Number(number) => number.parse().map_or(Kind::Null, Kind::Number),
        Value::String(value) if value.trim_start().starts_with('{') && value.trim_end().len() > 2 => {
            match json::parse_excerpt(&Excerpt::unescaped(text, node.span)) {
                Ok(parsed) => Kind::Json(Box::new(term(text, &parsed.root))),
                Err(_) => plain(value, node.span),
            }
        }
        // An empty body or policy is none.
        Value::String(value) if value.is_empty() => Kind::Null,
        Value::String(value) => plain(value, node.span),
        Value::Array(items) => Kind::List(items.iter().map(|item| term(text, item)).collect()),
        Value::Object(members) => {
            Kind::Object(members.iter().map(|member| (member.key.clone(), term(text, &member.value))).collect())
        }
    };
    Term { span: node.span, kind }
}

fn plain(value: &str, span: Span) -> Kind {
    Kind::Text(vec![Piece { text: value.to_owned(), span, gap: None }])
}

/// What a plan says about references: in its configuration, which knows blocks and no instances.
struct References<'n> {
    configuration: &'n Node,
    addresses: &'n [String],
}

/// The arguments that hold ids.
const IDS: [&str; 5] = ["rest_api_id", "resource_id", "parent_id", "authorizer_id", "api_id"];

/// References that are handed on from module to module are followed this far.
const MOST_STEPS: u32 = 20;

impl References<'_> {
    /// Adds the ids that are known after deployment, as references.
    fn fill_in(&self, instance: &mut Instance) {
        let (path, local, key) = parts(&instance.address);
        let Some(module) = self.module(&path) else { return };
        let resources = module.get("resources").into_iter().flat_map(Node::items);
        let mut own = resources.filter(|resource| resource.get("address").and_then(Node::as_str) == Some(local));
        let Some(expressions) = own.next().and_then(|resource| resource.get("expressions")) else { return };
        for name in IDS {
            if instance.get(name).is_some() {
                continue;
            }
            let Some(expression) = expressions.get(name) else { continue };
            let target = self.follow(expression, &path, 0);
            let address = target.and_then(|(base, attribute)| Some((self.existing(&base, key)?, attribute)));
            let kind = match address {
                Some((address, attribute)) => Kind::Attribute(address.into(), attribute.into()),
                None => Kind::Unknown("the plan doesn't tell which instance it refers to".into()),
            };
            instance.arguments.retain(|(known, _)| known != name);
            instance.arguments.push((name.to_owned(), Term { span: instance.place, kind }));
        }
    }

    /// The configuration of the module that lies at a path of names.
    fn module(&self, path: &[Step<'_>]) -> Option<&Node> {
        path.iter()
            .try_fold(self.configuration, |module, step| module.get("module_calls")?.get(step.name)?.get("module"))
    }

    /// The address and attribute that an expression in a module refers to.
    fn follow(&self, expression: &Node, path: &[Step<'_>], steps: u32) -> Option<(String, String)> {
        let mut all = expression.get("references")?.items().iter().filter_map(Node::as_str);
        let is_about = |reference: &&str| {
            ["aws_api", "data.aws_api", "var.", "module."].iter().any(|start| reference.starts_with(start))
        };
        let reference = all.find(is_about)?;
        if steps >= MOST_STEPS {
            return None;
        }
        if let Some(name) = reference.strip_prefix("var.") {
            let name = name.split(['.', '[']).next()?;
            let (last, above) = path.split_last()?;
            let call = self.module(above)?.get("module_calls")?.get(last.name)?;
            return self.follow(call.get("expressions")?.get(name)?, above, steps + 1);
        }
        if let Some(rest) = reference.strip_prefix("module.") {
            let name = rest.split(['.', '[']).next()?;
            let output = rest.rsplit('.').next()?;
            let written = rest.strip_prefix(name).and_then(|rest| rest.strip_suffix(output))?.trim_end_matches('.');
            let mut below = path.to_vec();
            below.push(Step { name, key: written });
            let value = self.module(&below)?.get("outputs")?.get(output)?.get("expression")?;
            return self.follow(value, &below, steps + 1);
        }
        let (address, attribute) = split_attribute(reference);
        let steps: Vec<String> = path.iter().map(|step| format!("module.{}{}.", step.name, step.key)).collect();
        let prefix = steps.concat();
        Some((format!("{prefix}{address}"), attribute.to_owned()))
    }

    /// The instance that a reference without a key means: the only one, or the one with the key of who refers.
    fn existing(&self, base: &str, key: &str) -> Option<String> {
        let has = |address: &str| self.addresses.iter().any(|known| known == address);
        let keyed = format!("{base}{key}");
        if has(base) {
            return Some(base.to_owned());
        }
        if has(&keyed) {
            return Some(keyed);
        }
        let mut all =
            self.addresses.iter().filter(|known| known.strip_prefix(base).is_some_and(|rest| rest.starts_with('[')));
        let first = all.next()?;
        all.next().is_none().then(|| first.clone())
    }
}

/// One `module.name[key].` of an address.
#[derive(Clone, Copy, Debug)]
struct Step<'a> {
    name: &'a str,
    key: &'a str,
}

/// The modules of an address, the address within the last of them, and the key of the instance.
fn parts(address: &str) -> (Vec<Step<'_>>, &str, &str) {
    let mut path = Vec::new();
    let mut rest = address;
    while let Some(behind) = rest.strip_prefix("module.") {
        let end = end_of_step(behind);
        let step = behind.get(..end).unwrap_or_default();
        let name = step.split('[').next().unwrap_or_default();
        path.push(Step { name, key: step.get(name.len()..).unwrap_or_default() });
        rest = behind.get(end + 1..).unwrap_or_default();
    }
    let local = rest.split('[').next().unwrap_or_default();
    (path, local, rest.get(local.len()..).unwrap_or_default())
}

/// The first dot outside brackets.
fn end_of_step(text: &str) -> usize {
    let mut depth = 0;
    for (at, character) in text.char_indices() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            '.' if depth == 0 => return at,
            _ => {}
        }
    }
    text.len()
}

/// `aws_x.y.id` as address and attribute; a reference to the whole resource means its id.
fn split_attribute(reference: &str) -> (&str, &str) {
    let data = if reference.starts_with("data.") { "data.".len() } else { 0 };
    let rest = reference.get(data..).unwrap_or_default();
    let type_end = end_of_step(rest);
    let name_end = type_end + 1 + end_of_step(rest.get(type_end + 1..).unwrap_or_default());
    let address = reference.get(..data + name_end).unwrap_or(reference);
    let attribute = reference.get(data + name_end + 1..).unwrap_or("id");
    (address, if attribute.is_empty() { "id" } else { attribute })
}
