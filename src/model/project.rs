//! Everything that was loaded: the input of the analysis.

use std::ops::Range;

use crate::model::authorizer::ApiKind;
use crate::model::authorizer::Authorizer;
use crate::model::authorizer::AuthorizerKind;
use crate::model::intent::Intent;
use crate::model::policy::Policy;
use crate::model::response::Response;
use crate::model::route::Route;
use crate::source::SourceId;
use crate::source::Span;
use crate::source::Spanned;
use crate::syntax::Node;
use crate::syntax::Recovery;

/// One API with its routes and authorizers.
#[derive(Clone, Debug, PartialEq)]
pub struct Api {
    /// REST, HTTP or WebSocket.
    pub kind: ApiKind,
    /// Where it was declared, for people: the file's name.
    pub source: String,
    /// Its stages, as far as they are stated.
    pub stages: Vec<Spanned<String>>,
    /// The API id, where it is stated.
    pub id: Option<String>,
    /// The resource policy of a REST API.
    pub resource_policy: Option<Policy>,
    /// Where cross-origin requests are switched on for the whole API.
    pub cors: Option<Span>,
    /// Its routes, in the order of the source.
    pub routes: Vec<Route>,
    /// Its authorizers, in the order of the source.
    pub authorizers: Vec<Authorizer>,
}

/// A setting that whoever reads the definition drops without a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoredSetting {
    /// Its key, as written.
    pub key: Spanned<String>,
    /// Where it stands, for people, to follow the key: "of authorizer `Tokens`".
    pub of: String,
    /// Why it has no effect.
    pub why: String,
    /// What to do.
    pub help: String,
    /// Whether all that is known says so.
    pub certainty: Certainty,
}

impl IgnoredSetting {
    /// Whether it was meant to put routes behind an authorizer.
    #[must_use]
    pub fn attaches(&self, authorizer: &Authorizer) -> bool {
        self.key.value == "security" && self.key.span.source == authorizer.name.span.source
    }
}

/// How sure a fact about a tool is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// The tool's own documentation or source says so.
    Documented,
    /// Documented, and contradicted by reports.
    Disputed,
}

/// What a definition leaves to deployment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// What is not known: `stage`, `path of GET /…`.
    pub what: String,
    /// Why.
    pub why: String,
    /// Where.
    pub span: Span,
}

/// The options, and the configuration, that say what the files leave open. Each replaces what a definition says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `--authorizer`: whose responses these are.
    pub authorizer: Option<String>,
    /// `--api`
    pub api: Option<ApiKind>,
    /// `--ttl`, in seconds.
    pub ttl: Option<u32>,
    /// `--identity-source`
    pub identity_sources: Vec<String>,
    /// `--partition`
    pub partition: Option<String>,
    /// `--region`
    pub region: Option<String>,
    /// `--account`
    pub account: Option<String>,
    /// `--api-id`
    pub api_id: Option<String>,
    /// `--stage`
    pub stage: Option<String>,
    /// `--variable KEY=VALUE`: values of policy variables.
    pub variables: Vec<(String, String)>,
    /// What the configuration says of single authorizers.
    pub authorizers: Vec<AuthorizerSettings>,
}

/// What the configuration says of one authorizer. `--ttl` and `--identity-source` beat it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizerSettings {
    /// Its name or id.
    pub name: Spanned<String>,
    /// Whether it is given a token or the whole request.
    pub kind: Option<Spanned<AuthorizerKind>>,
    /// How long its responses are cached, in seconds.
    pub ttl: Option<Spanned<u32>>,
    /// The mapping expressions of its cache key.
    pub identity_sources: Option<Spanned<Vec<Spanned<String>>>>,
    /// The version of the payload: `1.0` or `2.0`.
    pub payload: Option<Spanned<String>>,
    /// Whether it answers with simple responses.
    pub simple_responses: Option<Spanned<bool>>,
    /// The files of its responses.
    pub policies: Vec<SourceId>,
}

impl Settings {
    /// The authorizer that is said to have given the responses of a file.
    #[must_use]
    pub fn authorizer_of(&self, file: SourceId) -> Option<&str> {
        let owner = || self.authorizers.iter().find(|authorizer| authorizer.policies.contains(&file));
        self.authorizer.as_deref().or_else(|| owner().map(|authorizer| authorizer.name.value.as_str()))
    }
}

/// The parsed form of one input, kept so that places can be named by JSON Pointer.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The file.
    pub source: SourceId,
    /// The pointer of `root` in the file: empty, or `/2` for the third line of JSON Lines.
    pub prefix: String,
    /// The tree.
    pub root: Node,
}

/// A file or a part of one that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Where.
    pub span: Span,
    /// What is wrong, as a message: one fact, lower case, no full stop.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Files that were read together as one definition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Definition {
    /// The files.
    pub sources: Vec<SourceId>,
    /// The format, as `--routes-format` names it.
    pub format: &'static str,
    /// The APIs that came of it, as indices into [`Project::apis`].
    pub apis: Range<usize>,
}

/// All that one run works on.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Project {
    /// The APIs.
    pub apis: Vec<Api>,
    /// The responses, in the order they were given.
    pub responses: Vec<Response>,
    /// The options.
    pub settings: Settings,
    /// What the team means to deny.
    pub intent: Intent,
    /// What definitions leave to deployment.
    pub unknown: Vec<Unknown>,
    /// What definitions say in vain.
    pub ignored: Vec<IgnoredSetting>,
    /// What could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Mistakes that the parsers read past.
    pub recovered: Vec<Spanned<Recovery>>,
    /// Comments of definitions that speak to the linter, without what addresses it.
    pub remarks: Vec<Spanned<String>>,
    /// Files that speak to the linter: the configuration, the baseline.
    pub directions: Vec<SourceId>,
    /// The parsed inputs.
    pub documents: Vec<Document>,
    /// What was read as a definition of APIs, and as what.
    pub definitions: Vec<Definition>,
    /// The files of directories and globs that were none of ours, by name.
    pub skipped: Vec<String>,
}

impl Project {
    /// Whether there are, or may be, routes that could not be read, or routes whose path is not known.
    #[must_use]
    pub fn has_unknown_routes(&self) -> bool {
        let speaks_of_routes = |unknown: &Unknown| {
            // "definition of `Api`" is a whole document.
            ["route", "path", "definition of", "resources of", "method of", "functions", "module"]
                .iter()
                .any(|word| unknown.what.contains(word))
        };
        self.unknown.iter().any(speaks_of_routes)
    }

    /// The JSON Pointer of a span within its file; empty where no parsed document holds it.
    #[must_use]
    pub fn pointer(&self, span: Span) -> String {
        self.documents
            .iter()
            .find(|document| document.root.span.contains(span))
            .map(|document| format!("{}{}", document.prefix, document.root.pointer(span)))
            .unwrap_or_default()
    }
}
