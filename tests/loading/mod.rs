//! Loads fixtures and shows the models as text, with what stands in the file at every reported place.
#![allow(dead_code, clippy::allow_attributes, reason = "each test file uses its part")]

use std::fmt::Write;
use std::fs;
use std::path::Path;

use authorizer_lint::load;
use authorizer_lint::load::Inclusion;
use authorizer_lint::load::Inputs;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::authorizer::Setting;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::route::Guard;
use authorizer_lint::source::SourceId;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;

/// A definition with the files that it refers to.
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    pub(crate) project: Project,
}

/// Loads a file as the command line does.
pub(crate) fn load_file(path: &Path) -> Loaded {
    let mut sources = Sources::default();
    let text = fs::read_to_string(path).unwrap();
    let source = sources.add(path.file_name().unwrap().to_str().unwrap(), text);
    load_source(sources, source, path.parent())
}

/// Loads a source with the files that it refers to, from the folder that it is in, if it is in one.
pub(crate) fn load_source(mut sources: Sources, source: SourceId, folder: Option<&Path>) -> Loaded {
    let mut inclusions = Vec::new();
    for name in load::references(&sources, source) {
        if let Some(Ok(text)) = folder.map(|folder| fs::read_to_string(folder.join(&name))) {
            let included = sources.add(&*name, text);
            inclusions.push(Inclusion { from: source, path: name, source: included });
        }
    }
    let inputs = Inputs { routes: vec![source], inclusions, ..Inputs::default() };
    let project = load::project(&sources, &inputs, Settings::default());
    Loaded { sources, project }
}

impl Loaded {
    /// What two spellings of the same API have to agree on: who guards what, and what a response is cached by. Names and places aside.
    pub(crate) fn essence(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for api in &self.project.apis {
            let kind = api.kind.name();
            for route in &api.routes {
                let guard = match &route.guard {
                    Guard::Open => "-",
                    Guard::Unknown(_) => "?",
                    Guard::Authorizer(position) => match &api.authorizers[*position] {
                        signed if signed.kind.name() == "iam" => "iam",
                        other => &other.id,
                    },
                };
                lines.push(format!("{kind} {} {guard}", route.key.value));
            }
            for authorizer in api.authorizers.iter().filter(|authorizer| authorizer.kind.is_lambda()) {
                let sources = authorizer.identity_sources.get().iter().map(|source| source.value.as_str());
                // The expected outputs of the transform's own tests have their lists sorted.
                let mut sources: Vec<_> = sources.collect();
                sources.sort_unstable();
                let payload = authorizer.payload.as_ref().map(|payload| payload.value.as_str());
                lines.push(format!("{kind} {} {:?} {sources:?} {payload:?}", authorizer.id, authorizer.ttl.get()));
            }
        }
        lines.sort();
        lines
    }

    /// The model, a line for each API, authorizer, route and unknown value; `@` is what stands at the place.
    pub(crate) fn model(&self) -> String {
        let mut out = String::new();
        for api in &self.project.apis {
            self.api(api, &mut out).unwrap();
        }
        for unknown in &self.project.unknown {
            writeln!(out, "? {}: {} @ {}", unknown.what, unknown.why, self.at(unknown.span)).unwrap();
        }
        for part in &self.project.unreadable {
            writeln!(out, "! {} @ {}", part.message, self.at(part.span)).unwrap();
        }
        out
    }

    /// What stands at a place; of several lines the first.
    pub(crate) fn at(&self, span: Span) -> &str {
        self.sources.slice(span).lines().next().unwrap_or_default()
    }

    fn api(&self, api: &Api, out: &mut String) -> std::fmt::Result {
        write!(out, "{} {}", api.kind.name(), api.source)?;
        for stage in &api.stages {
            write!(out, " stage {} @ {}", stage.value, self.at(stage.span))?;
        }
        if let Some(id) = &api.id {
            write!(out, " id {id}")?;
        }
        if let Some(policy) = &api.resource_policy {
            let conditional = policy.statements.iter().filter(|statement| statement.condition.is_some()).count();
            write!(out, " policy {} conditional {conditional}", policy.statements.len())?;
        }
        writeln!(out)?;
        for authorizer in &api.authorizers {
            self.authorizer(authorizer, out)?;
        }
        for route in &api.routes {
            let guard = match &route.guard {
                Guard::Open => "-".to_owned(),
                Guard::Authorizer(position) => api.authorizers[*position].id.clone(),
                Guard::Unknown(why) => format!("? {why}"),
            };
            writeln!(out, "  {} -> {guard} @ {}", route.key.value, self.at(route.key.span))?;
        }
        Ok(())
    }

    fn authorizer(&self, authorizer: &Authorizer, out: &mut String) -> std::fmt::Result {
        let Authorizer { id, name, kind, ttl, identity_sources, payload, simple_responses } = authorizer;
        write!(out, "  [{id}] {} @ {} {}", name.value, self.at(name.span), kind.name())?;
        let seconds = match ttl.get() {
            Ttl::Seconds(seconds) => seconds.to_string(),
            Ttl::Unknown => "unknown".to_owned(),
            Ttl::Unusable(text) => format!("unusable {text:?}"),
        };
        write!(out, " ttl {seconds} ({}) @ {}", ttl.origin(), self.at(ttl.span().unwrap()))?;
        if let Some(payload) = payload {
            write!(out, " payload {} @ {}", payload.value, self.at(payload.span))?;
        }
        write!(out, "{}", if *simple_responses == Some(true) { " simple" } else { "" })?;
        match identity_sources {
            Setting::Written(sources) => {
                for source in &sources.value {
                    write!(out, " <{} @ {}>", source.value, self.at(source.span))?;
                }
            }
            other => write!(out, " {} sources ({})", other.get().len(), other.origin())?,
        }
        writeln!(out)
    }
}
