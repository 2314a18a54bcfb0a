//! The resources of API Gateway that a configuration, plan or state holds, each instance for itself, and how they refer to each other.

use std::rc::Rc;

use crate::load::terraform::evaluate::Scope;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::module::Instances;
use crate::load::terraform::module::Module;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::model::project::Unknown;
use crate::source::Span;
use crate::syntax::hcl::Block;

/// One instance of a resource or data source.
#[derive(Debug)]
pub(super) struct Instance {
    /// Its address, as Terraform shows it.
    pub(super) address: Rc<str>,
    /// Its type, with `data.` before that of a data source.
    pub(super) kind: String,
    /// Where it is declared.
    pub(super) place: Span,
    /// Its arguments, as far as they matter here.
    pub(super) arguments: Vec<(String, Term)>,
    /// Whether it stands for every instance of its block, because nobody knows their keys.
    pub(super) any_key: bool,
}

/// All instances, and what could not be told on the way.
#[derive(Debug, Default)]
pub(super) struct Collected {
    /// The instances, in the order of the source.
    pub(super) instances: Vec<Instance>,
    /// What the outputs of the configuration give to others.
    pub(super) outputs: Vec<Term>,
    /// What deployment decides.
    pub(super) unknown: Vec<Unknown>,
}

impl Instance {
    /// An argument that is set.
    pub(super) fn get(&self, name: &str) -> Option<&Term> {
        self.arguments.iter().find(|(known, _)| known == name).map(|(_, term)| term).filter(|term| !term.is_null())
    }

    /// The name within its type, for people: `users` of `aws_api_gateway_method.users`.
    pub(super) fn label(&self) -> &str {
        self.address.rsplit('.').next().unwrap_or_default()
    }
}

impl Collected {
    /// The instance of one of these types that a reference or an id means; else why there is none.
    pub(super) fn target(&self, term: Option<&Term>, kinds: &[&str]) -> Result<&Instance, Rc<str>> {
        let term = term.ok_or("it is not set")?;
        let is_meant = |instance: &&Instance| kinds.contains(&&*instance.kind);
        match &term.kind {
            Kind::Attribute(address, _) | Kind::Resource(address) => {
                let found = self.instances.iter().filter(is_meant).find(|instance| instance.has_address(address));
                found.ok_or_else(|| format!("`{address}` is not among the files").into())
            }
            Kind::Text(_) => {
                let id = term.text().ok_or_else(|| reason(term))?;
                let has_id = |instance: &&Instance| instance.get("id").and_then(Term::text).as_ref() == Some(&id);
                let found = self.instances.iter().filter(is_meant).find(has_id);
                found.ok_or_else(|| format!("nothing here has the id `{id}`").into())
            }
            _ => Err(reason(term)),
        }
    }

    /// The instances of a type.
    pub(super) fn of<'c>(&'c self, kind: &'c str) -> impl Iterator<Item = &'c Instance> {
        self.instances.iter().filter(move |instance| instance.kind == kind)
    }

    /// Takes in the resources of a module and of the modules that it calls.
    pub(super) fn collect(&mut self, module: &Module<'_>) {
        for block in &module.folder.body.blocks {
            match (block.kind.as_str(), &block.labels[..]) {
                ("resource" | "data", [kind, name]) => {
                    let prefix = if block.kind == "data" { "data." } else { "" };
                    let kind = format!("{prefix}{}", kind.value);
                    if KINDS.contains(&&*kind) {
                        let base = format!("{}{kind}.{}", module.path, name.value);
                        self.collect_block(module, block, &kind, &base);
                    }
                }
                ("module", [_]) => self.collect_call(module, block),
                // Those of a module that is called go to its caller, which is read too.
                ("output", [_]) if module.path.is_empty() => {
                    let scope = Scope { module, names: Vec::new() };
                    let value = block.body.attribute("value");
                    self.outputs.extend(value.map(|attribute| scope.evaluate(&attribute.value)));
                }
                _ => {}
            }
        }
    }

