//! Who guards a method or a route: `AuthorizationType` and `AuthorizerId`.

use crate::load::openapi;
use crate::load::reading::Reading;
use crate::load::template::Resource;
use crate::model::authorizer::Authorizer;
use crate::model::route::Guard;

/// Reads the guard; `authorizers` are those of the same API.
pub(super) fn read<'t>(reading: &mut Reading<'t>, resource: Resource<'t>, authorizers: &mut Vec<Authorizer>) -> Guard {
    let Some(node) = resource.get("AuthorizationType") else {
        // Without a type API Gateway looks at no authorizer.
        return Guard::Open;
    };
    let kind = match reading.resolver.text(node) {
        Ok(Some(kind)) => kind,
        Ok(None) => return Guard::Open,
        Err(found) => {
            reading.leave_open(format!("authorization of `{}`", resource.id.value), &found);
            return Guard::Unknown(found.why);
        }
    };
    match kind.value.as_str() {
        "NONE" => Guard::Open,
        "AWS_IAM" => openapi::signature(authorizers, kind.span),
        _ => by_authorizer(reading, resource, authorizers),
    }
}

fn by_authorizer<'t>(reading: &mut Reading<'t>, resource: Resource<'t>, authorizers: &[Authorizer]) -> Guard {
    let Some(node) = resource.get("AuthorizerId") else {
        return Guard::Unknown("it names no authorizer".to_owned());
    };
    let named = reading.resolver.resource_of(node);
    let position = named.and_then(|id| authorizers.iter().position(|authorizer| authorizer.id == id));
    if let Some(position) = position {
        return Guard::Authorizer(position);
    }
    let why = match (named, reading.resolver.text(node)) {
        (Some(id), _) => format!("`{id}` is no authorizer of this API that could be read"),
        (None, Err(found)) => {
            reading.leave_open(format!("authorizer of `{}`", resource.id.value), &found);
            found.why
        }
        (None, Ok(text)) => {
            format!("authorizer `{}` is not in this template", text.map(|text| text.value).unwrap_or_default())
        }
    };
    Guard::Unknown(why)
}
