//! Instances to APIs: which API each resource is of, and what stands beside its routes.

use crate::load::LoadError;
use crate::load::definition::Definition;
use crate::load::embedded_policy;
use crate::load::guards::Guards;
use crate::load::openapi;
use crate::load::reading::Reading;
use crate::load::template::Resolver;
use crate::load::terraform::authorizer::spanned;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::instance::Collected;
use crate::load::terraform::instance::Instance;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::policy::Policy;
use crate::model::project::Unknown;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::source::Sources;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::SyntaxError;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::json;
use crate::syntax::yaml;

/// The API that a resource is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// One that is declared here, by its address.
    Here(String),
    /// One that is declared elsewhere, by what refers to it.
    Elsewhere(String),
}

/// What is put together, and into what.
pub(super) struct Assembly<'c> {
    /// All files.
    pub(super) sources: &'c Sources,
    /// All instances.
    pub(super) collected: &'c Collected,
    /// Where the result goes.
    pub(super) definition: Definition,
}

impl<'c> Assembly<'c> {
    /// The API that an argument names, among APIs of these types.
    pub(super) fn owner(&self, instance: &Instance, argument: &str, kinds: &[&str]) -> Owner {
        let term = instance.get(argument);
        if let Ok(api) = self.collected.target(term, kinds) {
            return Owner::Here(api.address.to_string());
        }
        let written = term.and_then(Term::text).or_else(|| Some(self.sources.slice(term?.span).to_owned()));
        Owner::Elsewhere(written.unwrap_or_default())
    }

    /// The instances of a type that are of an API.
    pub(super) fn of_api(&self, owner: &Owner, kind: &'c str, argument: &str, kinds: &[&str]) -> Vec<&'c Instance> {
        let all = self.collected.of(kind);
        all.filter(|instance| self.owner(instance, argument, kinds) == *owner).collect()
    }

    /// The APIs of some resources, in the order in which they are met: those declared here first.
    pub(super) fn owners(&self, declared: &str, members: &[(&'c str, &str)], kinds: &[&str]) -> Vec<Owner> {
        let here = self.collected.of(declared);
        let mut owners: Vec<Owner> = here.map(|api| Owner::Here(api.address.to_string())).collect();
        for (kind, argument) in members {
            for instance in self.collected.of(kind) {
                let owner = self.owner(instance, argument, kinds);
                if !owners.contains(&owner) {
                    owners.push(owner);
                }
            }
        }
        owners
    }

    /// Names of stages; one that deployment decides is noted.
    pub(super) fn stages(&mut self, instances: &[&Instance], argument: &str) -> Vec<Spanned<String>> {
        let mut stages: Vec<Spanned<String>> = Vec::new();
        for term in instances.iter().filter_map(|instance| instance.get(argument)) {
            match spanned(term) {
                Some(stage) if stages.iter().any(|known| known.value == stage.value) => {}
                Some(stage) => stages.push(stage),
                None => self.leave_open("stage".to_owned(), term),
            }
        }
        stages
    }

    /// Notes what deployment decides.
    pub(super) fn leave_open(&mut self, what: String, term: &Term) {
        let found = Unknown { what, why: reason(term).to_string(), span: term.span };
        if !self.definition.unknown.contains(&found) {
            self.definition.unknown.push(found);
        }
    }

    /// Notes every authorizer without a route that an output gives to others, whose routes are not known.
    pub(super) fn note_handed_on(&mut self, routes: &[Route], authorizers: &[Authorizer]) {
        let is_used = |at: usize| routes.iter().any(|route| route.guard == Guard::Authorizer(at));
        for (_, authorizer) in (0..).zip(authorizers).filter(|(at, _)| !is_used(*at)) {
            let is_given = |term: &&Term| match &term.kind {
                Kind::Attribute(address, _) | Kind::Resource(address) => **address == *authorizer.id,
                _ => false,
            };
            if let Some(output) = self.collected.outputs.iter().find(is_given) {
                self.definition.unknown.push(Unknown {
                    what: format!("routes behind `{}`", authorizer.name.value),
                    why: "an output gives it to others".to_owned(),
                    span: output.span,
                });
            }
        }
    }

    /// What an OpenAPI document says that an API was given as its body; the authorizers become those of `guards`.
    pub(super) fn body(&mut self, kind: ApiKind, api: &Instance, guards: &mut Guards) -> Option<openapi::Body> {
        let term = api.get("body")?;
        let Some(tree) = self.tree(term) else {
            self.leave_open(format!("routes in the body of `{}`", api.address), term);
            return None;
        };
        let root = self.or_error(tree)?;
        let mut reading = Reading::new(Resolver::default());
        let mut body = openapi::read(&mut reading, kind, &root, std::mem::take(&mut guards.authorizers));
        guards.authorizers = std::mem::take(&mut body.authorizers);
        self.definition.unknown.extend(reading.unknown);
        self.definition.ignored.extend(reading.ignored);
        self.definition.errors.extend(reading.errors);
        Some(body)
    }

    /// A resource policy; one that can't be told is noted.
    pub(super) fn policy(&mut self, term: &Term) -> Option<Policy> {
        let Some(tree) = self.tree(term) else {
            self.leave_open("resource policy".to_owned(), term);
            return None;
        };
        let root = self.or_error(tree)?;
        let mut reading = Reading::new(Resolver::default());
        let policy = embedded_policy::read(&mut reading, &root);
        self.definition.unknown.extend(reading.unknown);
        self.definition.errors.extend(reading.errors);
        policy
    }

    /// JSON or YAML that a term is the text of; nothing where the term is not known at all.
    fn tree(&self, term: &Term) -> Option<Result<Node, SyntaxError>> {
        match &term.kind {
            Kind::Json(inner) => Some(Ok(inner.node(self.sources))),
            Kind::Text(pieces) => {
                let pieces = pieces.iter().map(|piece| (piece.text.as_str(), piece.span));
                let excerpt = Excerpt::pieced(self.sources, term.span, pieces);
                Some(match json::parse_excerpt(&excerpt) {
                    Ok(parsed) => Ok(parsed.root),
                    Err(error) if excerpt.text().trim_start().starts_with('{') => Err(error),
                    Err(error) => {
                        yaml::parse_excerpt(&excerpt).and_then(|documents| documents.into_iter().next().ok_or(error))
                    }
                })
            }
            _ => None,
        }
    }

    fn or_error(&mut self, tree: Result<Node, SyntaxError>) -> Option<Node> {
        tree.map_err(|error| self.definition.errors.push(LoadError::Syntax(error))).ok()
    }
}
