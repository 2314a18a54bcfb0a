//! What a template of CloudFormation says where it doesn't say it outright: intrinsic functions, parameters, mappings.
//!
//! A [`Node`] enters, the node that it stands for leaves, or the reason why the template alone doesn't decide. Conditions are not
//! weighed, because parameters decide them at deployment: where both branches of `Fn::If` say the same, that holds, and a branch that
//! is `AWS::NoValue` gives way to the other, so that what exists sometimes is listed as if it did.

mod alternatives;
mod intrinsic;
mod resources;
mod substitute;

use std::borrow::Cow;

use rustc_hash::FxHashMap;

use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Value;

pub(super) use self::alternatives::same;
pub(super) use self::intrinsic::Intrinsic;
pub(super) use self::resources::Resource;
pub(super) use self::resources::loops;
pub(super) use self::resources::resources;

/// Why a value is known at deployment only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unresolved {
    /// The reason, for people.
    pub(super) why: String,
    /// The function.
    pub(super) span: Span,
}

/// A node that is no function; nothing for `AWS::NoValue`, which stands for a key that was left out.
pub(super) type Resolved<'t> = Result<Option<Cow<'t, Node>>, Unresolved>;

/// A template, as far as its functions need it.
#[derive(Clone, Debug, Default)]
pub(super) struct Resolver<'t> {
    parameters: Option<&'t Node>,
    mappings: Option<&'t Node>,
    resources: FxHashMap<&'t str, Resource<'t>>,
}

impl<'t> Resolver<'t> {
    /// Of a whole template. The default of it has no parameters: a document that stands alone.
    pub(super) fn of(template: &'t Node) -> Self {
        Self {
            parameters: template.get("Parameters"),
            mappings: template.get("Mappings"),
            resources: resources(template).into_iter().map(|resource| (&*resource.id.value, resource)).collect(),
        }
    }

