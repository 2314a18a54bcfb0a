//! Does the search agree with trying every word? Random patterns over a small alphabet, every word up to a bound, a naive matcher.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::sync::Arc;

use authorizer_lint::language::Alphabet;
use authorizer_lint::language::Budget;
use authorizer_lint::language::Pattern;
use authorizer_lint::language::Program;
use authorizer_lint::language::Query;
use authorizer_lint::language::Step;

const SYMBOLS: &[u8] = b"ab:/";
const LONGEST: usize = 5;

/// Matches steps one by one, trying every length for a run.
fn naive(steps: &[Step], text: &[u8]) -> bool {
    match (steps, text) {
        ([], _) => text.is_empty(),
        ([Step::Run(except), rest @ ..], _) => {
            let held = text.iter().take_while(|&&byte| Some(byte) != *except).count();
            (0..=held).any(|length| naive(rest, &text[length..]))
        }
        ([Step::One(except), rest @ ..], [byte, tail @ ..]) => Some(*byte) != *except && naive(rest, tail),
        ([Step::Byte(wanted), rest @ ..], [byte, tail @ ..]) => wanted == byte && naive(rest, tail),
        (_, []) => false,
    }
}

/// Every word up to the bound, the better example first.
fn words(alphabet: &Alphabet) -> Vec<Vec<u8>> {
    let mut all = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..LONGEST {
        last = last
            .iter()
            .flat_map(|word| SYMBOLS.iter().map(move |&symbol| [word.as_slice(), &[symbol]].concat()))
            .collect();
        all.extend(last.iter().filter(|word| alphabet.is_word(word)).cloned());
    }
    all.sort_by(|left, right| alphabet.compare(left, right));
    all
}

fn random_pattern(random: &mut fastrand::Rng) -> Pattern {
    let mut pattern = Pattern::new();
    for _ in 0..random.usize(0..7) {
        let except = if random.u8(0..4) == 0 { Some(random.choice(*b":/").unwrap()) } else { None };
        pattern.push(match random.u8(0..9) {
            0..=4 => Step::Byte(*random.choice(SYMBOLS).unwrap()),
            // A byte that is no symbol: it can never be matched.
            5 if random.u8(0..4) == 0 => Step::Byte(b'{'),
            5 | 6 => Step::One(except),
            _ => Step::Run(except),
        });
    }
    pattern
}

#[test]
fn every_answer_equals_enumeration() {
    let cases = std::env::var_os("AUTHORIZER_LINT_CASES").map_or(10_000, |n| n.to_str().unwrap().parse().unwrap());
    let alphabet = Arc::new(Alphabet::new("ba:/", '/'));
    let words = words(&alphabet);
    let mut random = fastrand::Rng::with_seed(7);
    let (mut found, mut empty) = (0, 0);
    for case in 0..cases {
        let mut program = Program::new(Arc::clone(&alphabet));
        let patterns = |most: usize, random: &mut fastrand::Rng| -> Vec<Pattern> {
            (0..random.usize(0..=most)).map(|_| random_pattern(random)).collect()
        };
        let required: Vec<Vec<Pattern>> = (0..random.usize(0..3)).map(|_| patterns(3, &mut random)).collect();
        let avoided = patterns(4, &mut random);
        let mut add = |patterns: &[Pattern]| patterns.iter().map(|pattern| program.add(pattern)).collect::<Vec<_>>();
        let (required_at, avoided_at) = (required.iter().map(|group| add(group)).collect(), add(&avoided));
        let query = Query { program: &program, required: required_at, avoided: avoided_at, longest: LONGEST };
        let expected = words.iter().find(|word| {
            required.iter().all(|group| group.iter().any(|pattern| naive(pattern.steps(), word)))
                && !avoided.iter().any(|pattern| naive(pattern.steps(), word))
        });
        let answer = query.shortest(&Budget::new(1_000_000)).unwrap();
        assert_eq!(answer.as_ref(), expected, "case {case}: {required:?} without {avoided:?}");
        if expected.is_some() { found += 1 } else { empty += 1 }
    }
    assert!(found > cases / 4 && empty > cases / 8, "{found} found, {empty} empty: the cases are lopsided");
}

#[test]
fn advancing_over_a_text_equals_matching_the_whole() {
    let alphabet = Arc::new(Alphabet::new("ba:/", '/'));
    let mut random = fastrand::Rng::with_seed(11);
    let words = words(&alphabet);
    for _ in 0..2_000 {
        let pattern = random_pattern(&mut random);
        let mut program = Program::new(Arc::clone(&alphabet));
        let start = program.add(&pattern);
        let word = random.choice(&words).unwrap();
        let cut = random.usize(0..=word.len());
        let middle = program.advance(&[start], &word[..cut]);
        let matched = program.advance(&middle, &word[cut..]).into_iter().any(|at| program.accepts(at));
        assert_eq!(matched, naive(pattern.steps(), word), "{pattern:?} on {word:?}");
        assert_eq!(program.matches(start, word), matched);
    }
}

#[test]
fn a_budget_that_is_used_up_is_an_answer_of_its_own() {
    let alphabet = Arc::new(Alphabet::new("ba:/", '/'));
    let mut program = Program::new(alphabet);
    // The last symbol but twenty is forbidden to be an `a` and required to be one: every set of positions has to be tried.
    let row = "?".repeat(20);
    let avoided =
        vec![program.add(&Pattern::glob(&format!("*a{row}"))), program.add(&Pattern::glob(&format!("*b{row}")))];
    let required = vec![vec![program.add(&Pattern::glob(&format!("*a{row}")))]];
    let query = Query { program: &program, required, avoided, longest: 1600 };
    assert!(query.shortest(&Budget::new(100_000)).is_err());
}
