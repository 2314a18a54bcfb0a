//! Which model comes out of each `fixtures/loaders/<format>/<case>` of a format that is a tree? It stands in the `.model` file beside the
//! case, with what is written at every reported place.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test may panic, and reads its files"
)]

mod loading;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use authorizer_lint::source::Sources;
use loading::Loaded;
use loading::load_file;
use loading::load_source;

fn load_text(name: &str, text: &str) -> Loaded {
    let mut sources = Sources::default();
    let source = sources.add(name, text);
    load_source(sources, source, None)
}

/// The cases of a format.
fn cases(format: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/loaders").join(format);
    let mut cases: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.retain(|path| path.is_file() && path.extension().is_some_and(|end| end != "model"));
    cases.sort();
    assert!(cases.len() > 1, "the fixtures were not found");
    cases
}

/// Compares every model with its file; `UPDATE_MODELS=1` writes these anew.
fn compare_models(format: &str) {
    for case in cases(format) {
        let model = load_file(&case).model();
        let file = case.with_extension("model");
        if std::env::var("UPDATE_MODELS").is_ok() {
            fs::write(&file, &model).unwrap();
        }
        let expected = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
        assert_eq!(model, expected, "{}", case.display());
    }
}

#[test]
fn openapi() {
    compare_models("openapi");
}

#[test]
fn cloudformation() {
    compare_models("cloudformation");
}

#[test]
fn sam() {
    compare_models("sam");
}

#[test]
fn what_is_no_definition_says_what_it_is() {
    for (name, text, message) in [
        ("bucket.yaml", "Resources:\n  B: {Type: AWS::S3::Bucket}\n", "this template declares no API of API Gateway"),
        ("values.yaml", "replicas: 3\n", "no known format of routes"),
        ("empty.yaml", "", "no known format of routes"),
        ("api.yaml", "openapi: 3.0.1\npaths: {}\n", "this OpenAPI document declares no API of API Gateway"),
        ("tab.yaml", "openapi: 3.0.1\npaths:\n\t/: {}\n", "not valid YAML: expected spaces: a tab is no indentation"),
        ("cut.json", "{\"openapi\": \"3.0.1\", \"paths\": {", "not valid JSON: expected `}`"),
    ] {
        let loaded = load_text(name, text);
        let messages: Vec<_> = loaded.project.unreadable.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(messages, [message], "{name}");
        assert!(loaded.project.apis.is_empty(), "{name}");
    }
}

#[test]
fn of_several_documents_the_first_api_counts() {
    let loaded = load_text("k8s.yaml", "kind: ConfigMap\n---\n---\nopenapi: 3.0.1\npaths: {/é: {get: {}}}\n");
    assert_eq!(loaded.model(), "rest k8s.yaml\n  GET /é -> - @ get\n");
}

/// Damaged inputs are refused, or read as far as they make sense; every place is still one of the text.
#[test]
fn nothing_panics() {
    let mut random = fastrand::Rng::with_seed(4);
    for case in ["openapi", "cloudformation", "sam"].into_iter().flat_map(cases) {
        let text = fs::read_to_string(&case).unwrap();
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        for _ in 0..150 {
            let mut damaged: Vec<&str> = lines.clone();
            for _ in 0..random.usize(1..4) {
                let (one, other) = (random.usize(..damaged.len()), random.usize(..damaged.len()));
                match random.u8(..4) {
                    0 => damaged.truncate(one.max(1)),
                    1 => damaged.swap(one, other),
                    2 => damaged[one] = damaged[other],
                    _ => damaged[one] = damaged[one].trim_start().trim_end_matches(['\n', ':', ',', '}', ']']),
                }
            }
            let loaded = load_text("damaged", &damaged.concat());
            let _ = loaded.model();
            for document in &loaded.project.documents {
                assert!(loaded.sources.get(document.source).text.len() >= document.root.span.end as usize);
            }
        }
    }
}
