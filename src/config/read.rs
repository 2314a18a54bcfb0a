//! From what is written to what it means. Every mistake in a value is found at once; one in the syntax, or in a key, hides what follows it.

use std::ops::Range;

use super::Authorizer;
use super::Config;
use super::Denial;
use super::Deployment;
use super::error::ConfigError;
use super::error::ConfigProblem;
use super::error::RouteProblem;
use super::file;
use super::file::File;
use super::file_pattern::FilePattern;
use super::ignore::Ignore;
use super::ignore::Place;
use super::unknown::parser_problem;
use crate::finding::Severity;
use crate::load::RoutesFormat;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::model::project::AuthorizerSettings;
use crate::model::route::Method;
use crate::model::route::Methods;
use crate::model::route::RouteKey;
use crate::model::route::Template;
use crate::near::nearest;
use crate::rules::Chosen;
use crate::rules::RULES;
use crate::rules::find;
use crate::source::SourceId;
use crate::source::Sources;
use crate::source::Span;
use crate::source::Spanned;

/// Reads a configuration.
///
/// # Errors
/// Everything that is wrong with it.
pub fn parse(sources: &Sources, source: SourceId) -> Result<Config, Vec<ConfigError>> {
    let mut reader = Reader { source, errors: Vec::new() };
    let text = &sources.get(source).text;
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            let span = reader.span(error.span().unwrap_or(0..0));
            let problem = parser_problem(error.message().trim_end());
            return Err(vec![ConfigError { span, problem }]);
        }
    };
    let config = reader.config(file);
    if reader.errors.is_empty() { Ok(config) } else { Err(reader.errors) }
}

struct Reader {
    source: SourceId,
    errors: Vec<ConfigError>,
}

impl Reader {
    fn config(&mut self, file: File) -> Config {
        let authorizers: Vec<Authorizer> =
            file.authorizers.into_iter().map(|(name, written)| self.authorizer(&name, written)).collect();
        let of_authorizers = authorizers.iter().flat_map(|authorizer| &authorizer.policies);
        let mut policies = self.all(file.policies);
        policies.extend(of_authorizers.map(|pattern| pattern.text.clone()));
        Config {
            source: self.source,
            routes: self.all(file.routes),
            routes_format: file.routes_format.and_then(|name| self.format(&self.placed(name))),
            policies,
            resource_policy: self.one(file.resource_policy),
            api: file.api.map(|api| self.map(api, api_kind)),
            deployment: Deployment {
                partition: self.one(file.deployment.partition),
                region: self.one(file.deployment.region),
                account: self.one(file.deployment.account),
                api_id: self.one(file.deployment.api_id),
                stage: self.one(file.deployment.stage),
            },
            variables: file.variables.into_iter().map(|(key, value)| (key, self.placed(value))).collect(),
            authorizers,
            levels: file.rules.into_iter().filter_map(|(rule, level)| self.level(rule, level)).collect(),
            pedantic: self.one(file.pedantic),
            fail_on: file.fail_on.map(|threshold| self.map(threshold, severity)),
            baseline: self.one(file.baseline),
            expected_denials: file.expected_denials.into_iter().map(|denial| self.denial(denial)).collect(),
            ignores: file.ignore.into_iter().filter_map(|ignore| self.ignore(ignore)).collect(),
        }
    }

    fn authorizer(&mut self, name: &toml::Spanned<String>, written: file::Authorizer) -> Authorizer {
        let kind = |kind| match kind {
            file::AuthorizerKind::Token => AuthorizerKind::Token,
            file::AuthorizerKind::Request => AuthorizerKind::Request,
        };
        let ttl = written.ttl.and_then(|ttl| {
            let Spanned { value, span } = self.placed(ttl);
            match u32::try_from(value) {
                Ok(seconds) if seconds <= 3600 => Some(Spanned::new(seconds, span)),
                _ => self.refuse(span, ConfigProblem::Ttl),
            }
        });
        let identity_sources = written.identity_sources.map(|sources| {
            let Spanned { value, span } = self.placed(sources);
            Spanned::new(self.all(value), span)
        });
        let payload = |payload| match payload {
            file::Payload::One => "1.0".to_owned(),
            file::Payload::Two => "2.0".to_owned(),
        };
        let settings = AuthorizerSettings {
            name: self.placed(name.clone()),
            kind: written.kind.map(|stated| self.map(stated, kind)),
            ttl,
            identity_sources,
            payload: written.payload.map(|version| self.map(version, payload)),
            simple_responses: self.one(written.simple_responses),
            policies: Vec::new(),
        };
        Authorizer { settings, policies: self.patterns(written.policies) }
    }

    fn denial(&mut self, written: file::ExpectedDenial) -> Denial {
        let Spanned { value: routes, span } = self.placed(written.routes);
        if routes.is_empty() {
            self.errors.push(ConfigError { span, problem: ConfigProblem::Empty("routes") });
        }
        let routes = routes.into_iter().filter_map(|route| self.route(route)).collect();
        Denial {
            policies: written.policies.map(|patterns| self.patterns(patterns)),
            routes,
            reason: self.said("reason", written.reason).unwrap_or_default(),
        }
    }

    fn ignore(&mut self, written: toml::Spanned<file::Ignore>) -> Option<Ignore> {
        let Spanned { value: written, span } = self.placed(written);
        let rule = self.rule(written.rule);
        let file = written.file.and_then(|file| self.pattern(file));
        let pointer = written.pointer.and_then(|pointer| self.pointer(pointer));
        let route = written.route.and_then(|route| self.route(route));
        let reason = self.said("reason", written.reason);
        let until = written.until.and_then(|until| self.date(&until));
        Some(Ignore {
            span,
            rule: rule?,
            place: Place::File { file, pointer },
            route: route.map(|route| route.value),
            reason: reason?,
            until,
        })
    }

