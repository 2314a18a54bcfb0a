//! How many of the public files beside the repository load? Skipped, with a word, where they are not there.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a test may panic, and reads its files"
)]

mod loading;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::model::authorizer::Ttl;
use authorizer_lint::model::project::Api;
use authorizer_lint::model::route::Guard;
use loading::Loaded;
use serde_json::Value;

/// The folder, looked for upward.
fn corpus() -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().map(|folder| folder.join("shared/corpus"));
    let found = found.into_iter().find(|folder| folder.is_dir());
    if found.is_none() {
        println!("skipped: no shared/corpus above this repository");
    }
    found
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.is_file());
    files.sort();
    files
}

/// Whether anything of an API came out, or at least the reason why nothing could.
fn has_loaded(loaded: &Loaded) -> bool {
    loaded.project.apis.iter().any(|api| !api.routes.is_empty() || !api.authorizers.is_empty())
}

#[test]
fn nine_in_ten_files_load() {
    let Some(corpus) = corpus() else { return };
    for format in ["openapi", "cloudformation", "cdk-synth", "sam", "sam-invalid"] {
        let (mut count, mut refused, mut unknown) = (0, Vec::new(), 0);
        for path in files(&corpus.join(format)) {
            let loaded = loading::load_file(&path);
            count += 1;
            unknown += usize::from(!loaded.project.unknown.is_empty());
            if !has_loaded(&loaded) {
                let why = loaded.project.unreadable.iter().map(|found| found.message.clone());
                let open = loaded.project.unknown.iter().map(|found| format!("{}: {}", found.what, found.why));
                refused.push(format!("{}: {:?}", path.display(), why.chain(open).collect::<Vec<_>>()));
            }
            if std::env::var("SHOW_MODELS").is_ok_and(|wanted| path.to_str().unwrap().contains(&wanted)) {
                println!("=== {}\n{}", path.display(), loaded.model());
            }
        }
        println!("{format}: {count} files, {} refused, {unknown} with something unknown", refused.len());
        for refused in &refused {
            println!("  {refused}");
        }
        assert!(format == "sam-invalid" || refused.len() * 10 <= count, "{format}");
    }
}

