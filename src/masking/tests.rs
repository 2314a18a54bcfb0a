//! Canaries: words that must not be left, and words that must.

use super::*;
use crate::model::project::Document;
use crate::source::Spanned;
use crate::syntax::Member;
use crate::syntax::Value;

/// A reader of strict JSON that knows no escapes: enough to give the masking a tree.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    source: SourceId,
}

impl Reader<'_> {
    fn skip(&mut self, symbols: &[char]) {
        while self.text[self.at..].starts_with(|next: char| next.is_whitespace() || symbols.contains(&next)) {
            self.at += 1;
        }
    }

    fn span(&self, start: usize) -> Span {
        Span { source: self.source, start: u32::try_from(start).unwrap(), end: u32::try_from(self.at).unwrap() }
    }

    fn node(&mut self) -> Node {
        self.skip(&[]);
        let start = self.at;
        let rest = &self.text[start..];
        let value = match rest.chars().next().unwrap() {
            '{' => self.members(),
            '[' => self.items(),
            '"' => {
                self.at += rest[1..].find('"').unwrap() + 2;
                Value::String(self.text[start + 1..self.at - 1].to_owned())
            }
            _ => {
                self.at += rest.find([',', '}', ']', '\n']).unwrap_or(rest.len());
                Value::Number(self.text[start..self.at].to_owned())
            }
        };
        Node { span: self.span(start), value }
    }

    fn members(&mut self) -> Value {
        let mut members = Vec::new();
        self.at += 1;
        self.skip(&[',']);
        while !self.text[self.at..].starts_with('}') {
            let key = self.node();
            self.skip(&[':']);
            members.push(Member { key: Spanned::new(key.as_str().unwrap().to_owned(), key.span), value: self.node() });
            self.skip(&[',']);
        }
        self.at += 1;
        Value::Object(members)
    }

    fn items(&mut self) -> Value {
        let mut items = Vec::new();
        self.at += 1;
        self.skip(&[',']);
        while !self.text[self.at..].starts_with(']') {
            items.push(self.node());
            self.skip(&[',']);
        }
        self.at += 1;
        Value::Array(items)
    }
}

fn masked(text: &str) -> String {
    let mut sources = Sources::default();
    let source = sources.add("a.json", text);
    let mut reader = Reader { text, at: 0, source };
    let root = reader.node();
    let mut project = Project::default();
    project.documents.push(Document { source, prefix: String::new(), root });
    let window = Span { source, start: 0, end: u32::try_from(text.len()).unwrap() };
    Masking::new(&project, &sources).mask(window).text
}

#[test]
fn a_recorded_pair_shows_the_policy_and_where_the_request_went() {
    let text = r#"{"event": {"type": "TOKEN", "authorizationToken": "Bearer CANARY", "methodArn": "arn:SHOWN", "path": "/SHOWN",
  "headers": {"path": "CANARY", "policy": "CANARY"}, "queryStringParameters": {"type": ["CANARY"]}, "resource": {"a": "CANARY"},
  "requestContext": {"accountId": 4711, "path": "CANARY"}},
 "response": {"principalId": "CANARY", "usageIdentifierKey": "CANARY", "isAuthorized": "true",
  "policyDocument": {"Version": "SHOWN", "Statement": [{"Resource": ["arn:SHOWN"], "Condition": {"StringEquals": {"k": ["CANARY"]}}}]},
  "context": {"policy": "CANARY", "path": "CANARY", "Statement": [{"Resource": "CANARY"}], "age": 4711, "no": null}}, "log": "CANARY"}"#;
    let shown = masked(text);
    assert!(!shown.contains("CANARY") && !shown.contains("4711") && !shown.contains("null"), "{shown}");
    assert_eq!(shown.matches("SHOWN").count(), text.matches("SHOWN").count(), "{shown}");
    assert_eq!(shown.lines().count(), text.lines().count());
    assert!(shown.contains(r#""authorizationToken": "…", "methodArn""#), "{shown}");
}

#[test]
fn bare_policies_strings_and_lists_are_told_by_their_place() {
    for (text, expected) in [
        (
            r#"{"Statement": [{"Sid": "s", "condition": {"a": 1}}], "x": "y"}"#,
            r#"{"Statement": [{"Sid": "s", "condition": {"a": …}}], "x": "…"}"#,
        ),
        (r#"{"policy": "{}", "log": ""}"#, r#"{"policy": "{}", "log": "…"}"#),
        (r#"{"policy": "{'Statement': []}", "log": ""}"#, r#"{"policy": "…", "log": "…"}"#),
        (
            r#"{"Statement": [{"Conditon": {"a": 1}, "Where": {"a": 1}, "Resouce": ["arn"], "conditions": "x"}]}"#,
            r#"{"Statement": [{"Conditon": {"a": …}, "Where": {"a": …}, "Resouce": ["arn"], "conditions": "…"}]}"#,
        ),
        (
            r#"[{"isAuthorized": "false"}, {"isAuthorized": "x"}]"#,
            r#"[{"isAuthorized": "false"}, {"isAuthorized": "…"}]"#,
        ),
        (r#"{"policy": "a token"}"#, r#"{"policy": "…"}"#),
        (
            r#"{"policy": {"principalId": "p", "policyDocument": {"Version": "v"}}}"#,
            r#"{"policy": {"principalId": "…", "policyDocument": {"Version": "v"}}}"#,
        ),
        (r#"[{"errorMessage": "boom"}, "x", 1]"#, r#"[{"errorMessage": "…"}, "…", …]"#),
        (
            r#"{"methodArn": "arn:x", "authorizationToken": "t"}"#,
            r#"{"methodArn": "arn:x", "authorizationToken": "…"}"#,
        ),
    ] {
        assert_eq!(masked(text), expected);
    }
}

#[test]
fn text_that_no_document_holds_is_hidden() {
    assert_eq!(masked("{\"Version\": \"v\"}\n{\"principalId\": CANARY // CANARY"), "{\"Version\": \"v\"}\n{…: … … …");
    let mut sources = Sources::default();
    let source = sources.add("a.json", "{\"token\": \"CANARY\n");
    let project = Project::default();
    let masking = Masking::new(&project, &sources);
    assert!(!masking.quotes(source));
    assert_eq!(masking.mask(Span { source, start: 0, end: 18 }).text, "{…: …\n");
}

#[test]
fn a_window_is_masked_by_itself() {
    let text = "{\"functionArn\": \"CANARY\", \"Version\": \"2012\"}";
    let mut sources = Sources::default();
    let source = sources.add("a.json", text);
    let mut reader = Reader { text, at: 0, source };
    let root = reader.node();
    let mut project = Project::default();
    project.documents.push(Document { source, prefix: String::new(), root });
    let window = Span { source, start: 18, end: 43 };
    let edited = Masking::new(&project, &sources).mask(window);
    assert_eq!(edited.text, "…, \"Version\": \"2012\"");
    let version = text.find("2012").unwrap();
    assert_eq!(&edited.text[edited.place(version..version + 4)], "2012");
}
