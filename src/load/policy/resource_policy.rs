//! The resource policy of a REST API, given as a file of its own.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-resource-policies.html>

use crate::load::LoadError;
use crate::load::policy::document;
use crate::load::policy::document::Owner;
use crate::load::policy::element::find_duplicates;
use crate::load::policy::element::opening;
use crate::model::policy::Policy;
use crate::model::project::Document;
use crate::model::response::Defect;
use crate::model::response::DefectKind;
use crate::source::Source;
use crate::source::SourceId;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Recovery;
use crate::syntax::json;

/// A resource policy and what came with reading it.
#[derive(Clone, Debug, PartialEq)]
pub struct ResourcePolicy {
    /// The policy. A statement for some principals only is conditional.
    pub policy: Policy,
    /// The tree.
    pub document: Document,
    /// What the parser read past.
    pub recovered: Vec<Spanned<Recovery>>,
    /// The statements and patterns that could not be read.
    pub errors: Vec<LoadError>,
}

/// Reads a policy document whose statements name principals.
///
/// # Errors
/// Where the file is not JSON, or holds no policy document.
pub fn load(id: SourceId, source: &Source) -> Result<ResourcePolicy, LoadError> {
    let parsed = json::parse(id, &source.text).map_err(LoadError::Syntax)?;
    if parsed.root.get("Statement").is_none() {
        return Err(LoadError::NoPolicyDocument(opening(&parsed.root)));
    }
    let (policy, errors) = embedded(&parsed.root);
    Ok(ResourcePolicy {
        policy,
        document: Document { source: id, prefix: String::new(), root: parsed.root },
        recovered: parsed.recovered,
        errors,
    })
}

/// Reads the policy document that stands inside a definition, and what of it can't be read.
pub(in crate::load) fn embedded(root: &Node) -> (Policy, Vec<LoadError>) {
    let mut defects = Vec::new();
    find_duplicates(root, &mut defects);
    let policy = document::read(root, Owner::Api, &mut defects);
    (policy, defects.into_iter().filter_map(refusal).collect())
}

/// What changes the meaning of a resource policy must not pass in silence; whether it is well-formed otherwise is for AWS to say.
fn refusal(defect: Defect) -> Option<LoadError> {
    match defect.kind {
        DefectKind::MissingElement("Version") => None,
        DefectKind::MissingElement(_)
        | DefectKind::DuplicateElement(_)
        | DefectKind::WrongType { .. }
        | DefectKind::InvalidEffect(_) => Some(LoadError::ResourcePolicy(defect)),
        _ => None,
    }
}