    fn collect_block(&mut self, module: &Module<'_>, block: &Block, kind: &str, base: &str) {
        let instance = |key: &str, names, any_key| {
            let scope = Scope { module, names };
            let wanted = block.body.attributes.iter().filter(|attribute| ARGUMENTS.contains(&&*attribute.key.value));
            let arguments = wanted.map(|attribute| (attribute.key.value.clone(), scope.evaluate(&attribute.value)));
            // Of the blocks inside, only that one matters, and only that it is there.
            let blocks = block.body.blocks.iter().filter(|inner| inner.kind == "cors_configuration");
            let blocks =
                blocks.map(|inner| (inner.kind.clone(), Term { span: inner.header, kind: Kind::Object(Vec::new()) }));
            let arguments = arguments.chain(blocks).collect();
            let address = format!("{base}{key}").into();
            Instance { address, kind: kind.to_owned(), place: block.header, arguments, any_key }
        };
        match module.instances(block) {
            Instances::One => self.instances.push(instance("", Vec::new(), false)),
            Instances::Each(each) => {
                self.instances.extend(each.into_iter().map(|(key, names)| instance(&key, names, false)));
            }
            // A route that may not be there is left out; what routes only refer to is taken as it is.
            Instances::Unknown(why) if ROUTES.contains(&kind) => {
                let what = format!("which routes `{base}` makes");
                self.unknown.push(Unknown { what, why: why.to_string(), span: block.header });
            }
            Instances::Unknown(why) => {
                let unknown = || Term::unknown(block.header, Rc::clone(&why));
                let names = ["each", "count"].map(|name| (name.to_owned(), unknown()));
                self.instances.push(instance("", names.to_vec(), true));
            }
        }
    }

    fn collect_call(&mut self, module: &Module<'_>, block: &Block) {
        let instances = match module.instances(block) {
            Instances::One => vec![(String::new(), Vec::new())],
            Instances::Each(each) => each,
            Instances::Unknown(why) => return self.leave_open(block, &why),
        };
        for (key, names) in instances {
            match module.called(block, &key, names) {
                Ok(called) => self.collect(&called),
                Err(why) => return self.leave_open(block, &why),
            }
        }
    }

    fn leave_open(&mut self, block: &Block, why: &str) {
        // A module that is told nothing about an API has no routes of one.
        let speaks_of_api =
            |name: &str| ["api", "route", "path", "authorizer", "gateway"].iter().any(|word| name.contains(word));
        if block.body.attributes.iter().any(|attribute| speaks_of_api(&attribute.key.value)) {
            let name = block.labels.first().map_or("", |label| label.value.as_str());
            let what = format!("what module `{name}` declares");
            self.unknown.push(Unknown { what, why: why.to_owned(), span: block.header });
        }
    }
}

impl Instance {
    fn has_address(&self, address: &str) -> bool {
        let rest = address.strip_prefix(&*self.address);
        rest.is_some_and(|rest| rest.is_empty() || self.any_key && rest.starts_with('['))
    }
}

/// The types that make routes.
const ROUTES: [&str; 2] = ["aws_api_gateway_method", "aws_apigatewayv2_route"];

/// The types that say something about an API.
pub(super) const KINDS: [&str; 14] = [
    "aws_api_gateway_rest_api",
    "data.aws_api_gateway_rest_api",
    "aws_api_gateway_resource",
    "data.aws_api_gateway_resource",
    "aws_api_gateway_method",
    "aws_api_gateway_authorizer",
    "aws_api_gateway_stage",
    "aws_api_gateway_deployment",
    "aws_api_gateway_rest_api_policy",
    "aws_apigatewayv2_api",
    "data.aws_apigatewayv2_api",
    "aws_apigatewayv2_route",
    "aws_apigatewayv2_authorizer",
    "aws_apigatewayv2_stage",
];

/// The arguments that matter.
pub(super) const ARGUMENTS: [&str; 30] = [
    "api_id",
    "authorization",
    "authorization_type",
    "authorizer_id",
    "authorizer_payload_format_version",
    "authorizer_result_ttl_in_seconds",
    "authorizer_type",
    "body",
    "cors_configuration",
    "enable_simple_responses",
    "http_method",
    "id",
    "identity_source",
    "identity_sources",
    "identity_validation_expression",
    "name",
    "parent_id",
    "path",
    "path_part",
    "policy",
    "protocol_type",
    "resource_id",
    "rest_api_id",
    "root_resource_id",
    "route_key",
    "route_selection_expression",
    "stage_name",
    "target",
    "type",
    "version",
];
