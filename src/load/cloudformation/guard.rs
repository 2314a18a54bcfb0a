//! Who guards a method or a route: `AuthorizationType` and `AuthorizerId`.

use std::collections::HashMap;

use crate::load::openapi;
use crate::load::reading::Reading;
use crate::load::template::Resource;
use crate::model::authorizer::Authorizer;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::model::route::RouteKey;

/// Adds the routes of resources. Resources under opposite conditions may stand for one route, whose guard is then not known where they differ.
pub(super) fn add_routes<'t>(routes: &mut Vec<Route>, read: impl Iterator<Item = (Resource<'t>, Route)>) {
    let mut under_conditions: HashMap<RouteKey, usize> = HashMap::new();
    for (resource, route) in read {
        if !resource.is_conditional {
            routes.push(route);
            continue;
        }
        let at = *under_conditions.entry(route.key.value.clone()).or_insert(routes.len());
        match routes.get_mut(at) {
            None => routes.push(route),
            Some(known) if known.guard == route.guard => {}
            Some(known) => known.guard = Guard::Unknown("a condition decides who guards it".to_owned()),
        }
    }
}

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
