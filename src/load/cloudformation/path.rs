//! The path of a REST resource: the path parts from the root down.

use crate::load::template::Resolver;
use crate::load::template::Unresolved;
use crate::syntax::Node;

/// Why a path is not known.
#[derive(Debug)]
pub(super) enum PathError {
    /// Deployment decides a part of it, or another stack does.
    Unresolved(Unresolved),
    /// A resource is its own ancestor.
    Loop,
}

/// More than any path has; an ARN holds 1600 bytes.
const MOST_PARTS: usize = 800;

/// The path that a `ResourceId` stands for.
pub(super) fn path<'t>(resolver: &Resolver<'t>, node: &'t Node) -> Result<String, PathError> {
    let mut parts = Vec::new();
    let mut at = node;
    loop {
        let elsewhere = || {
            let why = match resolver.text(at) {
                Err(found) => found.why,
                Ok(_) => "it hangs on a resource that is not in this template".to_owned(),
            };
            PathError::Unresolved(Unresolved { why, span: at.span })
        };
        let id = resolver.resource_of(at).ok_or_else(elsewhere)?;
        let found = resolver.resource(id).ok_or_else(elsewhere)?;
        if found.kind != "AWS::ApiGateway::Resource" {
            break;
        }
        if parts.len() > MOST_PARTS {
            return Err(PathError::Loop);
        }
        let part = found.get("PathPart").ok_or_else(elsewhere)?;
        let part = resolver.text(part).map_err(PathError::Unresolved)?;
        parts.push(part.map(|part| part.value).unwrap_or_default());
        match found.get("ParentId") {
            Some(parent) => at = parent,
            None => break,
        }
    }
    parts.reverse();
    Ok(format!("/{}", parts.join("/")))
}
