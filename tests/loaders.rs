//! Which model comes out of each `fixtures/loaders/<kind>/<case>`? Every place is checked by what stands there in the file.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::string_slice,
    reason = "a test may panic, and reads its files"
)]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::authorizer::ApiKind;
use authorizer_lint::model::authorizer::AuthorizerKind;
use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::policy::Effect;
use authorizer_lint::model::policy::Polarity;
use authorizer_lint::model::policy::Policy;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::response::Response;
use authorizer_lint::model::response::Verdict;
use authorizer_lint::model::route::Guard;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;
use authorizer_lint::syntax::Recovery;
use authorizer_lint::syntax::json;

struct Loaded {
    sources: Sources,
    project: Project,
}

impl Loaded {
    fn at(&self, span: Span) -> &str {
        self.sources.slice(span)
    }

    /// Checks that each value stands where its span says.
    fn texts<'a>(&self, values: impl IntoIterator<Item = &'a Spanned<String>>) -> Vec<String> {
        let check = |value: &Spanned<String>| {
            assert_eq!(self.at(value.span).trim_matches('"'), value.value);
            value.value.clone()
        };
        values.into_iter().map(check).collect()
    }

    /// Every defect as `what @ where`.
    fn defects(&self, response: &Response) -> Vec<String> {
        let line = |at: &str| at.lines().next().unwrap_or_default().to_owned();
        let defects = response.defects.iter();
        defects.map(|defect| format!("{:?} @ {}", defect.kind, line(self.at(defect.span)))).collect()
    }

    /// Every unreadable part as `line:column text: message`.
    fn unreadable(&self) -> Vec<String> {
        let show = |span: Span, message: &str| {
            let position = self.sources.get(span.source).position(span.start);
            format!("{}:{} {}: {message}", position.line, position.column, self.at(span))
        };
        self.project.unreadable.iter().map(|found| show(found.span, &found.message)).collect()
    }
}

fn fixture(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loaders").join(path)).unwrap()
}

fn policies_of(text: &str, met: Met) -> Loaded {
    let mut sources = Sources::default();
    let source = sources.add("input.json", text);
    let inputs = Inputs { policies: vec![PolicyInput { source, met }], ..Inputs::default() };
    let project = load::project(&sources, &inputs, Settings::default());
    Loaded { sources, project }
}

fn policies(case: &str) -> Loaded {
    policies_of(&fixture(&format!("policies/{case}")), Met::Named)
}

fn routes(case: &str, settings: Settings) -> Loaded {
    let mut sources = Sources::default();
    let source = sources.add(case, fixture(&format!("routes/{case}")));
    let inputs = Inputs { routes: vec![source], ..Inputs::default() };
    let project = load::project(&sources, &inputs, settings);
    Loaded { sources, project }
}

