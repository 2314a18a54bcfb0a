//! Does each cell of the matrix say the right word, in every format alike? A table of small projects, each with the status of every route.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may panic")]

use std::io;
use std::io::Write;

use authorizer_lint::analysis::Effort;
use authorizer_lint::analysis::Facts;
use authorizer_lint::analysis::facts;
use authorizer_lint::analysis::status::Status;
use authorizer_lint::load;
use authorizer_lint::load::Met;
use authorizer_lint::load::PolicyInput;
use authorizer_lint::model::intent::ExpectedDenial;
use authorizer_lint::model::intent::Policies;
use authorizer_lint::model::project::Project;
use authorizer_lint::model::project::Settings;
use authorizer_lint::model::route::Methods;
use authorizer_lint::model::route::RouteKey;
use authorizer_lint::model::route::Template;
use authorizer_lint::report::Detail;
use authorizer_lint::report::Lines;
use authorizer_lint::report::Look;
use authorizer_lint::report::Paint;
use authorizer_lint::report::matrix;
use authorizer_lint::source::Sources;
use authorizer_lint::source::Span;
use authorizer_lint::source::Spanned;
use serde_json::Value;
use serde_json::json;

/// What a policy makes of routes.
struct Row {
    says: &'static str,
    routes: &'static str,
    /// One statement a line: effect, `not` or `if` where it applies, and tails of ARNs; `*` stands for itself.
    policy: &'static str,
    /// Routes that are denied on purpose; of all methods.
    expected: &'static [&'static str],
    /// Per scope and route: the status, and the forgotten request where there is one.
    finds: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        says: "what nothing matches is forgotten; a route for some of its requests is so partly",
        routes: "GET /a\nPOST /a\nGET /a/{id}",
        policy: "Allow GET/a GET/a/7",
        expected: &[],
        finds: &["allowed", "forgotten POST /a", "partly GET /a/1"],
    },
    Row {
        says: "a Deny refuses on purpose, and makes an exception where it takes a part",
        routes: "GET /a\nDELETE /a\nGET /a/{id}",
        policy: "Allow *\nDeny DELETE/* GET/a/7",
        expected: &[],
        finds: &["allowed", "refused-on-purpose", "allowed-with-exceptions"],
    },
    Row {
        says: "a Deny of a part says nothing about the rest",
        routes: "GET /a\nGET /a/{id}",
        policy: "Allow GET/a\nDeny GET/a/7",
        expected: &[],
        finds: &["allowed", "forgotten GET /a/1"],
    },
    Row {
        says: "the NotResource of an Allow leaves out by name",
        routes: "GET /a\nDELETE /a\nGET /a/{id}",
        policy: "Allow not DELETE/* GET/a/7",
        expected: &[],
        finds: &["allowed", "refused-on-purpose", "allowed-with-exceptions"],
    },
    Row {
        says: "expected denials are meant",
        routes: "GET /a\nPOST /a\nGET /b/{id}\nGET /c",
        policy: "Allow GET/a GET/b/7",
        expected: &["/a", "/b/{id}"],
        finds: &["allowed", "refused-on-purpose", "allowed-with-exceptions", "forgotten GET /c"],
    },
    Row {
        says: "all that a Deny with NotResource spares is one request: the others are not meant",
        routes: "GET /a\nPOST /a",
        policy: "Allow *\nDeny not GET/a",
        expected: &[],
        finds: &["allowed", "forgotten POST /a"],
    },
    Row {
        says: "a condition decides, except about what is refused in any case",
        routes: "GET /a\nGET /b",
        policy: "Allow if GET/a",
        expected: &[],
        finds: &["conditional", "forgotten GET /b"],
    },
    Row {
        says: "HEAD and OPTIONS of an ANY alone are not forgotten",
        routes: "ANY /a\nGET /b",
        policy: "Allow GET/* POST/* PUT/* PATCH/* DELETE/*",
        expected: &[],
        finds: &["allowed-with-exceptions", "allowed"],
    },
    Row {
        says: "no request has a path like this",
        routes: "GET /a\nGET /<a>",
        policy: "Allow *",
        expected: &[],
        finds: &["allowed", "never-reached"],
    },
    Row {
        says: "without a cache nothing is shared, and what is refused is asked for again",
        routes: "@authorizer default ttl=0\nGET /a\nPOST /a\nDELETE /a",
        policy: "Allow GET/a\nDeny DELETE/a",
        expected: &[],
        finds: &["allowed", "not-shared", "refused-on-purpose"],
    },
    Row {
        says: "a key with the method: the response to a GET answers no POST",
        routes: "@authorizer default identity-source=context.httpMethod\nGET /a\nGET /b\nPOST /a",
        policy: "Allow GET/a",
        expected: &[],
        finds: &["allowed", "forgotten GET /b", "no-answer"],
    },
    Row {
        says: "a key with the path: other methods share the response, other paths don't",
        routes: "@authorizer default identity-source=context.path\nGET /a\nPOST /a\nGET /b",
        policy: "Allow GET/a",
        expected: &[],
        finds: &["allowed", "forgotten POST /a", "not-shared"],
    },
];

