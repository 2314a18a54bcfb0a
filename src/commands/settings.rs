//! The settings of a run: what the options say, else what the configuration says, else the defaults. Command line beats configuration, always.

use authorizer_lint::config::Config;
use authorizer_lint::finding::Severity;
use authorizer_lint::load::RoutesFormat;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::intent::Extent;
use authorizer_lint::model::project::AuthorizerSettings;
use authorizer_lint::model::project::Settings;
use authorizer_lint::report::settings::Origin;
use authorizer_lint::report::settings::Row;
use authorizer_lint::rules::Levels;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;

use crate::cli::Check;
use crate::cli::Inputs;
use crate::cli::Policies;
use crate::input::Root;

/// Where a run takes its files from, and what holds in it.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) config: Option<Config>,
    pub(super) root: Root,
    pub(super) policies: Vec<String>,
    pub(super) routes: Vec<String>,
    pub(super) routes_format: Option<RoutesFormat>,
    pub(super) resource_policy: Option<String>,
    pub(super) settings: Settings,
    pub(super) extent: Extent,
    /// Paths and patterns of the configuration, as they are used, and where they stand.
    pub(super) written: Vec<(String, Span)>,
    /// Each setting, for people.
    pub(super) rows: Vec<Row>,
}

/// What counts in a check.
#[derive(Debug)]
pub(super) struct Judging {
    pub(super) levels: Levels,
    pub(super) fail_on: Option<Severity>,
    pub(super) baseline: Option<String>,
}

impl Plan {
    /// Whatever lies in the folder of the run, as it stands there.
    pub(super) fn survey() -> Self {
        let here = || vec![".".to_owned()];
        Self { policies: here(), routes: here(), ..Self::of_nothing(Root::new(None)) }
    }

    fn of_nothing(root: Root) -> Self {
        Self {
            root,
            policies: Vec::new(),
            routes: Vec::new(),
            routes_format: None,
            resource_policy: None,
            settings: Settings::default(),
            extent: Extent::Part,
            written: Vec::new(),
            rows: Vec::new(),
            config: None,
        }
    }

    pub(super) fn new(policies: Option<&Policies>, inputs: &Inputs, config: Option<Config>, root: Root) -> Self {
        let given = policies.map_or(&[][..], |policies| &policies.paths);
        let mut plan = Self::of_nothing(root);
        plan.settings = inputs.settings();
        if config.is_some() && given.is_empty() {
            plan.extent = Extent::Whole;
        }
        if policies.is_some() {
            plan.policies =
                plan.paths(("policies", "arguments"), given, config.as_ref().map(|config| &*config.policies));
        }
        plan.routes = plan.paths(("routes", "--routes"), &inputs.routes, config.as_ref().map(|config| &*config.routes));
        let of = config.as_ref();
        let resource_policy = inputs.resource_policy.as_slice();
        let configured = of.and_then(|config| config.resource_policy.as_ref()).map(std::slice::from_ref);
        plan.resource_policy = plan.paths(("resource-policy", "--resource-policy"), resource_policy, configured).pop();
        let format = of.and_then(|config| config.routes_format);
        plan.routes_format =
            plan.choose(("routes-format", "--routes-format", ""), inputs.routes_format, format, |format| {
                format.name().to_owned()
            });
        plan.settle(of);
        plan.config = config;
        plan
    }

    /// What an option leaves open is what the configuration says.
    fn settle(&mut self, config: Option<&Config>) {
        let mut settings = std::mem::take(&mut self.settings);
        let kind = config.and_then(|config| config.api);
        settings.api = self.choose(("api", "--api", ""), settings.api, kind, |kind: &ApiKind| kind.name().to_owned());
        let deployment = config.map(|config| &config.deployment);
        for (names, setting, configured) in [
            (("deployment.partition", "--partition", ""), &mut settings.partition, deployment.map(|of| &of.partition)),
            (("deployment.region", "--region", ""), &mut settings.region, deployment.map(|of| &of.region)),
            (("deployment.account", "--account", ""), &mut settings.account, deployment.map(|of| &of.account)),
            (("deployment.api-id", "--api-id", ""), &mut settings.api_id, deployment.map(|of| &of.api_id)),
            (("deployment.stage", "--stage", ""), &mut settings.stage, deployment.map(|of| &of.stage)),
        ] {
            *setting = self.choose(names, setting.take(), configured.cloned().flatten(), String::clone);
        }
        self.rows.extend(of_authorizers(&settings, config));
        let variable = |(key, value): (&String, &String), origin| Row {
            name: format!("variables.{key}"),
            value: value.clone(),
            origin,
        };
        let given = settings.variables.iter().map(|(key, value)| variable((key, value), Origin::Option("--variable")));
        self.rows.extend(given);
        for (key, Spanned { value, span }) in config.map_or(&[][..], |config| &config.variables) {
            if !settings.variables.iter().any(|(known, _)| known.eq_ignore_ascii_case(key)) {
                self.rows.push(variable((key, value), Origin::Configuration(*span)));
                settings.variables.push((key.clone(), value.clone()));
            }
        }
        self.settings = settings;
    }

    /// Only the rules that need no routes are asked.
    pub(super) fn forgo_routes(&mut self) {
        self.routes.clear();
        self.extent = Extent::Part;
        self.rows.retain(|row| row.name != "routes");
    }