fn policy(response: &Response) -> &Policy {
    match &response.verdict {
        Verdict::Policy(policy) => policy,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_authorizer_response() {
    let loaded = policies("response.json");
    let [response] = &loaded.project.responses[..] else { panic!() };
    assert_eq!(loaded.defects(response), [""; 0]);
    assert_eq!(response.principal.as_deref(), Some("auth0|64f1c2d9a7"));
    let [allow, deny] = &policy(response).statements[..] else { panic!() };
    assert_eq!((allow.effect, deny.effect), (Effect::Allow, Effect::Deny));
    assert_eq!(loaded.texts(&allow.resources.patterns).len(), 2);
    assert_eq!((loaded.at(allow.resources.key), allow.resources.polarity), ("\"Resource\"", Polarity::Listed));
    assert_eq!((loaded.at(deny.resources.key), deny.resources.polarity), ("\"NotResource\"", Polarity::Others));
    assert_eq!(loaded.texts(&deny.actions.patterns), ["execute-api:InvalidateCache"]);
    assert!(loaded.at(deny.condition.unwrap()).starts_with("\"Condition\": { \"NotIp"));
    let resource = allow.resources.patterns[1].span;
    assert_eq!(loaded.project.pointer(resource), "/policyDocument/Statement/0/Resource/1");
}

#[test]
fn what_is_malformed_is_named_and_the_rest_is_read() {
    let loaded = policies("malformed.json");
    let response = &loaded.project.responses[0];
    let mut defects = loaded.defects(response);
    defects.sort();
    assert_eq!(
        defects,
        [
            r#"DuplicateElement("Resouce") @ "Resouce""#,
            r#"EmptyElement("Action") @ []"#,
            r#"InvalidEffect("allow") @ "allow""#,
            r#"InvalidVersion("2012-10-7") @ "2012-10-7""#,
            r#"MissingElement("Effect") @ {"#,
            r#"MissingElement("Resource") @ {"#,
            r#"NestedContext("scopes") @ "scopes""#,
            r#"NullCondition @ "Condition": null"#,
            r#"NullContext("team") @ "team""#,
            r#"PrincipalInPolicy("Principal") @ "Principal""#,
            r#"UnknownElement { key: "Comment", meant: None } @ "Comment""#,
            r#"UnknownElement { key: "PrincipalId", meant: Some("principalId") } @ "PrincipalId""#,
            r#"UnknownElement { key: "Resouce", meant: Some("Resource") } @ "Resouce""#,
            r#"UnknownElement { key: "Resouce", meant: Some("Resource") } @ "Resouce""#,
            r#"WrongType { element: "Resource", expected: "a list of strings" } @ 7"#,
            r#"WrongType { element: "Resource", expected: "a list of strings" } @ ["*"]"#,
            r#"WrongType { element: "Statement", expected: "an object, or a list of objects" } @ "Allow""#,
        ]
    );
    let read = policy(response).statements.iter().map(|statement| loaded.texts(&statement.resources.patterns));
    assert_eq!(read.collect::<Vec<_>>(), [["arn:aws:execute-api:*"], ["*"]]);
    assert_eq!(response.principal.as_deref(), Some("u-19"));
}

#[test]
fn recorded_pairs_keep_what_the_cache_key_needs() {
    let loaded = policies("pair-http.json");
    let response = &loaded.project.responses[0];
    assert!(matches!(response.verdict, Verdict::Simple(Spanned { value: true, span }) if loaded.at(span) == "true"));
    let event = response.event.as_ref().unwrap();
    loaded.texts(&event.arn);
    let has = |pairs: &[(String, String)], name: &str, value: &str| {
        assert!(pairs.contains(&(name.to_owned(), value.to_owned())), "{name} in {pairs:?}");
    };
    has(&event.headers, "x-tenant", "acme");
    has(&event.query, "page", "2");
    has(&event.stage_variables, "color", "blue");
    has(&event.context, "http.sourceIp", "203.0.113.9");
    has(&event.context, "httpMethod", "GET");
    has(&event.context, "path", "/invoices/77");
    assert_eq!(event.time_ms, Some(1_793_697_247_123));

    let loaded = policies("pair-rest.json");
    let response = &loaded.project.responses[0];
    assert_eq!(loaded.defects(response), [""; 0]);
    assert_eq!(policy(response).statements.len(), 1);
    let event = response.event.as_ref().unwrap();
    let values: Vec<_> = event.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    assert_eq!(values, ["authorization: Bearer a", "authorization: Bearer b"]);
    has(&event.context, "resourcePath", "/carts");
    has(&event.context, "identity.sourceIp", "203.0.113.9");
}

#[test]
fn a_policy_in_a_string_has_places_in_the_file() {
    let loaded = policies("test-invoke.json");
    let response = &loaded.project.responses[0];
    assert_eq!(loaded.defects(response), [""; 0]);
    let resource = &policy(response).statements[0].resources.patterns[0];
    assert!(resource.value.ends_with("p0d4m7k2xe/ESTestInvoke-stage/GET/café"));
    let written = loaded.at(resource.span);
    assert!(written.starts_with(r#"\"arn:aws:"#) && written.ends_with(r#"\/GET\/caf\u00e9\""#), "{written}");
    assert_eq!(loaded.project.pointer(resource.span), "/policy");
}

#[test]
fn json_lines_are_read_line_by_line() {
    let loaded = policies("log.jsonl");
    let [token, thrown, simple] = &loaded.project.responses[..] else { panic!() };
    assert_eq!(token.event.as_ref().unwrap().token.as_deref(), Some("Bearer c1"));
    assert_eq!(loaded.project.pointer(policy(token).statements[0].span), "/0/response/policyDocument/Statement");
    assert!(matches!(thrown.verdict, Verdict::Thrown(_)));
    assert_eq!(simple.verdict, Verdict::Unreadable);
    assert_eq!(loaded.project.pointer(simple.span), "/4");
    assert_eq!(
        loaded.defects(simple),
        [r#"WrongType { element: "isAuthorized", expected: "`true` or `false`" } @ "true""#]
    );
    assert_eq!(
        loaded.unreadable(),
        [
            "4:52 }: not valid JSON: expected a JSON value",
            "6:1 {: this is the response of an integration, with `statusCode`"
        ]
    );
}

#[test]
fn an_array_may_mix_shapes() {
    let loaded = policies("array.json");
    let [document, response] = &loaded.project.responses[..] else { panic!() };
    assert_eq!(loaded.defects(document), [r#"EmptyElement("Statement") @ []"#]);
    assert_eq!(
        loaded.defects(response),
        [
            r#"UnknownElement { key: "statement", meant: Some("Statement") } @ \"statement\""#,
            r#"EmptyElement("Statement") @ []"#,
            r#"StringifiedPolicy @ "{\"Version\": \"2012-10-17\", \"statement\": []}""#,
        ]
    );
    assert_eq!(
        loaded.unreadable(),
        ["5:3 {: this is the response of an AppSync authorizer", "6:3 n: this is no JSON object"]
    );
    let recovered: Vec<_> = loaded.project.recovered.iter().map(|found| (found.value, loaded.at(found.span))).collect();
    assert_eq!(recovered, [(Recovery::Comment, "// saved from the staging logs"), (Recovery::TrailingComma, ",")]);
}

#[test]
fn files_that_are_none_of_ours_are_an_error_only_where_they_were_named() {
    for (text, message) in [
        ("{\"name\": \"package\"}", "1:1 {: this is no authorizer response and no policy document"),
        (
            "{\"request\": {\"url\": \"/\"}, \"response\": {\"status\": 200}}",
            "1:1 {: this is no authorizer response and no policy document",
        ),
        ("[]", "1:1 [: this is an empty list"),
        (
            "{\"type\": \"TOKEN\", \"methodArn\": \"*\"}",
            "1:1 {: this is the event that an authorizer is given, without its response",
        ),
        (
            "{\"Version\": \"2012-10-17\", \"Statement\": {\"Effect\": \"Allow\", \"Action\": \"s3:GetObject\", \"Resource\": \"*\"}}",
            "1:1 {: this is a policy for other services than `execute-api`",
        ),
        ("{\"a\": 1", "1:8 : not valid JSON: expected `}`"),
    ] {
        assert_eq!(policies_of(text, Met::Named).unreadable(), [message]);
        let found = policies_of(text, Met::Found);
        assert_eq!((found.unreadable().len(), found.project.skipped.len()), (0, 1), "{text}");
    }
    let broken = policies_of("\u{feff}{\"policyDocument\": ", Met::Found);
    assert_eq!(broken.unreadable(), ["1:20 : not valid JSON: expected a JSON value"]);
    assert_eq!(broken.project.recovered[0].value, Recovery::ByteOrderMark);
}

/// Every route as `route -> authorizer`, with a check of its place.
fn guarded(loaded: &Loaded) -> Vec<String> {
    let api = &loaded.project.apis[0];
    let name = |guard: &Guard| match guard {
        Guard::Authorizer(index) => api.authorizers[*index].name.value.clone(),
        other => format!("{other:?}"),
    };
    api.routes.iter().map(|route| format!("{} -> {}", route.key.value, name(&route.guard))).collect()
}

#[test]
fn a_route_list_with_settings() {
    let loaded = routes("rest.txt", Settings::default());
    let api = &loaded.project.apis[0];
    assert_eq!(
        guarded(&loaded),
        ["GET /carts/{id} -> shop", "ANY /orders/{proxy+} -> shop", "GET /health -> Open", "POST /admin -> staff"]
    );
    assert_eq!(loaded.at(api.routes[1].key.span), "ANY    /orders/{proxy+}");
    let [shop, staff] = &api.authorizers[..] else { panic!() };
    loaded.texts([&shop.name, &staff.name]);
    assert_eq!((api.kind, shop.kind, staff.kind), (ApiKind::Rest, AuthorizerKind::Request, AuthorizerKind::Token));
    assert_eq!((shop.ttl.get(), loaded.at(shop.ttl.span().unwrap())), (&Ttl::Seconds(60), "60"));
    assert_eq!((staff.ttl.get(), staff.ttl.origin()), (&Ttl::Seconds(300), "API Gateway's default"));
    assert_eq!(
        loaded.texts(shop.identity_sources.get()),
        ["method.request.header.Authorization", "context.httpMethod"]
    );
    assert_eq!(staff.identity_sources.get()[0].value, "method.request.header.Authorization");
}

#[test]
fn what_a_list_leaves_open_is_inferred() {
    let http = routes("http.txt", Settings::default());
    let api = &http.project.apis[0];
    assert_eq!(guarded(&http), ["GET /invoices/{id} -> default", "$default -> default"]);
    let authorizer = &api.authorizers[0];
    assert_eq!(
        (api.kind, authorizer.kind, authorizer.ttl.get()),
        (ApiKind::Http, AuthorizerKind::Request, &Ttl::Unknown)
    );
    assert_eq!(authorizer.identity_sources.get()[0].value, "$request.header.Authorization");

    let websocket = routes("websocket.txt", Settings::default());
    assert_eq!(websocket.project.apis[0].kind, ApiKind::WebSocket);
    assert_eq!(guarded(&websocket), ["$connect -> default", "$disconnect -> Open", "$default -> Open"]);
}

#[test]
fn the_json_twin_says_the_same() {
    let loaded = routes("twin.json", Settings::default());
    assert_eq!(
        guarded(&loaded),
        ["GET /menu -> café", "POST /menu/{dish} -> café", "GET /hours -> Open", "GET /staff -> staff"]
    );
    let api = &loaded.project.apis[0];
    assert_eq!(loaded.at(api.authorizers[0].name.span), r"caf\u00e9");
    assert_eq!(loaded.at(api.authorizers[0].ttl.span().unwrap()), "0");
    assert_eq!(loaded.at(api.routes[0].key.span), r"GET \/menu");
    assert!(loaded.at(api.routes[1].key.span).starts_with("{ \"method\": \"POST\""));
}

#[test]
fn options_replace_what_a_list_says() {
    let settings = Settings {
        api: Some(ApiKind::Http),
        ttl: Some(0),
        identity_sources: vec!["$request.header.X-Key".to_owned()],
        api_id: Some("k3w9x1v7qa".to_owned()),
        stage: Some("live".to_owned()),
        authorizer: Some("shop".to_owned()),
        ..Settings::default()
    };
    let loaded = routes("rest.txt", settings);
    let api = &loaded.project.apis[0];
    let [shop, staff] = &api.authorizers[..] else { panic!() };
    assert_eq!((api.kind, api.id.as_deref(), &*api.stages[0].value), (ApiKind::Http, Some("k3w9x1v7qa"), "live"));
    assert_eq!((shop.ttl.get(), shop.ttl.origin()), (&Ttl::Seconds(0), "--ttl"));
    assert_eq!(shop.identity_sources.get()[0].value, "$request.header.X-Key");
    assert_eq!((staff.ttl.get(), staff.kind), (&Ttl::Unknown, AuthorizerKind::Request));
}

#[test]
fn all_errors_of_a_route_list_are_told_at_once() {
    let loaded = routes("errors.txt", Settings::default());
    assert_eq!(
        loaded.unreadable(),
        [
            "1:15 tll=5: `tll` is no known setting",
            "1:25 5m: `ttl` can't be `5m`",
            "1:32 soap: `api` can't be `soap`",
            "1:37 flag: `flag` is no `key=value`",
            "2:26 type=request: `type` is given twice",
            "3:13 a: authorizer `a` is given twice",
            "4:1 @authoriser: `@authoriser` is no known line",
            "5:1 @authorizer: the name of the authorizer is missing",
            "6:1 get: `get` is no method",
            "7:1 GEET: `GEET` is no method",
            "8:1 FETCH: `FETCH` is no method",
            "9:1 GET: the path is missing",
            "10:5 users: `users` is no path: a path starts with `/`",
            "11:5 /users/{id}.json: `/users/{id}.json` is no path: a path parameter `{name}` is a whole segment",
            "12:5 /é/{x+}/y: `/é/{x+}/y` is no path: a greedy parameter `{name+}` is the last segment",
            "13:14 b: `b` is one column too many",
            "14:1 GET /users: several authorizers could guard this route",
            "15:1 $defalt: `$defalt` is no method",
        ]
    );
    let helps: Vec<_> = [0, 8, 9, 17].map(|index| &*loaded.project.unreadable[index].help).into();
    assert_eq!(
        helps,
        ["did you mean `ttl`?", "did you mean `GET`?", "did you mean `GET`?", "did you mean `$default`?"]
    );
    assert_eq!(guarded(&loaded), ["GET /users -> a", "GET /fine -> a"]);

    let loaded = routes("api-mismatch.txt", Settings::default());
    assert_eq!(
        loaded.unreadable(),
        [
            "2:19 http: another authorizer of this list is not of a `http` API",
            "4:1 $default: `$default` doesn't exist in a `rest` API",
            "5:1 $connect: `$connect` doesn't exist in a `rest` API",
        ]
    );
}

#[test]
fn a_resource_policy_is_conditional_for_some_principals() {
    let mut sources = Sources::default();
    let list = sources.add("routes.txt", fixture("routes/rest.txt"));
    let file = sources.add("policy.json", fixture("resource-policy/vpce.json"));
    let inputs = Inputs { routes: vec![list], resource_policy: Some(file), ..Inputs::default() };
    let project = load::project(&sources, &inputs, Settings::default());
    let loaded = Loaded { sources, project };
    let statements = &loaded.project.apis[0].resource_policy.as_ref().unwrap().statements;
    assert_eq!(statements[0].resources.patterns[0].value, "execute-api:/prod/GET/*");
    let conditional: Vec<_> =
        statements.iter().map(|statement| statement.condition.map(|span| &loaded.at(span)[..12])).collect();
    assert_eq!(conditional, [None, None, Some("\"Principal\":"), Some("\"Condition\":")]);
    assert_eq!(
        loaded.unreadable(),
        [
            "7:87 { \"Fn::Sub\": \"execute-api:/${Stage}/*\" }: `Resource` of a resource policy is a string, or a list of strings"
        ]
    );
}

/// The directory of real files, where this checkout has one near it.
fn corpus() -> Option<PathBuf> {
    let ancestors = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors();
    ancestors.map(|folder| folder.join("shared/corpus/policies")).find(|folder| folder.is_dir())
}

#[test]
fn real_files_are_told_by_shape() {
    let Some(corpus) = corpus() else {
        println!("skipped: there is no corpus beside this checkout");
        return;
    };
    let mut seen = 0;
    for folder in fs::read_dir(corpus).unwrap() {
        let folder = folder.unwrap().path();
        let kind = folder.file_name().unwrap().to_string_lossy().into_owned();
        for file in fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            let loaded = policies_of(&fs::read_to_string(&file).unwrap(), Met::Named);
            let ours = kind.starts_with("response-") || kind == "policy-document";
            let counts = (loaded.project.responses.len(), loaded.project.unreadable.len());
            assert_eq!(counts, if ours { (1, 0) } else { (0, 1) }, "{}: {:?}", file.display(), loaded.unreadable());
            seen += 1;
        }
    }
    assert!(seen > 60, "only {seen} files");
}

/// Every fixture, broken at random: nothing panics, every place is in the file, and what passes as JSON is JSON.
#[test]
fn broken_files_are_refused_in_peace() {
    let mut random = fastrand::Rng::with_seed(20_261_123);
    let pieces = [
        "\"", "\\", "{", "}", "[", "]", ",", ":", "null", "1e999", "\\u", "d83d", "é", "😀", "\n", "//", "@", "$", "/",
        "=",
    ];
    let folders = ["policies", "routes", "resource-policy"].map(|folder| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loaders").join(folder);
        let files = fs::read_dir(path).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
        files.collect::<Vec<_>>()
    });
    for text in folders.iter().flatten() {
        for _ in 0..60 {
            let mut broken: Vec<char> = text.chars().collect();
            for _ in 0..random.usize(1..4) {
                let start = random.usize(..broken.len());
                let end = (start + random.usize(..3)).min(broken.len());
                broken.splice(start..end, pieces[random.usize(..pieces.len())].chars());
            }
            check_in_peace(&broken.into_iter().collect::<String>());
        }
    }
}

fn check_in_peace(text: &str) {
    let mut sources = Sources::default();
    let source = sources.add("broken", text);
    let inputs = Inputs {
        policies: vec![PolicyInput { source, met: Met::Named }],
        routes: vec![source],
        resource_policy: Some(source),
        ..Inputs::default()
    };
    let project = load::project(&sources, &inputs, Settings::default());
    let whole = u32::try_from(text.len()).unwrap();
    let defects = project.responses.iter().flat_map(|response| &response.defects).map(|defect| defect.span);
    for span in project.unreadable.iter().map(|found| found.span).chain(defects) {
        let on_characters = text.get(span.start as usize..span.end as usize).is_some();
        assert!(span.end <= whole && on_characters, "{span:?} in {text}");
    }
    let strict = serde_json::from_str::<serde_json::Value>(text).is_ok();
    let ours = json::parse(source, text).is_ok_and(|parsed| parsed.recovered.is_empty());
    assert_eq!(ours, strict, "{text}");
}
