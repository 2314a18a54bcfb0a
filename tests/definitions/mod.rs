//! What a definition was read as, as lines of text: every value with what stands in the file at its place.
#![allow(dead_code, unused_imports, clippy::allow_attributes, reason = "each test file uses its part")]
#![expect(clippy::unwrap_used, clippy::disallowed_methods, clippy::indexing_slicing, reason = "a test reads its files")]

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::load;
use authorizer_lint::load::Inclusion;
use authorizer_lint::load::Inputs;
use authorizer_lint::model::authorizer::Authorizer;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::route::Guard;
use authorizer_lint::model::route::Route;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;

/// A project and the files that it came from.
pub(crate) struct Loaded {
    pub(crate) sources: Sources,
    pub(crate) project: Project,
}

/// Every file below `fixtures/loaders/<case>`, as routes.
pub(crate) fn fixture(case: &str) -> Loaded {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loaders");
    folder(&root, &root.join(case))
}

/// Every file below a folder, named relative to `root`.
pub(crate) fn folder(root: &Path, folder: &Path) -> Loaded {
    let named = |path: &PathBuf| {
        let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(path).unwrap())
    };
    read(files(folder).iter().map(named))
}

/// The files of a folder and those below it, in order; a file is itself.
pub(crate) fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_file() {
        return vec![path.to_owned()];
    }
    let mut entries: Vec<PathBuf> = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries.iter().flat_map(|entry| files(entry)).collect()
}

/// Files given by name and text, all of them routes.
pub(crate) fn read(files: impl IntoIterator<Item = (impl Into<String>, impl Into<String>)>) -> Loaded {
    let mut sources = Sources::default();
    let all: Vec<_> = files.into_iter().map(|(name, text)| sources.add(name, text)).collect();
    let mut inclusions = Vec::new();
    for &from in &all {
        let folder = sources.get(from).name.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
        for path in load::references(&sources, from) {
            let name = format!("{folder}{}", path.trim_start_matches("./"));
            let found = all.iter().filter(|&&source| sources.get(source).name == name);
            inclusions.extend(found.map(|&source| Inclusion { from, path: path.clone(), source }));
        }
    }
    // A file that others refer to is a part of them, as it is on the command line.
    let routes = all.into_iter().filter(|id| inclusions.iter().all(|inclusion| inclusion.source != *id)).collect();
    let inputs = Inputs { routes, inclusions, ..Inputs::default() };
    let project = load::project(&sources, &inputs, Settings::default());
    Loaded { sources, project }
}

impl Loaded {
    /// What stands at a place: its first line.
    pub(crate) fn at(&self, span: Span) -> &str {
        self.sources.slice(span).lines().next().unwrap_or_default()
    }

    /// Every API, its authorizers and its routes, a line each.
    pub(crate) fn apis(&self) -> Vec<String> {
        self.project.apis.iter().flat_map(|api| self.api(api)).collect()
    }

    fn api(&self, api: &Api) -> Vec<String> {
        let stages: Vec<_> =
            api.stages.iter().map(|stage| format!("{} @ {}", stage.value, self.at(stage.span))).collect();
        let id = api.id.as_deref().unwrap_or("?");
        let policy = if api.resource_policy.is_some() { " with a resource policy" } else { "" };
        let mut lines = vec![format!("{} {id} [{}] of {}{policy}", api.kind.name(), stages.join(", "), api.source)];
        lines.extend(api.authorizers.iter().map(|authorizer| self.authorizer(authorizer)));
        lines.extend(api.routes.iter().map(|route| self.route(api, route)));
        lines
    }

    /// `name (id) kind ttl origin @ place; sources origin @ places`.
    fn authorizer(&self, authorizer: &Authorizer) -> String {
        let ttl = match authorizer.ttl.get() {
            Ttl::Seconds(seconds) => seconds.to_string(),
            Ttl::Unknown => "?".to_owned(),
            Ttl::Unusable(text) => format!("unusable {text:?}"),
        };
        let sources = &authorizer.identity_sources;
        let each: Vec<_> = sources.get().iter().map(|one| format!("{} @ {}", one.value, self.at(one.span))).collect();
        let mut line = format!(
            "  {} @ {} ({}) {} {ttl} {} @ {}; {} [{}]",
            authorizer.name.value,
            self.at(authorizer.name.span),
            authorizer.id,
            authorizer.kind.name(),
            authorizer.ttl.origin(),
            self.at(authorizer.ttl.span().unwrap()),
            sources.origin(),
            each.join(", "),
        );
        if let Some(payload) = &authorizer.payload {
            let _ = write!(line, "; payload {} @ {}", payload.value, self.at(payload.span));
        }
        if authorizer.simple_responses == Some(true) {
            line += "; simple";
        }
        line
    }

    fn route(&self, api: &Api, route: &Route) -> String {
        let guard = match &route.guard {
            Guard::Open => "open".to_owned(),
            Guard::Authorizer(index) => api.authorizers[*index].name.value.clone(),
            Guard::Unknown(why) => format!("? {why}"),
        };
        format!("  {} -> {guard} @ {}", route.key.value, self.at(route.key.span))
    }

    /// What is left to deployment, as `what: why @ place`.
    pub(crate) fn unknown(&self) -> Vec<String> {
        let unknown = self.project.unknown.iter();
        unknown.map(|found| format!("{}: {} @ {}", found.what, found.why, self.at(found.span))).collect()
    }

    /// Checks that every place is in its file, on characters.
    pub(crate) fn check_places(&self) {
        let project = &self.project;
        let routes = project.apis.iter().flat_map(|api| &api.routes).map(|route| route.key.span);
        let authorizers = project.apis.iter().flat_map(|api| &api.authorizers);
        let settings = authorizers.flat_map(|found| {
            let sources = found.identity_sources.get().iter().map(|source| source.span);
            sources.chain([found.name.span]).chain(found.ttl.span()).collect::<Vec<_>>()
        });
        let notes = project.unknown.iter().map(|found| found.span);
        let ignored = project.ignored.iter().map(|found| found.key.span);
        let notes = notes.chain(ignored).chain(project.apis.iter().filter_map(|api| api.cors));
        let errors = project.unreadable.iter().map(|found| found.span);
        for span in routes.chain(settings).chain(notes).chain(errors) {
            let text = &self.sources.get(span.source).text;
            assert!(text.get(span.start as usize..span.end as usize).is_some(), "{span:?} in {text}");
        }
    }

    /// What can't be read, as `file:line:column message`.
    pub(crate) fn unreadable(&self) -> Vec<String> {
        let show = |span: Span, message: &str| {
            let source = self.sources.get(span.source);
            let position = source.position(span.start);
            format!("{}:{}:{} {message}", source.name, position.line, position.column)
        };
        self.project.unreadable.iter().map(|found| show(found.span, &found.message)).collect()
    }
}

/// The directory of real files, where this checkout has one near it.
pub(crate) fn corpus() -> Option<PathBuf> {
    let mut ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.find_map(|folder| Some(folder.join("shared/corpus")).filter(|folder| folder.is_dir()))
}