    /// What counts, with the rows for it.
    pub(super) fn judging(&mut self, arguments: &Check) -> Judging {
        let decisions = &arguments.decisions;
        let config = self.config.as_ref();
        let (pedantic, fail_on) = (config.and_then(|config| config.pedantic), config.and_then(|config| config.fail_on));
        let baseline = config.and_then(|config| config.baseline.clone());
        let chosen = config.map(|config| config.levels.clone()).unwrap_or_default();
        let asked = decisions.pedantic.then_some(true);
        let pedantic =
            self.choose(("pedantic", "--pedantic", "false"), asked, pedantic, ToString::to_string).unwrap_or_default();
        let threshold = |severity: &Option<Severity>| severity.map_or("never", Severity::name).to_owned();
        let fail_on = self.choose(("fail-on", "--fail-on", "warning"), decisions.fail_on(), fail_on, threshold);
        let given = decisions.baseline.as_slice();
        let baseline = self.paths(("baseline", "--baseline"), given, baseline.as_ref().map(std::slice::from_ref)).pop();
        for (rule, level) in &chosen {
            let origin = Origin::Configuration(level.span);
            self.rows.push(Row { name: format!("rules.{rule}"), value: level.value.name().to_owned(), origin });
        }
        Judging {
            levels: Levels { pedantic, chosen: chosen.into_iter().map(|(rule, level)| (rule, level.value)).collect() },
            fail_on: fail_on.unwrap_or(Some(Severity::Warning)),
            baseline,
        }
    }

    /// One setting: the option, or what is configured; with its row.
    fn choose<T>(
        &mut self,
        (name, option, default): (&str, &'static str, &str),
        given: Option<T>,
        configured: Option<Spanned<T>>,
        show: impl Fn(&T) -> String,
    ) -> Option<T> {
        let (value, origin) = match (given, configured) {
            (Some(value), _) => (Some(value), Origin::Option(option)),
            (None, Some(Spanned { value, span })) => (Some(value), Origin::Configuration(span)),
            (None, None) => (None, Origin::Default),
        };
        let shown = value.as_ref().map_or_else(|| default.to_owned(), show);
        self.rows.push(Row { name: name.to_owned(), value: shown, origin });
        value
    }

    /// Paths and patterns: those that were given, or those that are configured, as they are seen from here; with a row for each.
    fn paths(
        &mut self,
        (name, option): (&str, &'static str),
        given: &[String],
        configured: Option<&[Spanned<String>]>,
    ) -> Vec<String> {
        if !given.is_empty() {
            let row =
                |path: &String| Row { name: name.to_owned(), value: path.clone(), origin: Origin::Option(option) };
            self.rows.extend(given.iter().map(row));
            return given.to_vec();
        }
        let mut paths = Vec::new();
        for Spanned { value, span } in configured.unwrap_or_default() {
            let path = self.root.path(value);
            self.rows.push(Row { name: name.to_owned(), value: path.clone(), origin: Origin::Configuration(*span) });
            self.written.push((path.clone(), *span));
            paths.push(path);
        }
        if paths.is_empty() {
            self.rows.push(Row { name: name.to_owned(), value: String::new(), origin: Origin::Default });
        }
        paths
    }
}

/// What the options say of all authorizers, or of the one that they name, and what the configuration says of single ones.
fn of_authorizers(settings: &Settings, config: Option<&Config>) -> Vec<Row> {
    let given = |(name, option): (&str, &'static str), value: String| Row {
        name: name.to_owned(),
        value,
        origin: Origin::Option(option),
    };
    let mut rows = Vec::new();
    rows.extend(settings.authorizer.iter().map(|name| given(("authorizer", "--authorizer"), name.clone())));
    rows.extend(settings.ttl.iter().map(|ttl| given(("ttl", "--ttl"), ttl.to_string())));
    if !settings.identity_sources.is_empty() {
        rows.push(given(("identity-sources", "--identity-source"), settings.identity_sources.join(", ")));
    }
    for authorizer in config.map_or(&[][..], |config| &config.authorizers) {
        let AuthorizerSettings { name, kind, ttl, identity_sources, payload, simple_responses, .. } =
            &authorizer.settings;
        let configured = |key: &str, value: String, span| Row {
            name: format!("authorizers.{}.{key}", name.value),
            value,
            origin: Origin::Configuration(span),
        };
        rows.extend(kind.map(|kind| configured("type", kind.value.name().to_owned(), kind.span)));
        rows.extend(ttl.map(|ttl| configured("ttl", ttl.value.to_string(), ttl.span)));
        rows.extend(identity_sources.as_ref().map(|sources| {
            let texts: Vec<&str> = sources.value.iter().map(|source| source.value.as_str()).collect();
            configured("identity-sources", texts.join(", "), sources.span)
        }));
        rows.extend(payload.as_ref().map(|payload| configured("payload", payload.value.clone(), payload.span)));
        rows.extend(
            simple_responses.map(|simple| configured("simple-responses", simple.value.to_string(), simple.span)),
        );
        let policies = authorizer.policies.iter().map(|policy| &policy.text);
        rows.extend(policies.map(|policy| configured("policies", policy.value.clone(), policy.span)));
    }
    rows
}