fn policy(statements: &str) -> String {
    let statement = |line: &str| {
        let mut words = line.split(' ').peekable();
        let effect = words.next().unwrap();
        let kind = words.next_if(|word| ["not", "if"].contains(word));
        let arn = |tail: &str| match tail {
            "*" => "*".to_owned(),
            _ => format!("arn:aws:execute-api:eu-west-1:123456789012:abc/prod/{tail}"),
        };
        let mut statement = json!({"Effect": effect, "Action": "execute-api:Invoke"});
        let key = if kind == Some("not") { "NotResource" } else { "Resource" };
        statement[key] = words.map(arn).collect();
        if kind == Some("if") {
            statement["Condition"] = json!({"IpAddress": {"aws:SourceIp": "192.0.2.0/24"}});
        }
        statement
    };
    let statements: Vec<Value> = statements.lines().map(statement).collect();
    let document = json!({"Version": "2012-10-17", "Statement": statements});
    json!({"principalId": "someone", "policyDocument": document}).to_string()
}

fn loaded(routes: &str, policies: &[(&str, String)], expected: &[&str]) -> (Sources, Project) {
    let mut sources = Sources::default();
    let mut input = |(name, text): &(&str, String)| PolicyInput { source: sources.add(*name, text), met: Met::Named };
    let policies = policies.iter().map(&mut input).collect();
    let routes = vec![sources.add("routes.txt", routes)];
    let inputs = load::Inputs { policies, routes, ..load::Inputs::default() };
    let mut project = load::project(&sources, &inputs, Settings::default());
    let config = sources.add("authorizer-lint.toml", expected.join("\n"));
    let key = |path: &&str| Spanned {
        value: RouteKey::Path { methods: Methods::Any, template: Template::parse(path).unwrap() },
        span: Span { source: config, start: 0, end: 0 },
    };
    let routes: Vec<Spanned<RouteKey>> = expected.iter().map(key).collect();
    if !routes.is_empty() {
        let denial = ExpectedDenial { policies: Policies::All, routes, reason: "admins only".to_owned() };
        project.intent.expected_denials.push(denial);
    }
    (sources, project)
}

