//! See [`RULE`].

use crate::analysis::Facts;
use crate::finding::Confidence;
use crate::finding::Finding;
use crate::finding::Severity;
use crate::model::authorizer::ApiKind;
use crate::model::authorizer::AuthorizerKind;
use crate::model::identity_source::Flaw;
use crate::model::identity_source::IdentitySource;
use crate::model::identity_source::parse;
use crate::rules::cache_key::Asked;
use crate::rules::cache_key::asked;
use crate::rules::rule;
use crate::source::Spanned;

rule! {
    /// ## What it does
    /// Finds identity sources that an authorizer of this kind of API can't have: path parameters, the body, the form of another
    /// kind of API, what is no mapping expression at all, and on a TOKEN authorizer anything but one header.
    ///
    /// ## Why it matters
    /// API Gateway refuses them, and the deployment ends there. A cache key can hold
    /// [headers, query string parameters, stage variables and context variables](https://docs.aws.amazon.com/apigateway/latest/developerguide/configure-api-gateway-lambda-authorization.html);
    /// each kind of API writes them in its own way, HTTP APIs
    /// [with a `$`](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html#http-api-lambda-authorizer.identity-sources).
    ///
    /// ## What to do
    /// Write the source in the form of the API. To tell requests apart by what is in their path, use `context.path`; to use more
    /// than one header, make it a REQUEST authorizer.
    id: "invalid-identity-source",
    summary: "an identity source that this kind of API doesn't have",
    severity: Error,
    confidence: High,
    since: "0.1.0",
    check: check,
}

fn check(facts: &Facts<'_>) -> Vec<Finding> {
    // What a tool fills in is right by definition, also where an option has made another kind of API of it.
    let stated = asked(facts).filter(|asked| asked.authorizer.identity_sources.is_stated());
    stated.flat_map(found).collect()
}

fn found(asked: Asked<'_>) -> Vec<Finding> {
    let sources = asked.authorizer.identity_sources.get();
    (0..).zip(sources).filter_map(|(at, source)| wrong(asked, at, source)).collect()
}

fn wrong(asked: Asked<'_>, at: usize, source: &Spanned<String>) -> Option<Finding> {
    let Asked { api, authorizer, .. } = asked;
    let text = &source.value;
    let finding = |message| RULE.at(source.span, message, asked.about_key("no identity source here"));
    match parse(api.kind, text) {
        Err(flaw) => Some(flawed(api.kind, text, flaw, finding)),
        Ok(IdentitySource::Unknown) => None,
        Ok(read) if authorizer.kind == AuthorizerKind::Token => {
            let message = match read {
                IdentitySource::Header(_) if at == 0 => return None,
                IdentitySource::Header(_) => {
                    format!("`{text}` is one more header, and a TOKEN authorizer is given one")
                }
                _ => format!("`{text}` is no header, and a TOKEN authorizer is given one"),
            };
            Some(finding(message).with_help("name one header, or make it a REQUEST authorizer"))
        }
        Ok(_) => None,
    }
}

fn flawed(kind: ApiKind, text: &str, flaw: Flaw, finding: impl FnOnce(String) -> Finding) -> Finding {
    let api = match kind {
        ApiKind::Rest => "a REST API",
        ApiKind::Http => "an HTTP API",
        ApiKind::WebSocket => "a WebSocket API",
    };
    let [header, query, variable, context] = kind.identity_source_forms();
    let forms = format!("an identity source of {api} is `{header}`, `{query}`, `{variable}` or `{context}`");
    match flaw {
        Flaw::Path => finding(format!("`{text}` is a path parameter, which can't be an identity source"))
            .with_help(format!("use `{}` to tell requests apart by their path", context.replace("Name", "path"))),
        Flaw::Body => finding(format!("`{text}` reads the body, which an authorizer is never given")).with_help(forms),
        Flaw::NoExpression => {
            finding(format!("`{text}` is no identity source of {api}")).at_most(Confidence::Medium).with_help(forms)
        }
        Flaw::Form(meant) => {
            let finding = finding(format!("`{text}` is not how {api} writes an identity source"));
            let finding = finding.at_most(Confidence::Medium).with_help(format!("write `{meant}`"));
            // Which forms a WebSocket API takes is not documented in full, and examples differ.
            if kind == ApiKind::WebSocket {
                finding.at_most(Confidence::Low).no_worse_than(Severity::Note)
            } else {
                finding
            }
        }
    }
}
