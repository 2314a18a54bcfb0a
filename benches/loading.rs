//! What loading costs: text to model, beside the parser alone on the same text in the same run, in turns.
//!
//! Of each format the largest file is taken, from the public files beside the repository where they are there, otherwise from the fixtures.

#![expect(clippy::unwrap_used, clippy::disallowed_methods, clippy::print_stdout, reason = "a benchmark")]

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::path::PathBuf;
use std::time::Instant;

use authorizer_lint::load;
use authorizer_lint::load::Inputs;
use authorizer_lint::model::project::Settings;
use authorizer_lint::source::Sources;

/// Turns of each side.
const TURNS: usize = 41;

/// The folders of each format: among the public files, and among the fixtures.
const FORMATS: [(&str, &str, &str); 7] = [
    ("OpenAPI", "openapi", "openapi"),
    ("CloudFormation", "cloudformation", "cloudformation"),
    ("CDK", "cdk-synth", "cloudformation"),
    ("SAM", "sam", "sam"),
    ("Serverless", "serverless", "serverless"),
    ("Terraform", "terraform", "terraform"),
    ("AWS CLI", "awscli", "aws-cli"),
];

fn main() {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
    let corpus = repository.ancestors().map(|folder| folder.join("shared/corpus")).find(|folder| folder.is_dir());
    println!("| Format | bytes | loading | its parser alone | ratio |\n|---|---|---|---|---|");
    for (format, public, own) in FORMATS {
        let public = corpus.iter().find_map(|corpus| largest(&corpus.join(public)));
        compare(format, &public.or_else(|| largest(&repository.join("fixtures/loaders").join(own))).unwrap());
    }
}

/// The largest definition below a folder.
fn largest(folder: &Path) -> Option<PathBuf> {
    let mut found = Vec::new();
    for path in fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path()) {
        let known = ["yaml", "yml", "json", "template", "tf"].map(Some);
        if path.is_dir() {
            found.extend(largest(&path));
        } else if known.contains(&path.extension().and_then(|ending| ending.to_str())) {
            found.push(path);
        }
    }
    found.into_iter().max_by_key(|path| fs::metadata(path).unwrap().len())
}

fn compare(format: &str, path: &Path) {
    let text = fs::read_to_string(path).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    let (mut ours, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let mut sources = Sources::default();
        let start = Instant::now();
        let inputs = Inputs { routes: vec![sources.add(name, text.clone())], ..Inputs::default() };
        black_box(load::project(&sources, &inputs, Settings::default()));
        ours.push(start.elapsed().as_secs_f64());
        let start = Instant::now();
        parse(name, &text);
        bare.push(start.elapsed().as_secs_f64());
    }
    let (ours, bare) = (median(ours) * 1e6, median(bare) * 1e6);
    println!("| {format} | {} | {ours:.0} µs | {bare:.0} µs | {:.1} |", text.len(), ours / bare);
}

/// The parser alone: its events or its own tree.
fn parse(name: &str, text: &str) {
    if text.trim_start().starts_with('{') {
        black_box(serde_json::from_str::<serde_json::Value>(text).unwrap());
    } else if Path::new(name).extension().is_some_and(|ending| ending == "tf") {
        black_box(text.parse::<hcl_edit::structure::Body>().unwrap());
    } else {
        black_box(granit_parser::Parser::new_from_str(text).take_while(Result::is_ok).count());
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap()
}