    /// What a node stands for; its children may still be functions.
    pub(super) fn value(&self, node: &'t Node) -> Resolved<'t> {
        let Some(found) = Intrinsic::of(node) else {
            return Ok(Some(Cow::Borrowed(node)));
        };
        match found.function {
            "Ref" => self.reference(node, found.argument),
            "Fn::If" => self.agreed(node),
            "Fn::Sub" => substitute::sub(self, node.span, found.argument),
            "Fn::Join" => substitute::join(self, node.span, found.argument),
            "Fn::Select" => self.select(node.span, found.argument),
            "Fn::FindInMap" => self.find_in_map(node.span, found.argument),
            "Fn::GetAtt" => Err(unresolved(node, "an attribute of a resource is known at deployment only".to_owned())),
            "Fn::ImportValue" => Err(unresolved(node, "another stack exports this value".to_owned())),
            other => Err(unresolved(node, format!("`{other}` is not resolved here"))),
        }
    }

    /// The text of a scalar, with the place where it was written: for a parameter that is its default.
    pub(super) fn text(&self, node: &'t Node) -> Result<Option<Spanned<String>>, Unresolved> {
        let Some(value) = self.value(node)? else { return Ok(None) };
        match value.scalar() {
            Some(text) if matches!(value, Cow::Borrowed(written) if is_filled_in_later(written)) => {
                Err(Unresolved { why: format!("`{text}` is filled in later"), span: value.span })
            }
            Some(text) => Ok(Some(Spanned::new(text.to_owned(), value.span))),
            None if value.value == Value::Null => Ok(None),
            None => Err(Unresolved { why: "a text is expected here".to_owned(), span: value.span }),
        }
    }

    /// The items of a list; a single value counts as a list of one.
    pub(super) fn list(&self, node: &'t Node) -> Result<Vec<Cow<'t, Node>>, Unresolved> {
        if let Some(Intrinsic { function: "Fn::Split", argument }) = Intrinsic::of(node) {
            return substitute::split(self, node.span, argument);
        }
        Ok(match self.value(node)? {
            Some(Cow::Borrowed(Node { value: Value::Array(items), .. })) => items.iter().map(Cow::Borrowed).collect(),
            Some(Cow::Owned(Node { value: Value::Array(items), .. })) => items.into_iter().map(Cow::Owned).collect(),
            Some(single) => vec![single],
            None => Vec::new(),
        })
    }

    /// The logical id that `Ref`, or `Fn::GetAtt` of any attribute, names; of `Fn::If`, what all branches name. A plain text that is the
    /// name of a resource counts too: people forget the `Ref`, and API Gateway then takes it for an id.
    pub(super) fn resource_of(&self, node: &'t Node) -> Option<&'t str> {
        let agreed = alternatives::agreed(node).ok()??;
        let named = match Intrinsic::of(agreed) {
            Some(Intrinsic { function: "Ref", argument }) => argument.as_str(),
            Some(Intrinsic { function: "Fn::GetAtt", argument }) => {
                argument.items().first().unwrap_or(argument).as_str()
            }
            Some(Intrinsic { function: "Fn::Sub", argument }) => {
                argument.as_str()?.strip_prefix("${")?.strip_suffix('}')?.split('.').next()
            }
            Some(_) => None,
            None => agreed.as_str(),
        }?;
        let named = named.split('.').next().unwrap_or(named);
        self.resources.contains_key(named).then_some(named)
    }

    /// The resource with a logical id.
    pub(super) fn resource(&self, id: &str) -> Option<Resource<'t>> {
        self.resources.get(id).copied()
    }

    /// Every value that a node can have, conditions aside; `AWS::NoValue` is left out.
    pub(super) fn alternatives(node: &'t Node) -> Vec<&'t Node> {
        alternatives::of(node)
    }

    fn agreed(&self, node: &'t Node) -> Resolved<'t> {
        match alternatives::agreed(node)? {
            Some(agreed) => self.value(agreed),
            None => Ok(None),
        }
    }

    fn reference(&self, node: &'t Node, argument: &'t Node) -> Resolved<'t> {
        let name = argument.scalar().unwrap_or_default();
        if name == "AWS::NoValue" { Ok(None) } else { self.default_of(name, node.span).map(Cow::Borrowed).map(Some) }
    }

    /// The text that `${name}` stands for.
    fn parameter(&self, name: &str, span: Span) -> Result<&'t str, Unresolved> {
        let default = self.default_of(name, span)?;
        default.scalar().ok_or_else(|| Unresolved { why: format!("the default of `{name}` is no text"), span })
    }

    fn default_of(&self, name: &str, span: Span) -> Result<&'t Node, Unresolved> {
        let refuse = |why| Err(Unresolved { why, span });
        if name.starts_with("AWS::") {
            return refuse(format!("`{name}` is known at deployment only"));
        }
        let Some(parameter) = self.parameters.and_then(|parameters| parameters.get(name)) else {
            return refuse(format!("`{name}` gets its value at deployment"));
        };
        let stored = parameter.get("Type").and_then(Node::as_str).is_some_and(|kind| kind.starts_with("AWS::SSM::"));
        match parameter.get("Default") {
            _ if stored => refuse(format!("parameter `{name}` is read from a store at deployment")),
            Some(default) => Ok(default),
            None => refuse(format!("parameter `{name}` has no default")),
        }
    }

    fn select(&self, span: Span, argument: &'t Node) -> Resolved<'t> {
        let wrong = || Unresolved { why: "`Fn::Select` is not resolved here".to_owned(), span };
        let [index, list] = argument.items() else { return Err(wrong()) };
        let index = self.text(index)?.and_then(|index| index.value.parse::<usize>().ok()).ok_or_else(wrong)?;
        match self.list(list)?.into_iter().nth(index).ok_or_else(wrong)? {
            Cow::Borrowed(item) => self.value(item),
            owned @ Cow::Owned(_) => Ok(Some(owned)),
        }
    }

    fn find_in_map(&self, span: Span, argument: &'t Node) -> Resolved<'t> {
        let mut found = self.mappings;
        for step in argument.items().iter().take(3) {
            let key = self.text(step)?.map(|key| key.value).unwrap_or_default();
            found = found.and_then(|node| node.get(&key));
        }
        let why = || "the mapping has no such entry".to_owned();
        found.map(|node| Some(Cow::Borrowed(node))).ok_or_else(|| Unresolved { why: why(), span })
    }
}

/// Whether a text of the file holds a placeholder of some tool around the template; not to be asked of what `Fn::Sub` filled in.
pub(super) fn is_filled_in_later(written: &Node) -> bool {
    written.as_str().is_some_and(|text| text.contains("${"))
}

const fn unresolved(node: &Node, why: String) -> Unresolved {
    Unresolved { why, span: node.span }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;
    use crate::syntax::yaml;

    const TEMPLATE: &str = "\
Parameters:
  Ttl: {Type: Number, Default: 120}
  Stage: {Type: String}
  Stored: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /prod/ttl}
Mappings:
  Header: {prod: {name: X-Auth}}
Resources:
  Authorizer: {Type: 'AWS::ApiGateway::Authorizer'}
";

    fn resolve(expression: &str) -> Result<String, String> {
        let mut sources = Sources::default();
        let text = format!("{TEMPLATE}x: {expression}\n");
        let id = sources.add("t.yaml", &*text);
        let documents = yaml::parse(id, &text).unwrap();
        let found = Resolver::of(&documents[0]).text(documents[0].get("x").unwrap());
        match found {
            Ok(Some(found)) => Ok(format!("{} @ {}", found.value, sources.slice(found.span))),
            Ok(None) => Ok("nothing".to_owned()),
            Err(error) => Err(format!("{} @ {}", error.why, sources.slice(error.span))),
        }
    }

    #[test]
    fn what_the_template_decides_is_resolved() {
        for (expression, value) in [
            ("!Ref Ttl", "120 @ 120"),
            ("!Ref AWS::NoValue", "nothing"),
            ("!Sub '${Ttl}s-${!Keep}'", "120s-${Keep} @ !Sub '${Ttl}s-${!Keep}'"),
            ("!Sub ['${a}/${a}', {a: !Ref Ttl}]", "120/120 @ !Sub ['${a}/${a}', {a: !Ref Ttl}]"),
            ("!Join ['-', [a, !Ref Ttl]]", "a-120 @ !Join ['-', [a, !Ref Ttl]]"),
            ("!Select [1, !Split [',', 'a,b']]", "b @ !Split [',', 'a,b']"),
            ("!Select [0, [x, y]]", "x @ x"),
            ("!FindInMap [Header, prod, name]", "X-Auth @ X-Auth"),
            ("!If [A, !Ref Ttl, !If [B, !Ref Ttl, !Ref AWS::NoValue]]", "120 @ 120"),
            ("!If [A, !Ref AWS::NoValue, 7]", "7 @ 7"),
        ] {
            assert_eq!(resolve(expression).as_deref(), Ok(value), "{expression}");
        }
    }

    #[test]
    fn what_deployment_decides_has_a_reason() {
        for (expression, why) in [
            ("!Ref Stage", "parameter `Stage` has no default @ !Ref Stage"),
            ("!Ref Stored", "parameter `Stored` is read from a store at deployment @ !Ref Stored"),
            ("!Ref AWS::Region", "`AWS::Region` is known at deployment only @ !Ref AWS::Region"),
            ("!Sub '${Stage}-x'", "parameter `Stage` has no default @ !Sub '${Stage}-x'"),
            ("!Sub '${Authorizer.Id}'", "`Authorizer.Id` is known at deployment only @ !Sub '${Authorizer.Id}'"),
            ("!If [Prod, 1, 2]", "condition `Prod` decides @ !If [Prod, 1, 2]"),
            ("!ImportValue x", "another stack exports this value @ !ImportValue x"),
            ("!Cidr x", "`Fn::Cidr` is not resolved here @ !Cidr x"),
        ] {
            assert_eq!(resolve(expression).unwrap_err(), why, "{expression}");
        }
    }

    #[test]
    fn substitutions_within_substitutions_stay_small() {
        let mut expression = "x".to_owned();
        for _ in 0..30 {
            expression = format!("!Sub ['${{a}}${{a}}${{a}}${{a}}', {{a: {expression}}}]");
        }
        assert!(resolve(&expression).unwrap_err().starts_with("the text is too long"));
    }
}