#[test]
fn hand_worked_expectations_hold() {
    let Some(corpus) = corpus() else { return };
    let lines = fs::read_to_string(corpus.join("EXPECTED.jsonl")).unwrap();
    let mut wrong = Vec::new();
    for line in lines.lines().filter(|line| !line.trim().is_empty()) {
        let expected: Value = serde_json::from_str(line).unwrap();
        let file = expected["file"].as_str().unwrap();
        if ["openapi/", "cloudformation/", "sam/"].iter().any(|format| file.starts_with(format)) {
            let loaded = loading::load_file(&corpus.join(file));
            let complaints = compare(&loaded, &expected);
            wrong.extend(complaints.into_iter().map(|complaint| format!("{file}: {complaint}")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What AWS's own transform makes of a template, read as CloudFormation, has to be what is read from the template itself. The corpus holds
/// some of its outputs, those of the transform's own tests.
#[test]
fn sam_reads_as_its_published_transform_does() {
    let Some(corpus) = corpus() else { return };
    let name =
        |input: &Path| input.file_name().unwrap().to_str().unwrap().replace("translator_input", "translator_output");
    let output = |input: &Path| corpus.join("cloudformation").join(name(input).replace(".yaml", ".json"));
    let pairs = files(&corpus.join("sam")).into_iter().map(|input| (output(&input), input));
    let pairs: Vec<_> = pairs.filter(|(output, _)| output.is_file()).map(|(output, input)| (input, output)).collect();
    let wrong = pairs.iter().filter_map(|(input, output)| Some((input, difference(input, output)?)));
    let wrong: Vec<_> = wrong.map(|(input, found)| format!("{}\n{found}", input.display())).collect();
    println!("{} templates of SAM compared with the published output of the transform", pairs.len());
    assert!(wrong.is_empty() && pairs.len() > 20, "{}", wrong.join("\n"));
}

/// Where the two differ on purpose, or the transform refuses: the template, all that differs, and why.
const DIFFERENT: &[(&str, &str, &str)] = &[
    (
        "sam/http.yaml",
        "- http POST /books ?",
        "its authorizer is declared nowhere: the transform refuses the whole template, so it is given it without this route",
    ),
    (
        "aws-samples__serverless-patterns__apigw-kinesis-lambda-ddb_template.yaml",
        "Resource with id [RestApi] is invalid. Unable to add Auth configuration because 'DefinitionBody' does not contain a \
         valid Swagger definition.",
        "its `AWS::Include` names a file that the corpus has not",
    ),
    (
        "aws-samples__serverless-samples__queue-based-ingestion_python-sam_template.yaml",
        "Resource with id [JobRequestAPI] is invalid. Unable to add Auth configuration because 'DefinitionBody' does not \
         contain a valid OpenApi definition.",
        "its `AWS::Include` names a file that the corpus has not",
    ),
];

/// The same with what the transform makes here and now: `SAM_TRANSLATED` names the folder that `tests/sam_translate.py` has filled.
#[test]
fn sam_reads_as_its_transform_does() {
    let Some(folder) = std::env::var_os("SAM_TRANSLATED").map(PathBuf::from) else {
        println!("not run: SAM_TRANSLATED names no folder with the output of tests/sam_translate.py");
        return;
    };
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loaders");
    let mut wrong = Vec::new();
    for (label, inputs) in [("fixtures", Some(fixtures)), ("corpus", corpus().map(|corpus| corpus.join("sam")))] {
        let outputs = folder.join(label);
        let Some(inputs) = inputs else { continue };
        let names = below(&outputs);
        println!("{label}: {} templates of SAM given to their transform", names.len());
        assert!(names.len() >= if label == "fixtures" { 5 } else { 50 }, "{label}: too few in {}", outputs.display());
        for name in names {
            let (template, ending) = name.rsplit_once('.').unwrap();
            let input = inputs.join(template);
            let found = match ending {
                "json" => difference(&input, &outputs.join(&name)),
                _ => Some(fs::read_to_string(outputs.join(&name)).unwrap()),
            };
            let listed = DIFFERENT.iter().find(|(listed, ..)| *listed == template);
            match listed {
                Some((_, expected, why)) if found.as_deref() == Some(expected) => println!("  {template}: {why}"),
                None if found.is_none() => {}
                _ => wrong.push(format!("{template}\n{}", found.as_deref().unwrap_or("is listed, but reads the same"))),
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The files below a folder, as their paths from there.
fn below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        let (inner, files): (Vec<_>, Vec<_>) =
            fs::read_dir(&next).unwrap().map(|entry| entry.unwrap().path()).partition(|path| path.is_dir());
        folders.extend(inner);
        let names = files.iter().map(|file| file.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/"));
        found.extend(names);
    }
    found.sort();
    found
}

/// What is read from only one of the two: after `-` from the input, after `+` from the output.
fn difference(input: &Path, output: &Path) -> Option<String> {
    let (short, long) = (loading::load_file(input).essence(), loading::load_file(output).essence());
    let only = |one: &[String], other: &[String], sign: char| {
        let only = one.iter().filter(|line| !other.contains(line));
        only.map(|line| format!("{sign} {line}")).collect::<Vec<_>>()
    };
    let lines = [only(&short, &long, '-'), only(&long, &short, '+')].concat();
    (short != long).then(|| lines.join("\n"))
}

fn compare(loaded: &Loaded, expected: &Value) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut differ = |what: &str, found: Vec<String>, mut wanted: Vec<String>| {
        let mut found = found;
        found.sort();
        wanted.sort();
        if found != wanted {
            wrong.push(format!("{what}\n  found  {found:?}\n  wanted {wanted:?}"));
        }
    };
    let apis = &loaded.project.apis;
    let text = |value: &Value| value.as_str().map(str::to_owned).unwrap_or_default();
    let list = |key: &str| expected[key].as_array().cloned().unwrap_or_default();
    let wanted = list("routes")
        .into_iter()
        .map(|route| format!("{} {} {}", text(&route["method"]), text(&route["path"]), text(&route["authorizer"])));
    differ("routes", apis.iter().flat_map(routes).collect(), wanted.collect());
    let all = || apis.iter().flat_map(|api| &api.authorizers);
    let lambda = all().filter(|authorizer| authorizer.kind.is_lambda()).map(|authorizer| {
        let ttl = match (authorizer.ttl.is_stated(), authorizer.ttl.get()) {
            (stated, Ttl::Seconds(seconds)) => format!("{seconds} {stated}"),
            (_, Ttl::Unusable(text)) => text.clone(),
            (_, Ttl::Unknown) => "unknown".to_owned(),
        };
        let sources: Vec<_> = authorizer.identity_sources.get().iter().map(|source| source.value.as_str()).collect();
        let kind = authorizer.kind.name().to_uppercase();
        format!("{} {} {kind} {ttl} {}", authorizer.id, authorizer.name.value, sources.join(","))
    });
    let wanted = list("lambda_authorizers").into_iter().map(|wanted| {
        let sources: Vec<_> = wanted["identity_sources"].as_array().unwrap().iter().map(text).collect();
        let stated = !wanted["ttl_stated"].is_null();
        let ttl = wanted["ttl_effective"].as_u64().unwrap_or_default();
        let (id, name, kind) = (text(&wanted["id"]), text(&wanted["name"]), text(&wanted["kind"]));
        format!("{id} {name} {kind} {ttl} {stated} {}", sources.join(","))
    });
    differ("Lambda authorizers", lambda.collect(), wanted.collect());
    let others =
        all().filter(|authorizer| !authorizer.kind.is_lambda()).map(|authorizer| authorizer.name.value.clone());
    differ("others", others.collect(), list("other_authorizers").iter().map(|other| text(&other["name"])).collect());
    wrong
}

fn routes(api: &Api) -> Vec<String> {
    let show = |route: &authorizer_lint::model::route::Route| {
        let guard = match &route.guard {
            Guard::Open => String::new(),
            Guard::Authorizer(position) => api.authorizers[*position].id.clone(),
            Guard::Unknown(why) => format!("? {why}"),
        };
        format!("{} {} {guard}", route.key.value.method_name().unwrap_or_default(), route.key.value.path())
    };
    api.routes.iter().map(show).collect()
}