    fn level(&mut self, rule: toml::Spanned<String>, level: file::Level) -> Option<(&'static str, Spanned<Chosen>)> {
        let chosen = match level {
            file::Level::Off => Chosen::Off,
            file::Level::Note => Chosen::At(Severity::Note),
            file::Level::Warning => Chosen::At(Severity::Warning),
            file::Level::Error => Chosen::At(Severity::Error),
        };
        let rule = self.rule(rule)?;
        Some((rule.value, Spanned::new(chosen, rule.span)))
    }

    fn rule(&mut self, written: toml::Spanned<String>) -> Option<Spanned<&'static str>> {
        let Spanned { value: word, span } = self.placed(written);
        if let Some(rule) = find(&word) {
            return Some(Spanned::new(rule.id, span));
        }
        let meant = nearest(&word, RULES.iter().map(|rule| rule.id)).map(str::to_owned);
        self.refuse(span, ConfigProblem::Unknown { what: "rule", word, meant })
    }

    fn route(&mut self, written: toml::Spanned<String>) -> Option<Spanned<RouteKey>> {
        let Spanned { value, span } = self.placed(written);
        match route_key(&value) {
            Ok(key) => Some(Spanned::new(key, span)),
            Err(problem) => self.refuse(span, ConfigProblem::Route(problem)),
        }
    }

    fn format(&mut self, written: &Spanned<String>) -> Option<Spanned<RoutesFormat>> {
        if let Some(format) = RoutesFormat::all().find(|format| format.name() == written.value) {
            return Some(Spanned::new(format, written.span));
        }
        let known: Vec<&str> = RoutesFormat::all().map(RoutesFormat::name).collect();
        self.refuse(written.span, ConfigProblem::Format(known.join(", ")))
    }

    fn patterns(&mut self, written: Vec<toml::Spanned<String>>) -> Vec<FilePattern> {
        written.into_iter().filter_map(|pattern| self.pattern(pattern)).collect()
    }

    fn pattern(&mut self, written: toml::Spanned<String>) -> Option<FilePattern> {
        let text = self.placed(written);
        let span = text.span;
        match FilePattern::new(text) {
            Ok(pattern) => Some(pattern),
            Err(why) => self.refuse(span, ConfigProblem::Pattern(why)),
        }
    }

    fn pointer(&mut self, written: toml::Spanned<String>) -> Option<String> {
        let Spanned { value, span } = self.placed(written);
        if value.is_empty() || value.starts_with('/') {
            return Some(value);
        }
        self.refuse(span, ConfigProblem::Pointer)
    }

    fn said(&mut self, key: &'static str, written: toml::Spanned<String>) -> Option<String> {
        let Spanned { value, span } = self.placed(written);
        if value.trim().is_empty() { self.refuse(span, ConfigProblem::Empty(key)) } else { Some(value) }
    }

    fn date(&mut self, written: &toml::Spanned<toml::value::Datetime>) -> Option<time::Date> {
        let date = match *written.get_ref() {
            toml::value::Datetime { date: Some(date), time: None, offset: None } => {
                let month = time::Month::try_from(date.month).ok();
                month.and_then(|month| time::Date::from_calendar_date(i32::from(date.year), month, date.day).ok())
            }
            _ => None,
        };
        if date.is_none() {
            return self.refuse(self.span(written.span()), ConfigProblem::Date);
        }
        date
    }

    fn refuse<T>(&mut self, span: Span, problem: ConfigProblem) -> Option<T> {
        self.errors.push(ConfigError { span, problem });
        None
    }

    fn all(&self, written: Vec<toml::Spanned<String>>) -> Vec<Spanned<String>> {
        written.into_iter().map(|text| self.placed(text)).collect()
    }

    fn one<T>(&self, written: Option<toml::Spanned<T>>) -> Option<Spanned<T>> {
        written.map(|value| self.placed(value))
    }

    fn map<T, U>(&self, written: toml::Spanned<T>, change: impl FnOnce(T) -> U) -> Spanned<U> {
        let Spanned { value, span } = self.placed(written);
        Spanned::new(change(value), span)
    }

    fn placed<T>(&self, written: toml::Spanned<T>) -> Spanned<T> {
        let span = self.span(written.span());
        Spanned::new(written.into_inner(), span)
    }

    fn span(&self, range: Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: self.source, start: offset(range.start), end: offset(range.end) }
    }
}

const fn api_kind(api: file::Api) -> ApiKind {
    match api {
        file::Api::Rest => ApiKind::Rest,
        file::Api::Http => ApiKind::Http,
        file::Api::Websocket => ApiKind::WebSocket,
    }
}

const fn severity(threshold: file::Threshold) -> Option<Severity> {
    match threshold {
        file::Threshold::Never => None,
        file::Threshold::Note => Some(Severity::Note),
        file::Threshold::Warning => Some(Severity::Warning),
        file::Threshold::Error => Some(Severity::Error),
    }
}

/// A route as in a route list, but for `$default` and `$connect`: what is refused on purpose is named by its requests.
fn route_key(text: &str) -> Result<RouteKey, RouteProblem> {
    let mut words = text.split_whitespace();
    let (Some(method), Some(path), None) = (words.next(), words.next(), words.next()) else {
        return Err(RouteProblem::Shape);
    };
    let methods = match method {
        "ANY" => Methods::Any,
        _ => Methods::One(Method::parse(method).ok_or(RouteProblem::Method)?),
    };
    let template = Template::parse(path).map_err(RouteProblem::Path)?;
    Ok(RouteKey::Path { methods, template })
}
