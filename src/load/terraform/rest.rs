//! `aws_api_gateway_*`: REST APIs, their resource trees and methods.

use std::rc::Rc;

use crate::load::LoadError;
use crate::load::definition_error::DefinitionError;
use crate::load::guards::Guards;
use crate::load::openapi::Body;
use crate::load::openapi::Operation;
use crate::load::route_key;
use crate::load::terraform::api::Assembly;
use crate::load::terraform::api::Owner;
use crate::load::terraform::authorizer;
use crate::load::terraform::evaluate::reason;
use crate::load::terraform::instance::Instance;
use crate::load::terraform::term::Kind;
use crate::load::terraform::term::Term;
use crate::model::authorizer::ApiKind;
use crate::model::project::Api;
use crate::model::project::Unknown;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::source::Spanned;

const APIS: [&str; 2] = ["aws_api_gateway_rest_api", "data.aws_api_gateway_rest_api"];
const RESOURCES: [&str; 2] = ["aws_api_gateway_resource", "data.aws_api_gateway_resource"];
const AUTHORIZER: &str = "aws_api_gateway_authorizer";
const METHOD: &str = "aws_api_gateway_method";

/// Adds the REST APIs: those declared, and those that methods or authorizers refer to.
pub(super) fn assemble(assembly: &mut Assembly<'_>) {
    let members = [(METHOD, "rest_api_id"), (AUTHORIZER, "rest_api_id")];
    for owner in assembly.owners("aws_api_gateway_rest_api", &members, &APIS) {
        let api = api(assembly, &owner);
        assembly.definition.apis.extend(api);
    }
}

fn api(assembly: &mut Assembly<'_>, owner: &Owner) -> Option<Api> {
    let mut guards = Guards::default();
    for instance in assembly.of_api(owner, AUTHORIZER, "rest_api_id", &APIS) {
        let read = authorizer::rest(assembly.sources, instance, &mut assembly.definition.unknown);
        assembly.definition.ignored.extend(authorizer::in_vain(instance, &read));
        guards.with(read);
    }
    let declared =
        assembly.collected.instances.iter().find(|instance| *owner == Owner::Here(instance.address.to_string()));
    let body = declared.and_then(|api| assembly.body(ApiKind::Rest, api, &mut guards));
    let Body { routes, resource_policy: mut policy, .. } = body.unwrap_or_else(|| Body::only(Vec::new()));
    let mut routes: Vec<Route> = routes.into_iter().map(Operation::into_route).collect();
    let methods = assembly.of_api(owner, METHOD, "rest_api_id", &APIS);
    routes.extend(methods.iter().filter_map(|method| route(assembly, method, &mut guards)));
    assembly.note_handed_on(&routes, &guards.authorizers);
    let place = declared.or(methods.first().copied())?.place;
    if let Some(term) = declared.and_then(|api| api.get("policy")) {
        policy = assembly.policy(term);
    }
    for attached in assembly.of_api(owner, "aws_api_gateway_rest_api_policy", "rest_api_id", &APIS) {
        policy = attached.get("policy").and_then(|term| assembly.policy(term));
    }
    let mut stages = assembly.of_api(owner, "aws_api_gateway_stage", "rest_api_id", &APIS);
    stages.extend(assembly.of_api(owner, "aws_api_gateway_deployment", "rest_api_id", &APIS));
    let id = match owner {
        Owner::Here(_) => declared.and_then(|api| api.get("id")).and_then(Term::text),
        Owner::Elsewhere(_) => methods.first().and_then(|method| method.get("rest_api_id")).and_then(Term::text),
    };
    Some(Api {
        kind: ApiKind::Rest,
        source: assembly.sources.get(place.source).name.clone(),
        stages: assembly.stages(&stages, "stage_name"),
        id,
        resource_policy: policy,
        cors: None,
        routes,
        authorizers: guards.authorizers,
    })
}

fn route(assembly: &mut Assembly<'_>, method: &Instance, guards: &mut Guards) -> Option<Route> {
    let guard = guard(assembly, method, guards);
    let path = match path(assembly, method.get("resource_id"), 0) {
        Ok(path) => path,
        Err(why) => {
            let what = format!("path of `{}`", method.address);
            let span = method.get("resource_id").map_or(method.place, |term| term.span);
            assembly.definition.unknown.push(Unknown { what, why: why.to_string(), span });
            return None;
        }
    };
    let written = method.get("http_method");
    let Some(name) = written.and_then(Term::text) else {
        if let Some(term) = written {
            assembly.leave_open(format!("method of `{}`", method.address), term);
        }
        return None;
    };
    match route_key::of_path(&name, &path) {
        Ok(key) => Some(Route { key: Spanned::new(key, method.place), guard }),
        Err(problem) => {
            let error = DefinitionError::new(method.place, problem);
            assembly.definition.errors.push(LoadError::Definition(error));
            None
        }
    }
}

/// No tree of resources is deeper: a path has at most so many segments.
const DEEPEST: u32 = 60;

/// The path of a resource: its own part behind that of its parent.
fn path(assembly: &Assembly<'_>, term: Option<&Term>, depth: u32) -> Result<String, Rc<str>> {
    let is_root = |term: &Term| match &term.kind {
        Kind::Attribute(_, name) => &**name == "root_resource_id",
        Kind::Text(_) => {
            let mut apis = APIS.iter().flat_map(|kind| assembly.collected.of(kind));
            apis.any(|api| api.get("root_resource_id").and_then(Term::text) == term.text())
        }
        _ => false,
    };
    if term.is_some_and(is_root) {
        return Ok("/".to_owned());
    }
    let resource = assembly.collected.target(term, &RESOURCES)?;
    if let Some(path) = resource.get("path").and_then(Term::text) {
        return Ok(path);
    }
    if depth >= DEEPEST {
        return Err(format!("`{}` lies below itself", resource.address).into());
    }
    let parent = path(assembly, resource.get("parent_id"), depth + 1)?;
    let part = resource.get("path_part").ok_or("it has no `path_part`")?;
    let text = part.text().ok_or_else(|| reason(part))?;
    Ok(format!("{}/{text}", parent.trim_end_matches('/')))
}

/// <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/api_gateway_method>
fn guard(assembly: &mut Assembly<'_>, method: &Instance, guards: &mut Guards) -> Guard {
    let Some(authorization) = method.get("authorization") else {
        return Guard::Unknown("`authorization` is not set".to_owned());
    };
    match authorization.text().as_deref() {
        None => {
            assembly.leave_open(format!("authorizer of `{}`", method.address), authorization);
            Guard::Unknown(reason(authorization).to_string())
        }
        Some("NONE") => Guard::Open,
        Some("AWS_IAM") => guards.with_iam(authorization.span),
        Some(_) => match assembly.collected.target(method.get("authorizer_id"), &[AUTHORIZER]) {
            Ok(found) => guards.known(&found.address).unwrap_or_else(|| {
                guards.with(authorizer::rest(assembly.sources, found, &mut assembly.definition.unknown))
            }),
            Err(why) => {
                let span = method.get("authorizer_id").map_or(method.place, |term| term.span);
                let what = format!("authorizer of `{}`", method.address);
                assembly.definition.unknown.push(Unknown { what, why: why.to_string(), span });
                Guard::Unknown(why.to_string())
            }
        },
    }
}
