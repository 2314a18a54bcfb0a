//! The matrix for other programs, every outcome with the shortest request that shows it.

use std::io;
use std::io::Write;

use serde::Serialize;
use serde::Serializer;
use serde::ser::SerializeMap as _;

use crate::analysis::Facts;
use crate::analysis::PolicyFacts;
use crate::analysis::RouteView;
use crate::analysis::ScopeView;
use crate::analysis::View;
use crate::finding::OutcomeName;
use crate::model::deployment::Component;
use crate::model::deployment::Origin;
use crate::model::route::Request;
use crate::report::json::pretty;

/// Writes the matrix.
///
/// # Errors
/// What `out` reports.
pub fn write(facts: &Facts<'_>, out: &mut dyn Write) -> io::Result<()> {
    let views = |policy| views(facts, policy);
    let document = Document { schema_version: 1, policies: facts.policies.iter().flat_map(views).collect() };
    pretty(&document, out)
}

#[derive(Serialize)]
struct Document<'f> {
    schema_version: u32,
    policies: Vec<PolicyJson<'f>>,
}

#[derive(Serialize)]
struct PolicyJson<'f> {
    file: String,
    pointer: String,
    authorizer: String,
    deployment: DeploymentJson,
    scopes: Vec<ScopeJson<'f>>,
}

#[derive(Serialize)]
struct DeploymentJson {
    partition: Option<String>,
    region: Option<String>,
    account: Option<String>,
    api: Option<String>,
    stage: Option<String>,
    inferred: Vec<&'static str>,
}

#[derive(Serialize)]
struct ScopeJson<'f> {
    key: String,
    shared: bool,
    answers: bool,
    routes: Vec<RouteJson<'f>>,
}

#[derive(Serialize)]
struct RouteJson<'f> {
    method: Option<&'static str>,
    path: String,
    #[serde(serialize_with = "by_name")]
    outcomes: &'f [(OutcomeName, Request)],
    conditional: bool,
    undecided: bool,
    forgotten: Option<String>,
    status: &'static str,
}

fn views<'f>(facts: &'f Facts<'_>, of: &'f PolicyFacts<'_>) -> impl Iterator<Item = PolicyJson<'f>> {
    of.views.iter().map(move |view| policy(facts, of, view))
}

fn policy<'f>(facts: &Facts<'_>, of: &PolicyFacts<'_>, view: &'f View<'_>) -> PolicyJson<'f> {
    let span = of.response.span;
    PolicyJson {
        file: facts.sources.get(span.source).name.clone(),
        pointer: facts.project.pointer(span),
        authorizer: view.authorizer.name.value.clone(),
        deployment: deployment(view),
        scopes: view.scopes.iter().map(scope).collect(),
    }
}

fn deployment(view: &View<'_>) -> DeploymentJson {
    let stated = |component: &Component| (component.origin != Origin::Fresh).then(|| component.value.clone());
    let is_inferred = |(_, component): &(&str, &Component)| component.origin == Origin::Inferred;
    let deployment = &view.deployment;
    let inferred = deployment.components().into_iter().filter(is_inferred);
    DeploymentJson {
        partition: stated(&deployment.partition),
        region: stated(&deployment.region),
        account: stated(&deployment.account),
        api: stated(&deployment.api),
        stage: stated(&deployment.stage),
        inferred: inferred.map(|(name, _)| name).collect(),
    }
}

fn scope<'f>(scope: &'f ScopeView<'_>) -> ScopeJson<'f> {
    ScopeJson {
        key: scope.key.clone(),
        shared: scope.shared,
        answers: scope.answers,
        routes: scope.routes.iter().map(route).collect(),
    }
}

fn route<'f>(view: &'f RouteView<'_>) -> RouteJson<'f> {
    let key = &view.route.key.value;
    RouteJson {
        method: view.method,
        path: key.path(),
        outcomes: &view.outcomes,
        conditional: view.conditional,
        undecided: view.undecided,
        forgotten: view.forgotten.as_ref().map(ToString::to_string),
        status: view.status.name(),
    }
}

fn by_name<S: Serializer>(outcomes: &&[(OutcomeName, Request)], serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(outcomes.len()))?;
    for (outcome, request) in *outcomes {
        map.serialize_entry(outcome.name(), &request.to_string())?;
    }
    map.end()
}
