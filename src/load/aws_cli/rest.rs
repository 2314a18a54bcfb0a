//! The outputs of `aws apigateway` of one folder, put together to REST APIs.

use crate::load::LoadError;
use crate::load::aws_cli::authorizer;
use crate::load::aws_cli::folder::Folder;
use crate::load::aws_cli::output::Kind;
use crate::load::aws_cli::output::Output;
use crate::load::definition::Definition;
use crate::load::definition_error::DefinitionError;
use crate::load::guards::Guards;
use crate::load::policy;
use crate::load::route_key;
use crate::load::scalar;
use crate::model::authorizer::ApiKind;
use crate::model::policy::Policy;
use crate::model::project::Api;
use crate::model::route::Guard;
use crate::model::route::Route;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Node;
use crate::syntax::excerpt::Excerpt;
use crate::syntax::json;

/// Adds the REST APIs of a folder: one for each `get-resources`, or one for all pages of a cut one.
pub(super) fn load(folder: &Folder<'_>, definition: &mut Definition) {
    for pages in folder.apis_of(Kind::Resources) {
        // Resources alone, without a method on any of them, answer no request.
        if !methods(&pages).is_empty() {
            let api = assemble(folder, &pages, definition);
            definition.apis.push(api);
        }
    }
}

fn assemble(folder: &Folder<'_>, pages: &[&Output], definition: &mut Definition) -> Api {
    let mut guards = Guards::default();
    let referred = referred(pages);
    for output in folder.of(Kind::RestAuthorizers) {
        let source = folder.sources.get(output.source);
        let ours = |id: &str| folder.is_only(Kind::Resources) || referred.iter().any(|other| other == id);
        let read = output.items.iter().filter_map(|item| Some((item, authorizer::rest(source, item)?)));
        for (item, read) in read.filter(|(_, read)| ours(&read.id)) {
            definition.ignored.extend(authorizer::in_vain(item, &read));
            guards.with(read);
        }
    }
    let mut routes = Vec::new();
    for (path, method) in methods(pages) {
        match route_key::of_path(&method.key.value, &path) {
            Ok(key) => {
                let guard = guard(&method.value, &mut guards);
                routes.push(Route { key: Spanned::new(key, method.key.span), guard });
            }
            Err(error) => {
                definition.errors.push(LoadError::Definition(DefinitionError::new(method.key.span, error)));
            }
        }
    }
    let described = folder.described(Kind::RestApis, |_| true, definition);
    let policy = described.and_then(|(output, api)| resource_policy(folder, output, api, definition));
    Api {
        kind: ApiKind::Rest,
        source: folder.name_of(pages),
        stages: folder.stages(Kind::RestStages, "stageName", Kind::Resources, definition),
        id: described.and_then(|(_, api)| api.get("id")).and_then(scalar::text),
        resource_policy: policy,
        cors: None,
        routes,
        authorizers: guards.authorizers,
    }
}

/// Every method with the path of its resource.
fn methods<'o>(pages: &[&'o Output]) -> Vec<(String, &'o Member)> {
    let resources = pages.iter().flat_map(|page| &page.items);
    let methods = resources.filter_map(|resource| {
        let path = resource.get("path").and_then(Node::as_str)?;
        let methods = resource.get("resourceMethods")?.members();
        Some(methods.iter().map(move |method| (path.to_owned(), method)))
    });
    methods.flatten().collect()
}

fn referred(pages: &[&Output]) -> Vec<String> {
    let methods = methods(pages);
    methods.iter().filter_map(|(_, method)| method.value.get("authorizerId").and_then(scalar::text)).collect()
}

/// <https://docs.aws.amazon.com/apigateway/latest/api/API_Method.html#apigw-Type-Method-authorizationType>
fn guard(method: &Node, guards: &mut Guards) -> Guard {
    let kind = method.get("authorizationType");
    match kind.and_then(Node::as_str).unwrap_or("NONE") {
        "NONE" => Guard::Open,
        "AWS_IAM" => guards.with_iam(kind.map_or(method.span, |kind| kind.span)),
        _ => match method.get("authorizerId").and_then(scalar::text) {
            Some(id) => guards.known(&id).unwrap_or_else(|| {
                Guard::Unknown(format!("the output of `aws apigateway get-authorizers` with `{id}` is not there"))
            }),
            None => Guard::Unknown("the method names no authorizer".to_owned()),
        },
    }
}

/// API Gateway hands a resource policy out as JSON in a string, with its quotes and slashes escaped once more.
fn resource_policy(folder: &Folder<'_>, output: &Output, api: &Node, definition: &mut Definition) -> Option<Policy> {
    let node = api.get("policy").filter(|node| node.as_str().is_some_and(|text| !text.is_empty()))?;
    let text = &folder.sources.get(output.source).text;
    let mut excerpt = Excerpt::unescaped(text, node.span);
    if excerpt.text().trim_start().starts_with("{\\") {
        excerpt = excerpt.unescape();
    }
    let read = json::parse_excerpt(&excerpt).map_err(LoadError::Syntax).map(|parsed| policy::embedded(&parsed.root));
    match read {
        Ok((policy, errors)) => {
            definition.errors.extend(errors);
            Some(policy)
        }
        Err(error) => {
            definition.errors.push(error);
            None
        }
    }
}