fn written(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn text(facts: &Facts<'_>, width: usize) -> String {
    written(|out| matrix::text::write(facts, &Look { width, ..Look::PLAIN }, out))
}

/// The class of every cell of the page, and what its script knows.
fn page(facts: &Facts<'_>) -> (Vec<String>, Value) {
    let page = written(|out| matrix::html::write(facts, out));
    let cells = page.split("<td").skip(1).map(|cell| {
        let class = cell.strip_prefix(" class=").and_then(|rest| rest.split([' ', '>']).next());
        class.unwrap_or_default().to_owned()
    });
    let (_, data) = page.split_once("id=\"data\">").unwrap();
    let (data, _) = data.split_once("</script>").unwrap();
    (cells.collect(), serde_json::from_str(data).unwrap())
}

fn statuses(facts: &Facts<'_>) -> Vec<String> {
    let views = facts.policies.iter().flat_map(|policy| &policy.views);
    let routes = views.flat_map(|view| view.scopes.iter()).flat_map(|scope| &scope.routes);
    let say =
        |status: Status, forgotten: Option<String>| format!("{} {}", status.name(), forgotten.unwrap_or_default());
    let said = routes.map(|route| say(route.status, route.forgotten.as_ref().map(ToString::to_string)));
    said.map(|said| said.trim_end().to_owned()).collect()
}

#[test]
fn each_cell_says_the_right_word_in_every_format() {
    for row in ROWS {
        let (sources, project) = loaded(row.routes, &[("policy.json", policy(row.policy))], row.expected);
        let facts = facts(&project, &sources, Effort::Usual);
        assert_eq!(statuses(&facts), row.finds, "{}", row.says);
        let names: Vec<&str> = row.finds.iter().map(|found| found.split(' ').next().unwrap()).collect();
        assert_eq!(page(&facts).0, names, "{}", row.says);
        let csv = written(|out| matrix::csv::write(&facts, out));
        let fields: Vec<&str> = csv.lines().skip(1).map(|line| line.rsplit(',').nth(6).unwrap()).collect();
        assert_eq!(fields, names, "{}: {csv}", row.says);
        let json: Value = serde_json::from_str(&written(|out| matrix::json::write(&facts, out))).unwrap();
        let scopes = json["policies"][0]["scopes"].as_array().unwrap().iter();
        let routes = scopes.flat_map(|scope| scope["routes"].as_array().unwrap());
        let shown: Vec<&str> = routes.map(|route| route["status"].as_str().unwrap()).collect();
        assert_eq!(shown, names, "{}", row.says);
        let letters = "APFRECN.-?";
        let text = text(&facts, 120);
        let cells = text.lines().skip(1).take(names.len()).map(|line| line.chars().last().unwrap());
        for (letter, name) in cells.zip(&names) {
            assert!(letters.contains(letter), "{text}");
            let words = name.replace("not-shared", "not shared").replace('-', " ");
            let legend = text.lines().find(|line| line.starts_with(&format!("{letter} ")));
            assert!(legend.is_some_and(|line| line[2..].starts_with(words.split(' ').next().unwrap())), "{text}");
        }
    }
}

#[test]
fn over_the_budget_is_no_verdict() {
    let routes = include_str!("../fixtures/rules/undecided-route/fires/routes.txt");
    let policy = include_str!("../fixtures/rules/undecided-route/fires/policy.json").to_owned();
    let (sources, project) = loaded(routes, &[("policy.json", policy)], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    assert!(statuses(&facts).contains(&"undecided".to_owned()), "{:?}", statuses(&facts));
}

#[test]
fn an_any_route_that_the_key_takes_apart_is_one_cell() {
    let routes = "@authorizer default identity-source=context.httpMethod\nANY /a\nGET /b\nPOST /b";
    let (sources, project) = loaded(routes, &[("policy.json", policy("Allow GET/a POST/b"))], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    let (cells, data) = page(&facts);
    assert_eq!(cells, ["partly", "forgotten", "allowed"]);
    assert_eq!(data["facts"][0]["parts"].as_array().unwrap().len(), 7, "{data:#}");
    assert_eq!(data["facts"][0]["example"], "POST /a");
}

#[test]
fn a_route_that_somebody_else_guards_is_blank() {
    let routes = "@authorizer one\n@authorizer two\nGET /a one\nGET /b two";
    let (sources, project) = loaded(routes, &[("policy.json", policy("Allow *"))], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    assert_eq!(page(&facts).0, ["allowed", "", "", "allowed"]);
    let names = page(&facts).1["policies"].clone();
    assert_eq!([&names[0]["name"], &names[1]["name"]], ["policy.json one", "policy.json two"]);
    let text = text(&facts, 120);
    assert!(text.starts_with("        [1]  [2]\nGET /a   A\nGET /b        A\n"), "{text}");
    assert!(text.ends_with("  no letter: not behind the authorizer of the response\n"), "{text}");
}

#[test]
fn narrow_terminals_get_blocks_that_line_up() {
    let policies: Vec<(&str, String)> = (0..12).map(|_| ("policy.json", policy("Allow GET/*"))).collect();
    let routes = "GET /a\nPOST /価格\nPOST /a/long/path/of/many/segments/{id}/that/does/not/fit";
    let (sources, project) = loaded(routes, &policies, &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    // The long name stands above its cells where it would leave no room for them.
    for (width, blocks, lines) in [(40, 3, 6), (80, 2, 6), (200, 1, 5)] {
        let text = text(&facts, width);
        let rows: Vec<&str> = text.lines().take_while(|line| !line.starts_with("[1] ")).collect();
        assert_eq!(rows.iter().filter(|line| line.starts_with("GET /a")).count(), blocks, "{text}");
        assert!(rows.iter().all(|line| line.chars().count() <= width), "{text}");
        for row in rows.chunks(lines) {
            let digits = row[0].match_indices(']').map(|(at, _)| at - 1);
            for at in digits {
                assert_eq!(row[1].as_bytes()[at], b'A', "{text}");
                assert_eq!(row[lines - 2].chars().nth(at), Some('F'), "{text}");
            }
        }
    }
}

#[test]
fn words_stay_whole_in_terminals() {
    let (sources, project) = loaded("ANY /a/{id}", &[("policy.json", policy("Allow GET/a/7"))], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    let look = Look { width: 40, lines: Lines::Wrapped, ..Look::PLAIN };
    let narrow = written(|out| matrix::text::write(&facts, &look, out));
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&narrow), words(&text(&facts, 120)));
    assert!(narrow.lines().all(|line| line.chars().count() <= 40), "{narrow}");
}

#[test]
fn spreadsheets_show_no_deployment_that_nobody_named() {
    let named = r#"{"principalId": "u", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "arn:aws:execute-api:eu-west-1:*:abc/*"}]}}"#;
    let any = r#"{"principalId": "u", "policyDocument": {"Version": "2012-10-17", "Statement": [
        {"Action": "execute-api:Invoke", "Effect": "Allow", "Resource": "*"}]}}"#;
    for (policy, deployment) in
        [(named, ",arn:aws:execute-api:eu-west-1:*:abc/*/,"), (any, ",arn:*:execute-api:*:*:*/*/,")]
    {
        let (sources, project) = loaded("GET /a", &[("policy.json", policy.to_owned())], &[]);
        let facts = facts(&project, &sources, Effort::Usual);
        let csv = written(|out| matrix::csv::write(&facts, out));
        assert!(csv.contains(deployment), "{csv}");
    }
}

#[test]
fn colours_only_repeat_the_letters() {
    let (sources, project) = loaded("GET /a\nPOST /a", &[("policy.json", policy("Allow GET/a"))], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    let coloured = Look { paint: Paint::Ansi, detail: Detail::Full, ..Look::PLAIN };
    let coloured = written(|out| matrix::text::write(&facts, &coloured, out));
    let mut bare = String::new();
    for part in coloured.split('\u{1b}') {
        let is_first = bare.is_empty();
        bare.push_str(if is_first { part } else { part.split_once('m').unwrap().1 });
    }
    assert!(coloured.contains("\u{1b}["), "{coloured}");
    assert_eq!(bare, text(&facts, Look::PLAIN.width));
}

#[test]
fn names_from_inputs_are_text_in_the_page() {
    let hostile = "</script><script>alert('1')</script>\u{202e}.json";
    let routes = "@authorizer \"><img>\nGET /{<b>id} \"><img>\n";
    let (sources, project) = loaded(routes, &[(hostile, policy("Allow GET/7"))], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    let html = written(|out| matrix::html::write(&facts, out));
    for wrong in ["<script>alert", "<img>", "<b>id", "\u{202e}", "{{"] {
        assert!(!html.contains(wrong), "{wrong}");
    }
    assert_eq!(html.matches("</script>").count(), 2);
    assert_eq!(page(&facts).1["policies"][0]["name"], hostile.replace('\u{202e}', "\\u{202e}"));
}

#[test]
fn the_page_asks_nothing_of_the_network() {
    let (sources, project) = loaded("GET /a", &[("policy.json", policy("Allow GET/a"))], &[]);
    let facts = facts(&project, &sources, Effort::Usual);
    let html = written(|out| matrix::html::write(&facts, out));
    assert!(html.contains("content=\"default-src 'none'; script-src 'sha256-"), "{html}");
    for elsewhere in ["http:", "https:", "url(", "@import", "src=\"", "fetch(", "import("] {
        assert!(!html.contains(elsewhere), "{elsewhere}");
    }
}
